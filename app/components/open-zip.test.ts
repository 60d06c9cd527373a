import { deflateRawSync } from "node:zlib";
import { expect, it } from "vitest";
import { filesInZip } from "./open-zip.ts";

type Part = { name: string; content: string; stored?: boolean; announced?: number; encrypted?: boolean };

/** A zip as programs write it, or as nobody should. */
function zipOf(parts: Part[], comment = ""): File {
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const { name, content, stored = false, announced, encrypted = false } of parts) {
    const raw = Buffer.from(content);
    const packed = stored ? raw : deflateRawSync(raw);
    const named = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(named.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE((encrypted ? 1 : 0) | 0x800, 8);
    entry.writeUInt16LE(stored ? 0 : 8, 10);
    entry.writeUInt16LE(0x5b21, 14);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(announced ?? raw.length, 24);
    entry.writeUInt16LE(named.length, 28);
    entry.writeUInt32LE(at, 42);
    bodies.push(local, named, packed);
    entries.push(entry, named);
    at += 30 + named.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return new File(
    [...bodies, directory, end, comment].map((each) => new Uint8Array(Buffer.from(each))),
    "album.zip",
  );
}
const sounds = (name: string) => /\.(flac|mp3)$/i.test(name);

it("gives the files under their names with their folders, stored or compressed, and leaves the rest", async () => {
  const zip = zipOf(
    [
      { name: "Album/", content: "", stored: true },
      { name: "Album/CD1/01 - Été.flac", content: "un".repeat(5_000) },
      { name: "Album/CD2/01 - Fin.mp3", content: "deux", stored: true },
      { name: "Album/notes.txt", content: "rien" },
      { name: "__MACOSX/Album/CD1/._01 - Été.flac", content: "x" },
    ],
    "fait à la main",
  );
  const files = await filesInZip(zip, sounds);
  expect(
    await Promise.all(files.map(async (file) => [file.name, file.size, (await file.text()).slice(0, 4)])),
  ).toEqual([
    ["Album/CD1/01 - Été.flac", 10_000, "unun"],
    ["Album/CD2/01 - Fin.mp3", 4, "deux"],
  ]);
});

it.each([
  ["what is no zip", () => new File(["pas un zip"], "a.zip"), "broken"],
  ["an encrypted one", () => zipOf([{ name: "a.mp3", content: "x", encrypted: true }]), "encrypted"],
  [
    "more than was announced",
    () => zipOf([{ name: "a.mp3", content: "x".repeat(100_000), announced: 10 }]),
    "broken",
  ],
  [
    "an entry beyond all measure",
    () => zipOf([{ name: "a.mp3", content: "x", announced: 4_000_000_000 }]),
    "too_much",
  ],
  [
    "too many",
    () => zipOf(Array.from({ length: 401 }, (_, i) => ({ name: `${i}.mp3`, content: "" }))),
    "too_much",
  ],
] as const)("refuses %s", async (_, make, why) => {
  await expect(filesInZip(make(), sounds)).rejects.toMatchObject({ why });
});
