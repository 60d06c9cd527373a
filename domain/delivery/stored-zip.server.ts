import type { Readable } from "node:stream";
import { ZipFile } from "yazl";

export type ZipEntry = { name: string; bytes: number; read: () => Promise<Readable> };

/**
 * A zip of these files as they are, since sound and books are compressed already. Nothing is read before `open` is called, then
 * one file at a time, as fast as it is taken; nothing touches the disk. `bytes`: of the whole, known ahead, beyond 4 GB too. Whoever
 * stops before the end destroys the stream.
 */
export function storedZip(entries: readonly ZipEntry[], at: Date): { bytes: number; open: () => Readable } {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  let begin = () => {};
  const begun = new Promise<void>((start) => {
    begin = start;
  });
  let reading: Readable | undefined;
  zip.on("error", (error: Error) => output.destroy(error));
  output.on("close", () => reading?.destroy());
  for (const { name, bytes, read } of entries) {
    zip.addReadStreamLazy(name, { size: bytes, mtime: at, compress: false }, (give) => {
      begun
        .then(read)
        .then((stream) => {
          reading = stream;
          // A file that breaks off breaks the zip off: better than one that looks whole.
          stream.on("error", (error) => output.destroy(error));
          if (output.destroyed) stream.destroy();
          else give(null, stream);
        })
        .catch((error: Error) => output.destroy(error));
    });
  }
  let bytes = 0;
  // The type of the package forgets what it gives.
  zip.end({ forceZip64Format: false, comment: "" }, ((size: number) => {
    bytes = size;
  }) as () => void);
  return {
    bytes,
    open() {
      begin();
      return output;
    },
  };
}
