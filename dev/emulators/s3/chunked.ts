import { Transform, type TransformCallback } from "node:stream";
import { invalid } from "./refusal.ts";

/** A line longer than this is no chunk header and no trailer. */
const MAX_LINE = 4096;

/**
 * Takes the framing off a body sent as `aws-chunked`: each chunk is `<size in hex>\r\n<bytes>\r\n`, the last one has
 * size 0, and trailers (the checksum, known only once all is sent) follow as header lines. Stored with its framing, an
 * object would be some bytes too long and unreadable: this is the trap that small S3 servers fall into.
 */
export class ChunkedBody extends Transform {
  /** Lower-case names; complete once the stream has ended. */
  readonly trailers = new Map<string, string>();
  #expecting: "size" | "bytes" | "end of bytes" | "trailers" | "nothing" = "size";
  #line = Buffer.alloc(0);
  #left = 0;

  override _transform(piece: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      this.#take(piece);
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    // Some senders leave out the empty line after the last trailer, so its absence is no cut.
    if (this.#expecting === "trailers") {
      if (this.#line.length > 0) this.#trailer(this.#line.toString("latin1").trim());
      done();
    } else {
      done(this.#expecting === "nothing" ? null : invalid("The chunked body was cut."));
    }
  }

  #take(piece: Buffer): void {
    let rest = piece;
    while (rest.length > 0 && this.#expecting !== "nothing") {
      if (this.#expecting === "bytes") {
        const taken = rest.subarray(0, this.#left);
        this.push(taken);
        this.#left -= taken.length;
        rest = rest.subarray(taken.length);
        if (this.#left === 0) this.#expecting = "end of bytes";
        continue;
      }
      const end = rest.indexOf(0x0a);
      const part = end < 0 ? rest : rest.subarray(0, end + 1);
      this.#line = Buffer.concat([this.#line, part]);
      rest = rest.subarray(part.length);
      if (this.#line.length > MAX_LINE) throw invalid("A line of the chunked body is too long.");
      if (end < 0) return;
      const line = this.#line.toString("latin1").trim();
      this.#line = Buffer.alloc(0);
      this.#read(line);
    }
  }

  #read(line: string): void {
    if (this.#expecting === "end of bytes") {
      if (line !== "") throw invalid("A chunk is longer than its size says.");
      this.#expecting = "size";
    } else if (this.#expecting === "size") {
      const size = /^[0-9a-fA-F]{1,12}(;.*)?$/.test(line) ? Number.parseInt(line, 16) : Number.NaN;
      if (Number.isNaN(size)) throw invalid("A chunk's size is malformed.");
      this.#left = size;
      this.#expecting = size === 0 ? "trailers" : "bytes";
    } else if (line === "") {
      this.#expecting = "nothing";
    } else {
      this.#trailer(line);
    }
  }

  #trailer(line: string): void {
    const at = line.indexOf(":");
    if (at < 1) throw invalid("A trailer is malformed.");
    this.trailers.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
  }
}
