import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import yazl from "yazl";
import { type Archive, openArchive } from "./archive.ts";

/** Bytes that hardly repeat: deflate makes them a little smaller, and no more. */
function text(length: number, seed: number): Buffer {
  let state = seed;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
      return (state >>> 16) & 0x3f;
    }),
  );
}
const pages: Record<string, { bytes: Buffer; compress: boolean }> = {
  "court.xhtml": { bytes: text(300, 3), compress: true },
  "long.xhtml": { bytes: text(400_000, 5), compress: true },
  "blanc.xhtml": { bytes: Buffer.alloc(900_000, 32), compress: true },
  "image.jpg": { bytes: text(700_000, 7), compress: false },
};
let folder: string;
let archive: Archive;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "archive-"));
  const zip = new yazl.ZipFile();
  for (const [name, { bytes, compress }] of Object.entries(pages)) zip.addBuffer(bytes, name, { compress });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(join(folder, "livre.epub")));
  archive = await openArchive(join(folder, "livre.epub"));
});
afterAll(async () => {
  archive.close();
  await rm(folder, { recursive: true, force: true });
});

it("gives each page whole, whatever was read in between", async () => {
  for (const name of [...Object.keys(pages), ...Object.keys(pages).reverse()])
    expect((await archive.read(name, 1_000_000)).equals(pages[name]!.bytes), name).toBe(true);
  const kept = await archive.read("court.xhtml", 1_000);
  await archive.read("long.xhtml", 1_000_000);
  expect(kept.equals(pages["court.xhtml"]!.bytes)).toBe(true);
});

it("gives the beginning of a page, and nothing of one that swells", () => {
  for (const name of ["court.xhtml", "long.xhtml", "image.jpg"]) {
    const head = archive.head(name);
    expect(head.length, name).toBeGreaterThanOrEqual(Math.min(pages[name]!.bytes.length, 16_384));
    expect(head.equals(pages[name]!.bytes.subarray(0, head.length)), name).toBe(true);
  }
  expect(archive.head("blanc.xhtml")).toHaveLength(0);
  expect(archive.head("nulle part")).toHaveLength(0);
});
