import { createReadStream, createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import { pipeline } from "node:stream/promises";

/** Writes `head` in the place of the file's first `from` bytes. */
export async function inFront(path: string, head: Buffer, from: number): Promise<void> {
  const tagged = `${path}.tagged`;
  const target = createWriteStream(tagged);
  target.write(head);
  await pipeline(createReadStream(path, { start: from }), target);
  await rename(tagged, path);
}
