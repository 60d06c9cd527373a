import { readSync } from "node:fs";
import yauzl from "yauzl";

const BLOCK = 262_144;

/**
 * Gives yauzl its central directory out of blocks already read: by itself it asks the disk twice for each entry, and a
 * book has hundreds.
 */
export class BlockReader extends yauzl.RandomAccessReader {
  readonly #file: number;
  readonly #size: number;
  #block: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(file: number, size: number) {
    super();
    this.#file = file;
    this.#size = size;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (problem: Error | null) => void,
  ): void {
    const ends = position + length > this.#size;
    if (!ends) this.#fetch(position, length).copy(buffer, offset);
    callback(ends ? new Error("unexpected EOF") : null);
  }

  #fetch(position: number, length: number): Buffer {
    const from = position - this.#start;
    if (from >= 0 && from + length <= this.#block.length) return this.#block.subarray(from, from + length);
    const block = Buffer.alloc(Math.min(Math.max(BLOCK, length), this.#size - position));
    readSync(this.#file, block, 0, block.length, position);
    this.#block = block;
    this.#start = position;
    return block.subarray(0, length);
  }

  override close(callback: (problem: Error | null) => void): void {
    callback(null);
  }
}
