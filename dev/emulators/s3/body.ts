import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32 } from "node:zlib";
import { ChunkedBody } from "./chunked.ts";
import { invalid, notImplemented, S3Refusal } from "./refusal.ts";

/** `md5` in hex: the ETag of a simple object. `checksum`: what the sender gave and was found true, to hand back. */
export type Received = { bytes: number; md5: string; checksum: { header: string; value: string } | null };

type Digest = { update(piece: Buffer): void; base64(): string };

const CHECKSUMS: Record<string, () => Digest> = {
  "x-amz-checksum-crc32": () => {
    let sum = 0;
    return {
      update: (piece) => {
        sum = crc32(piece, sum);
      },
      base64: () => {
        const four = Buffer.alloc(4);
        four.writeUInt32BE(sum);
        return four.toString("base64");
      },
    };
  },
  "x-amz-checksum-sha1": () => digest("sha1"),
  "x-amz-checksum-sha256": () => digest("sha256"),
};

const LARGEST_OBJECT = 5 * 1024 ** 3;

/**
 * Streams a request's body into `file`, checking on the way all that was promised of it: the signed sha256, Content-MD5,
 * a checksum in a header or a trailer, the length. Whatever is wrong, the file is gone and S3's own refusal is thrown.
 */
export async function receiveBody(
  request: IncomingMessage,
  payload: string,
  file: string,
): Promise<Received> {
  const { headers } = request;
  const announced = Number(
    headers["x-amz-decoded-content-length"] ?? headers["content-length"] ?? Number.NaN,
  );
  if (Number.isNaN(announced)) {
    throw new S3Refusal(411, "MissingContentLength", "The length of the body must be said.");
  }
  if (announced > LARGEST_OBJECT) {
    throw new S3Refusal(400, "EntityTooLarge", "More than 5 GiB must be sent in parts.");
  }
  if (payload.startsWith("STREAMING-") && payload !== "STREAMING-UNSIGNED-PAYLOAD-TRAILER") {
    throw notImplemented("A signature for each chunk");
  }

  const framed = payload.startsWith("STREAMING-") ? new ChunkedBody() : null;
  const header = promisedChecksum(request);
  const sum = header ? CHECKSUMS[header]?.() : undefined;
  const md5 = createHash("md5");
  const sha256 = /^[0-9a-f]{64}$/.test(payload) ? createHash("sha256") : null;
  let bytes = 0;
  const measure = new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length;
      md5.update(piece);
      sha256?.update(piece);
      sum?.update(piece);
      done(null, piece);
    },
  });

  try {
    const sink = createWriteStream(file, { flags: "wx" });
    await (framed ? pipeline(request, framed, measure, sink) : pipeline(request, measure, sink));
    if (bytes !== announced)
      throw new S3Refusal(400, "IncompleteBody", "The body has not the length that was announced.");
    if (sha256 && sha256.digest("hex") !== payload) {
      throw new S3Refusal(400, "XAmzContentSHA256Mismatch", "The body is not the one that was signed.");
    }
    const md5Hex = md5.digest("hex");
    const contentMd5 = headers["content-md5"];
    if (contentMd5 && Buffer.from(String(contentMd5), "base64").toString("hex") !== md5Hex) {
      throw new S3Refusal(400, "BadDigest", "The Content-MD5 did not match what was received.");
    }
    if (!header || !sum) return { bytes, md5: md5Hex, checksum: null };
    const value = sum.base64();
    const given = String(headers[header] ?? framed?.trailers.get(header) ?? "");
    if (given !== value)
      throw new S3Refusal(400, "BadDigest", `The ${header} did not match what was received.`);
    return { bytes, md5: md5Hex, checksum: { header, value } };
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** The name of the header or trailer that will carry the checksum, or null where none was promised. */
function promisedChecksum(request: IncomingMessage): string | null {
  const promised = [
    ...Object.keys(request.headers).filter((name) => /^x-amz-checksum-(?!type$|mode$|algorithm$)/.test(name)),
    ...String(request.headers["x-amz-trailer"] ?? "")
      .split(",")
      .map((name) => name.trim().toLowerCase())
      .filter((name) => name !== ""),
  ];
  if (promised.length > 1) throw invalid("Expecting a single checksum.");
  const [name] = promised;
  if (name === undefined) return null;
  if (!CHECKSUMS[name]) throw notImplemented(name);
  return name;
}

/** A small body in memory, for XML. */
export async function readSmallBody(request: IncomingMessage, payload: string): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  const source = payload.startsWith("STREAMING-") ? request.pipe(new ChunkedBody()) : request;
  for await (const piece of source) {
    bytes += (piece as Buffer).length;
    if (bytes > 4 * 1024 * 1024) throw new S3Refusal(400, "EntityTooLarge", "The document is too long.");
    pieces.push(piece as Buffer);
  }
  const body = Buffer.concat(pieces);
  if (/^[0-9a-f]{64}$/.test(payload) && createHash("sha256").update(body).digest("hex") !== payload) {
    throw new S3Refusal(400, "XAmzContentSHA256Mismatch", "The body is not the one that was signed.");
  }
  return body.toString("utf8");
}

function digest(algorithm: string): Digest {
  const hash = createHash(algorithm);
  return { update: (piece) => void hash.update(piece), base64: () => hash.digest("base64") };
}
