import { open } from "node:fs/promises";
import type { Tags } from "#domain/delivery/tags.ts";
import { id3 } from "./id3.ts";

/**
 * Gives a WAV or AIFF file these tags: both are rows of chunks under one length, and the tag is one chunk more, at the end. In WAV a
 * « LIST » of the first facts stands before it, for what reads no ID3 there.
 */
export async function tagChunks(
  path: string,
  kind: "wav" | "aiff",
  tags: Tags,
  cover: Buffer | null,
): Promise<void> {
  const chunk = (name: string, body: Buffer) => {
    const header = Buffer.alloc(8);
    header.write(name, "latin1");
    if (kind === "wav") header.writeUInt32LE(body.length, 4);
    else header.writeUInt32BE(body.length, 4);
    return Buffer.concat([header, body, Buffer.alloc(body.length % 2)]);
  };
  const info = Object.entries({
    INAM: tags.title,
    IART: tags.artists.join(", "),
    IPRD: tags.album,
    ITRK: String(tags.track.number),
    ICRD: tags.date,
    ICOP: tags.rights,
  }).flatMap(([name, value]) => (value ? [chunk(name, Buffer.from(`${value}\0`, "utf8"))] : []));
  const added = Buffer.concat([
    ...(kind === "wav" ? [chunk("LIST", Buffer.concat([Buffer.from("INFO"), ...info]))] : []),
    chunk(kind === "wav" ? "id3 " : "ID3 ", id3(tags, cover)),
  ]);
  const file = await open(path, "r+");
  try {
    const { size } = await file.stat();
    const even = size + (size % 2);
    await file.write(added, 0, added.length, even);
    const length = Buffer.alloc(4);
    if (kind === "wav") length.writeUInt32LE(even + added.length - 8);
    else length.writeUInt32BE(even + added.length - 8);
    await file.write(length, 0, 4, 4);
  } finally {
    await file.close();
  }
}
