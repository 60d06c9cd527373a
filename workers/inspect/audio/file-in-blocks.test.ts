import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FileInBlocks } from "./file-in-blocks.ts";

const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * 31 + (at >> 8)) % 256));
let folder: string;
let file: FileInBlocks;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "blocks-"));
  await writeFile(join(folder, "son"), bytes);
  file = new FileInBlocks(join(folder, "son"));
});
afterAll(async () => {
  file.close();
  await rm(folder, { recursive: true, force: true });
});

it.each([
  ["at the head", 0, 4],
  ["in the same block", 60_000, 60_010],
  ["across two blocks", 65_530, 65_545],
  ["more than a block", 10, 150_000],
  ["before what was read last", 5, 9],
  ["up to the end", 199_990, 200_000],
  ["nothing", 70_000, 70_000],
])("gives the bytes of the file: %s", async (_where, from, to) => {
  const blob = file.asBlob("audio/ogg");
  expect([blob.size, blob.type]).toEqual([200_000, "audio/ogg"]);
  expect(Buffer.from(await blob.slice(from, to).arrayBuffer()).equals(bytes.subarray(from, to))).toBe(true);
});

it("gives fewer at the end, and leaves what it gave alone", async () => {
  const first = new Uint8Array(await file.asBlob("").slice(199_000, 199_004).arrayBuffer());
  const into = Buffer.alloc(20);
  expect(await file.read(into, 4, 16, 199_995)).toEqual({ bytesRead: 5 });
  expect(into.subarray(4, 9).equals(bytes.subarray(199_995))).toBe(true);
  expect(await file.read(into, 0, 16, 300_000)).toEqual({ bytesRead: 0 });
  expect(Buffer.from(first).equals(bytes.subarray(199_000, 199_004))).toBe(true);
});
