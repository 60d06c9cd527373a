import { open } from "node:fs/promises";
import type { Tags } from "#domain/delivery/tags.ts";
import { inFront } from "./in-front.ts";
import { pictureBlock, vorbisComment } from "./vorbis-comment.ts";

const STREAMINFO = 0;
const SEEKTABLE = 3;
const COMMENT = 4;
const PICTURE = 6;
const LAST = 0x80;

/** Gives a FLAC file these tags in the place of all that it had: what describes the sound stays, the rest goes. */
export async function tagFlac(path: string, tags: Tags, cover: Buffer | null): Promise<void> {
  const { kept, soundAt } = await readBlocks(path);
  const blocks = [
    ...kept,
    { type: COMMENT, body: vorbisComment(tags) },
    ...(cover ? [{ type: PICTURE, body: pictureBlock(cover) }] : []),
  ];
  const head = blocks.map(({ type, body }, index) => {
    const header = Buffer.alloc(4);
    header.writeUInt32BE(body.length);
    header[0] = type | (index === blocks.length - 1 ? LAST : 0);
    return Buffer.concat([header, body]);
  });
  await inFront(path, Buffer.concat([Buffer.from("fLaC"), ...head]), soundAt);
}

async function readBlocks(
  path: string,
): Promise<{ kept: { type: number; body: Buffer }[]; soundAt: number }> {
  const file = await open(path, "r");
  try {
    const kept: { type: number; body: Buffer }[] = [];
    let at = 4;
    for (let last = false; !last; ) {
      const header = Buffer.alloc(4);
      const { bytesRead } = await file.read(header, 0, 4, at);
      if (bytesRead < 4) throw new Error("a FLAC file without sound");
      const type = header[0]! & ~LAST;
      last = (header[0]! & LAST) !== 0;
      const body = Buffer.alloc(header.readUIntBE(1, 3));
      if (type === STREAMINFO || type === SEEKTABLE) {
        await file.read(body, 0, body.length, at + 4);
        kept.push({ type, body });
      }
      at += 4 + body.length;
    }
    return { kept, soundAt: at };
  } finally {
    await file.close();
  }
}
