import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createUploader, type Sending } from "./uploader.ts";

const partBytes = 4;

/** A server and a bucket as the browser sees them: what was received so far, and what goes wrong next. */
function neighbours() {
  const received = new Map<number, number>();
  const world = {
    size: 0,
    puts: [] as number[],
    completed: 0,
    opened: 0,
    /** Answers of the next PUTs: a status, 0 for a cut, or a promise to wait for. */
    next: [] as (number | Promise<number>)[],
    received,
  };
  vi.stubGlobal("navigator", { onLine: true });
  vi.stubGlobal("addEventListener", () => {});
  vi.stubGlobal("removeEventListener", () => {});
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const body = JSON.parse(String(init.body)) as { intent?: string; size?: number };
    if (path === "/televersements") {
      world.opened += 1;
      world.size = body.size ?? 0;
      return Response.json({ uploadId: "u1", resumed: false });
    }
    if (body.intent === "complete") {
      world.completed += 1;
      return Response.json({ state: "received" });
    }
    const count = Math.ceil(world.size / partBytes);
    const missing = Array.from({ length: count }, (_, i) => i + 1).filter((number) => !received.has(number));
    return Response.json({
      partCount: count,
      received: [...received.values()].reduce((all, each) => all + each, 0),
      parts: missing.map((number) => ({
        number,
        start: (number - 1) * partBytes,
        end: Math.min(world.size, number * partBytes),
        url: `https://bucket/${number}`,
      })),
    });
  });
  class Request {
    upload: { onprogress?: (event: { loaded: number }) => void } = {};
    status = 0;
    onload = () => {};
    onerror = () => {};
    onabort = () => {};
    #number = 0;
    #gone = false;
    open(_: string, url: string) {
      this.#number = Number(url.split("/").pop());
    }
    async send(body: Blob) {
      world.puts.push(this.#number);
      const status = await (world.next.shift() ?? 200);
      if (this.#gone) return;
      if (status === 0) return this.onerror();
      this.status = status;
      if (status === 200) received.set(this.#number, body.size);
      this.onload();
    }
    abort() {
      this.#gone = true;
      this.onabort();
    }
  }
  vi.stubGlobal("XMLHttpRequest", Request);
  return world;
}

const file = (content: string, name = "livre.epub") => new File([content], name, { lastModified: 7 });

let world: ReturnType<typeof neighbours>;
let sent: number;
let uploader: ReturnType<typeof createUploader>;
beforeEach(() => {
  world = neighbours();
  sent = 0;
  uploader = createUploader({
    workId: "w",
    locale: "fr",
    networkWords: "Pas de réponse.",
    onSent: () => sent++,
  });
});
afterEach(() => vi.unstubAllGlobals());

const until = (state: Sending["state"]) =>
  vi.waitFor(() => expect(uploader.files()[0]?.state).toBe(state), { timeout: 5_000 });

describe("sending files to the bucket", () => {
  it("sends every part once and says so when our server has taken note", async () => {
    uploader.add([file("0123456789")], () => null);
    await until("sent");
    expect(world.puts.toSorted()).toEqual([1, 2, 3]);
    expect(world).toMatchObject({ completed: 1, opened: 1 });
    expect(sent).toBe(1);
    uploader.forget(["u1"]);
    expect(uploader.files()).toEqual([]);
  });

  it("sends only what the storage lacks", async () => {
    world.received.set(1, 4).set(3, 2);
    uploader.add([file("0123456789")], () => null);
    await until("sent");
    expect(world.puts).toEqual([2]);
  });

  it("tries a part again after a cut, and asks for fresh links when they are refused", async () => {
    world.next = [0, 200, 200];
    uploader.add([file("0123456789")], () => null);
    await until("sent");
    expect(world.puts.toSorted()).toEqual([1, 1, 2, 3]);
  });

  it("gives up on a storage that refuses every link, and starts again when asked", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    world.next = Array.from({ length: 40 }, () => 403);
    uploader.add([file("01")], () => null);
    for (let i = 0; i < 60; i += 1) await vi.advanceTimersByTimeAsync(1_000);
    vi.useRealTimers();
    expect(uploader.files()[0]).toMatchObject({ state: "failed", refusal: "Pas de réponse." });
    expect(world.completed).toBe(0);
    world.next = [];
    uploader.resume(uploader.files()[0]!.key);
    await until("sent");
  });

  it("stops at a pause and goes on from what had arrived", async () => {
    let arrive = (_: number) => {};
    const slow = new Promise<number>((resolve) => {
      arrive = resolve;
    });
    world.next = [200, slow, slow];
    uploader.add([file("0123456789")], () => null);
    await vi.waitFor(() => expect(world.received.size).toBe(1));
    const { key } = uploader.files()[0]!;
    uploader.pause(key);
    expect(uploader.files()[0]?.state).toBe("paused");
    arrive(200);
    world.puts.length = 0;
    uploader.resume(key);
    await until("sent");
    expect(world.puts.toSorted()).toEqual([2, 3]);
  });

  it("says no at once to what cannot be taken, and takes the same file in only once", async () => {
    uploader.add([file("x", "notes.docx")], () => "Pas ici.");
    expect(uploader.files()).toMatchObject([{ state: "failed", refusal: "Pas ici." }]);
    uploader.add([file("0123")], () => null);
    uploader.add([file("0123")], () => null);
    expect(uploader.files()).toHaveLength(2);
    await vi.waitFor(() => expect(world.completed).toBe(1));
  });
});
