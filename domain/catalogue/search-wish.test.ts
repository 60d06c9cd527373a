import { describe, expect, it } from "vitest";
import { type CountRow, cursorOf, facetsOf, signsOf } from "./search-wish.ts";

const rows: CountRow[] = [
  { kind: "book", coopId: "a", language: "fr", free: false, works: 5 },
  { kind: "book", coopId: "b", language: "en", free: true, works: 2 },
  { kind: "album", coopId: "a", language: "", free: true, works: 1 },
];

describe("what may be chosen", () => {
  it("is counted with the other choices as they are", () => {
    const all = facetsOf(rows, {});
    expect([all.kinds, [...all.coops], [...all.languages], all.free, all.total]).toEqual([
      { book: 7, album: 1 },
      [
        ["a", 6],
        ["b", 2],
      ],
      [
        ["fr", 5],
        ["en", 2],
      ],
      3,
      8,
    ]);
    const chosen = facetsOf(rows, { coopId: "a", free: true });
    expect([chosen.kinds, [...chosen.coops], chosen.free, chosen.total]).toEqual([
      { book: 0, album: 1 },
      [
        ["b", 2],
        ["a", 1],
      ],
      1,
      1,
    ]);
  });

  it("is asked for by signs that no text contains", () => {
    expect(signsOf({})).toBeNull();
    expect(signsOf({ kind: "book", language: "fr", free: true }, "c1")).toBe(
      "'kind=book' & 'coop=c1' & 'lang=fr' & 'price=none'",
    );
  });
});

describe("where a page ended", () => {
  const id = "0190a5c0-0000-7000-8000-000000000001";
  it("is a key of the sort and an id, or nothing", () => {
    expect(cursorOf("title", `maree~basse~${id}`)).toEqual({ key: "maree~basse", id });
    expect(cursorOf("newest", `2026-01-02T03:04:05.000000Z~${id}`)?.id).toBe(id);
    expect(cursorOf("rank", `1e-05~${id}`)?.key).toBe("1e-05");
    for (const wrong of [undefined, "", id, `hier~${id}`, `2026~${id}`, "2026-01-02T03:04:05.000000Z~x"])
      expect(cursorOf("newest", wrong), String(wrong)).toBeNull();
    expect(cursorOf("price", `-1~${id}`)).toBeNull();
  });
});
