import { describe, expect, it } from "vitest";
import {
  append,
  emptyQueue,
  jump,
  move,
  playNext,
  playOf,
  type Queue,
  readQueue,
  remove,
  type Tune,
} from "./queue.ts";

const tune = (id: string): Tune => ({
  ...{ id, title: id.toUpperCase(), by: "Duo", album: { slug: "a", title: "A" } },
  ...{ cover: null, durationMs: 1000, bars: [] },
});
const tunes = (ids: string) => [...ids].map(tune);
const queue = (ids: string, at = 0, own = false): Queue => ({ tunes: tunes(ids), at, own });
/** As one reads it: what plays stands in brackets. */
const shown = ({ tunes, at }: Queue) => tunes.map(({ id }, i) => (i === at ? `[${id}]` : id)).join("");

describe("the queue", () => {
  it("is an album from the track that was chosen, until it is somebody's own", () => {
    expect(shown(playOf(emptyQueue, tunes("abc"), 1))).toBe("a[b]c");
    expect(shown(playOf(queue("abc", 2), tunes("xyz"), 0))).toBe("[x]yz");
    expect(shown(playOf(queue("abc", 1, true), tunes("xyz"), 2))).toBe("ab[z]c");
    expect(shown(playOf(queue("abc", 0, true), tunes("cde"), 0))).toBe("ab[c]");
    expect(playOf(queue("abc"), tunes("xyz"), 9)).toEqual(queue("abc"));
  });

  it("takes more behind the others, or right after what plays; never the same twice", () => {
    expect(shown(append(queue("abc", 1), tunes("de")))).toBe("a[b]cde");
    expect(shown(append(queue("abc", 1), tunes("ac")))).toBe("[b]ac");
    expect(shown(append(queue("abc", 1), tunes("b")))).toBe("a[b]c");
    expect(shown(append(emptyQueue, tunes("ab")))).toBe("[a]b");
    expect(shown(playNext(queue("abc", 0), tune("c")))).toBe("[a]cb");
    expect(shown(playNext(queue("abc", 2), tune("a")))).toBe("b[c]a");
    expect(append(emptyQueue, tunes("a")).own).toBe(true);
  });

  it("is put in order while one hears it", () => {
    expect(shown(move(queue("abc", 1), 1, -1))).toBe("[b]ac");
    expect(shown(move(queue("abc", 1), 0, 1))).toBe("[b]ac");
    expect(shown(move(queue("abc", 1), 2, 1))).toBe("a[b]c");
    expect(shown(remove(queue("abc", 1), 0))).toBe("[b]c");
    expect(shown(remove(queue("abc", 1), 1))).toBe("a[c]");
    expect(shown(remove(queue("abc", 2), 2))).toBe("ab");
    expect(shown(jump(queue("abc", 2), 0))).toBe("[a]bc");
    expect(shown(jump(queue("abc", 2), 3))).toBe("ab[c]");
  });

  it("is read back only where it is one", () => {
    const kept = JSON.parse(JSON.stringify(queue("abc", 1, true)));
    expect(readQueue(kept)).toEqual(queue("abc", 1, true));
    for (const broken of [
      null,
      3,
      {},
      { ...kept, at: 7 },
      { ...kept, tunes: [{ id: 1 }] },
      { tunes: [], at: 0 },
    ])
      expect(readQueue(broken)).toEqual(emptyQueue);
  });
});
