import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { answerOf, codingFor, type MadePage, PageMemory } from "./page-memory.ts";
import { scriptHashes } from "./public-pages.ts";

const page = (text: string): MadePage => ({
  headers: [["content-type", "text/html"]],
  body: Buffer.from(text),
});
const opened = (options = {}) => {
  const memory = new PageMemory(options);
  memory.resume();
  return memory;
};

test("pages asked for at once are made once, and kept", async () => {
  const memory = opened();
  let made = 0;
  const make = async () => {
    made += 1;
    return page("a");
  };
  await Promise.all([memory.make("/", make), memory.make("/", make)]);
  expect(made).toBe(1);
  expect(memory.find("/")?.made.body.toString()).toBe("a");
});

test("a page begun before a change and finished after it is not kept", async () => {
  const memory = opened();
  const making = memory.make("/", async () => {
    memory.forget();
    return page("old");
  });
  expect((await making)?.made.body.toString()).toBe("old");
  expect(memory.find("/")).toBeUndefined();
});

test("nothing is kept while no change can be heard", async () => {
  const memory = new PageMemory();
  expect(await memory.make("/", async () => page("a"))).toBeNull();
  memory.resume();
  await memory.make("/", async () => page("a"));
  memory.pause();
  expect(memory.find("/")).toBeUndefined();
});

test("whoever was asked for longest ago goes first when the room is full", async () => {
  const memory = opened({ mostBytes: 8_000 });
  const big = "x".repeat(1_000);
  for (const key of ["/a", "/b"]) await memory.make(key, async () => page(big));
  memory.find("/a");
  await memory.make("/c", async () => page(big));
  expect(["/a", "/b", "/c"].filter((key) => memory.find(key))).toEqual(["/a", "/c"]);
});

test("a page grows old, and is told so", async () => {
  let now = 0;
  const memory = opened({ freshMs: 1_000, now: () => now });
  const kept = (await memory.make("/", async () => page("a")))!;
  expect(memory.isFresh(kept)).toBe(true);
  now = 1_001;
  expect(memory.isFresh(kept)).toBe(false);
});

test("each coding says the same, under its own ETag", async () => {
  const kept = (await opened().make("/", async () => page("bonjour ".repeat(50))))!;
  const [plain, brotli, zipped] = await Promise.all(
    (["identity", "br", "gzip"] as const).map((coding) => answerOf(kept, coding)),
  );
  expect(brotliDecompressSync(brotli!.body)).toEqual(plain!.body);
  expect(gunzipSync(zipped!.body)).toEqual(plain!.body);
  expect(new Set([plain!.etag, brotli!.etag, zipped!.etag]).size).toBe(3);
  expect(plain!.headers).not.toContain("content-encoding");
});

test.each([
  [undefined, "identity"],
  ["gzip, deflate, br;q=0.9", "br"],
  ["gzip", "gzip"],
  ["br;q=0, gzip;q=0.5", "gzip"],
  ["identity", "identity"],
])("Accept-Encoding %s is answered by %s", (accepted, coding) => {
  expect(codingFor(accepted)).toBe(coding);
});

test("inline scripts are allowed by their hash, files by their address", () => {
  expect(scriptHashes(`<script src="/a.js"></script><script type="module">let a = 1;</script>`)).toBe(
    "'sha256-xY6QKfH9PRsQnLz56nj6MBwiK5oHg+im1Jkpdp1x/Ck='",
  );
});
