/**
 * A file as the parser of sounds asks for it: some bytes here, some there, thousands of times for an Ogg. Each asked of the disk by
 * itself goes through another thread, which takes longer than all the parsing; so they are cut from blocks already read.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const BLOCK = 65_536;

/** What our own readers of sounds ask of a file; an open `FileHandle` is one too. */
export type Bytes = {
  read: (
    into: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ) => Promise<{ bytesRead: number }>;
};

export class FileInBlocks implements Bytes {
  readonly size: number;
  readonly #file: number;
  #block: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  #start = 0;

  constructor(path: string) {
    this.#file = openSync(path, "r");
    this.size = fstatSync(this.#file).size;
  }

  /** The two things that the parser asks of a `Blob`, and its type. */
  asBlob(type: string): Blob {
    const slice = (from: number, to: number) => ({ arrayBuffer: async () => this.#bytes(from, to).buffer });
    return { size: this.size, type, slice } as unknown as Blob;
  }

  async read(into: Uint8Array, offset: number, length: number, position: number) {
    const bytes = this.#bytes(position, Math.min(this.size, position + length));
    into.set(bytes, offset);
    return { bytesRead: bytes.length };
  }

  /** Bytes of their own, fewer at the end of the file. */
  #bytes(from: number, to: number): Uint8Array<ArrayBuffer> {
    const length = Math.max(0, to - from);
    if (length >= BLOCK) return this.#fetch(from, length);
    if (from < this.#start || to > this.#start + this.#block.length) {
      const aligned = from - (from % BLOCK);
      this.#start = to <= aligned + BLOCK ? aligned : from;
      this.#block = this.#fetch(this.#start, Math.min(BLOCK, Math.max(0, this.size - this.#start)));
    }
    return this.#block.slice(from - this.#start, to - this.#start);
  }

  #fetch(from: number, length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    let held = 0;
    for (let more = 1; more > 0 && held < length; held += more)
      more = readSync(this.#file, bytes, held, length - held, from + held);
    return held === length ? bytes : bytes.slice(0, held);
  }

  close(): void {
    closeSync(this.#file);
  }
}
