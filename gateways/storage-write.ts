import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { StorageFailure } from "./storage-failure.ts";

export type WriteOptions = {
  contentType: string;
  /** In bytes, where known: a body that ends earlier or later is refused and nothing is kept. */
  contentLength?: number | undefined;
  cacheControl?: string | undefined;
};

/** What is held in memory at once. S3 wants at least 5 MiB a part and at most 10 000 parts: objects up to 80 GB. */
const PART_BYTES = 8 * 1024 * 1024;

/**
 * Writes `body` (a string is a path on disk) without holding more than one part of it in memory. Each part is a buffer,
 * so that the SDK may send it again after a cut, which it cannot do with a stream. The object appears when complete.
 */
export async function writeObject(
  client: S3Client,
  target: { Bucket: string; Key: string },
  body: Buffer | Readable | string,
  options: WriteOptions,
): Promise<void> {
  const described = { ...target, ContentType: options.contentType, CacheControl: options.cacheControl };
  const stream =
    typeof body === "string" ? createReadStream(body) : Buffer.isBuffer(body) ? Readable.from([body]) : body;
  const parts = inParts(stream);
  let sent = 0;
  const first = await parts.next();
  const head = first.done ? Buffer.alloc(0) : first.value;
  if (head.length < PART_BYTES) {
    measure(head.length, options, target.Key);
    await client.send(new PutObjectCommand({ ...described, Body: head, ContentLength: head.length }));
    return;
  }
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(described));
  try {
    const done: { PartNumber: number; ETag: string | undefined }[] = [];
    for (let part: Buffer | undefined = head; part; ) {
      const PartNumber = done.length + 1;
      const { ETag } = await client.send(
        new UploadPartCommand({ ...target, UploadId, PartNumber, Body: part }),
      );
      done.push({ PartNumber, ETag });
      sent += part.length;
      const next: IteratorResult<Buffer, void> = await parts.next();
      part = next.done ? undefined : next.value;
    }
    measure(sent, options, target.Key);
    await client.send(
      new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts: done } }),
    );
  } catch (error) {
    // Else the parts would be kept, and paid for, without anyone seeing them.
    await client.send(new AbortMultipartUploadCommand({ ...target, UploadId })).catch(() => {});
    throw error;
  }
}

function measure(bytes: number, options: WriteOptions, key: string): void {
  if (options.contentLength === undefined || options.contentLength === bytes) return;
  throw new StorageFailure(
    `Storage, writing ${key}: ${bytes} bytes came where ${options.contentLength} were announced.`,
    "IncompleteBody",
    false,
    undefined,
  );
}

/** Regroups whatever a stream gives into parts of PART_BYTES, the last one smaller. */
async function* inParts(stream: Readable): AsyncGenerator<Buffer, void> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  for await (const piece of stream) {
    let rest = Buffer.from(piece as Buffer | string);
    while (bytes + rest.length >= PART_BYTES) {
      const taken = PART_BYTES - bytes;
      yield Buffer.concat([...waiting, rest.subarray(0, taken)]);
      rest = rest.subarray(taken);
      waiting = [];
      bytes = 0;
    }
    if (rest.length === 0) continue;
    waiting.push(rest);
    bytes += rest.length;
  }
  if (bytes > 0) yield Buffer.concat(waiting);
}
