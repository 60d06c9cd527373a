import { createHash, randomUUID } from "node:crypto";
import { constants, rmSync } from "node:fs";
import { copyFile, open, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { type Address, decode } from "./address.ts";
import { answerEmpty, answerXml } from "./answers.ts";
import { receiveBody } from "./body.ts";
import { type Bucket, replaceFile, type Store, type StoredObject } from "./buckets.ts";
import { noSuchKey, S3Refusal } from "./refusal.ts";
import { tag } from "./xml.ts";

const KEPT = [
  "content-type",
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "expires",
];

/** The headers of a request that belong to the object and not to its journey. */
export function ownHeaders(request: IncomingMessage): Record<string, string> {
  const own: Record<string, string> = { "content-type": "binary/octet-stream" };
  for (const [name, value] of Object.entries(request.headers)) {
    if (KEPT.includes(name) || name.startsWith("x-amz-meta-")) own[name] = String(value);
  }
  // The framing is taken off on the way in, so it is no encoding of what is stored.
  const encodings = (own["content-encoding"] ?? "").split(",").map((one) => one.trim());
  const real = encodings.filter((one) => one !== "" && one !== "aws-chunked").join(",");
  if (real) own["content-encoding"] = real;
  else delete own["content-encoding"];
  return own;
}

export function blobPath(bucket: Bucket, blob: string): string {
  return path.join(bucket.folder, "blobs", blob);
}

function factsPath(bucket: Bucket, key: string): string {
  const hash = createHash("sha256").update(key).digest("hex");
  return path.join(bucket.folder, "objects", hash.slice(0, 2), `${hash}.json`);
}

/** Puts an object in its place, whole, and lets the bytes that it replaces go. Refuses `If-None-Match: *` over another. */
export function commitObject(bucket: Bucket, object: StoredObject, request?: IncomingMessage): void {
  if (Buffer.byteLength(object.key) > 1024)
    throw new S3Refusal(400, "KeyTooLongError", "The key is too long.");
  const previous = bucket.objects.get(object.key);
  if (previous && request?.headers["if-none-match"] === "*") {
    rmSync(blobPath(bucket, object.blob), { force: true });
    throw new S3Refusal(412, "PreconditionFailed", "There is such an object already.");
  }
  replaceFile(factsPath(bucket, object.key), object);
  bucket.objects.set(object.key, object);
  if (previous) rmSync(blobPath(bucket, previous.blob), { force: true });
}

export async function putObject(
  bucket: Bucket,
  key: string,
  request: IncomingMessage,
  payload: string,
  response: ServerResponse,
): Promise<void> {
  const blob = randomUUID();
  const { bytes, md5, checksum } = await receiveBody(request, payload, blobPath(bucket, blob));
  const modified = new Date().toISOString();
  commitObject(
    bucket,
    { key, blob, bytes, etag: md5, modified, headers: ownHeaders(request), checksum },
    request,
  );
  response.setHeader("etag", `"${md5}"`);
  if (checksum) response.setHeader(checksum.header, checksum.value);
  answerEmpty(response);
}

export async function copyObject(
  store: Store,
  bucket: Bucket,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const source = decode(String(request.headers["x-amz-copy-source"])).replace(/^\//, "");
  const at = source.indexOf("/");
  const from = store.bucket(source.slice(0, at));
  const original = findObject(from, source.slice(at + 1));
  const blob = randomUUID();
  await copyFile(blobPath(from, original.blob), blobPath(bucket, blob), constants.COPYFILE_FICLONE);
  const headers =
    request.headers["x-amz-metadata-directive"] === "REPLACE" ? ownHeaders(request) : original.headers;
  const modified = new Date().toISOString();
  commitObject(bucket, { ...original, key, blob, modified, headers }, request);
  const told = [tag("LastModified", modified), tag("ETag", `"${original.etag}"`)];
  answerXml(response, "CopyObjectResult", told);
}

export async function removeObject(bucket: Bucket, key: string, response: ServerResponse): Promise<void> {
  const object = bucket.objects.get(key);
  if (object) {
    rmSync(factsPath(bucket, key), { force: true });
    bucket.objects.delete(key);
    await rm(blobPath(bucket, object.blob), { force: true });
  }
  answerEmpty(response, 204);
}

function findObject(bucket: Bucket, key: string): StoredObject {
  const object = bucket.objects.get(key);
  if (!object) throw noSuchKey();
  return object;
}

/** GET and HEAD, whole or a range, with the `response-*` wishes of the (signed) address. */
export async function getObject(
  bucket: Bucket,
  address: Address,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const object = findObject(bucket, address.key);
  // Opened before anything is said: should the object be replaced meanwhile, these bytes can still be read.
  const file = await open(blobPath(bucket, object.blob)).catch(() => {
    throw noSuchKey();
  });
  try {
    for (const [name, value] of Object.entries(object.headers)) response.setHeader(name, value);
    for (const name of KEPT) {
      const wish = address.query.get(`response-${name}`);
      if (wish !== null) response.setHeader(name, wish);
    }
    response.setHeader("etag", `"${object.etag}"`);
    response.setHeader("last-modified", new Date(object.modified).toUTCString());
    response.setHeader("accept-ranges", "bytes");
    if (notModified(object, request)) {
      answerEmpty(response, 304);
      return;
    }
    const range = rangeOf(object, request);
    const wantsSum = request.headers["x-amz-checksum-mode"] ?? address.query.get("x-amz-checksum-mode");
    if (wantsSum && object.checksum && !range)
      response.setHeader(object.checksum.header, object.checksum.value);
    const { start, end } = range ?? { start: 0, end: object.bytes - 1 };
    if (range) response.setHeader("content-range", `bytes ${start}-${end}/${object.bytes}`);
    response.setHeader("content-length", end - start + 1);
    response.writeHead(range ? 206 : 200);
    if (request.method === "HEAD" || object.bytes === 0) {
      response.end();
      return;
    }
    await pipeline(
      file.createReadStream({ start, end, highWaterMark: 256 * 1024, autoClose: false }),
      response,
    );
  } finally {
    await file.close();
  }
}

function notModified(object: StoredObject, request: IncomingMessage): boolean {
  const ifMatch = request.headers["if-match"];
  if (ifMatch && !lists(ifMatch, object.etag)) {
    throw new S3Refusal(412, "PreconditionFailed", "The object is another one by now.");
  }
  const ifNoneMatch = request.headers["if-none-match"];
  if (ifNoneMatch) return lists(ifNoneMatch, object.etag);
  const since = Date.parse(request.headers["if-modified-since"] ?? "");
  // HTTP dates have whole seconds.
  return !Number.isNaN(since) && Math.floor(Date.parse(object.modified) / 1000) * 1000 <= since;
}

function lists(header: string, etag: string): boolean {
  return header
    .split(",")
    .some((one) => one.trim() === "*" || one.trim().replace(/^W\//, "") === `"${etag}"`);
}

/** One range, both ends included; several at once are answered with the whole, as S3 does. Null: the whole. */
function rangeOf(object: StoredObject, request: IncomingMessage): { start: number; end: number } | null {
  const found = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "");
  const [, from = "", to = ""] = found ?? [];
  if (!found || (from === "" && to === "")) return null;
  const ifRange = request.headers["if-range"];
  if (ifRange && ifRange !== `"${object.etag}"`) return null;
  const last = object.bytes - 1;
  const start = from === "" ? Math.max(0, object.bytes - Number(to)) : Number(from);
  const end = from === "" || to === "" ? last : Math.min(Number(to), last);
  if (from !== "" && to !== "" && Number(to) < start) return null;
  if (start > last || (from === "" && Number(to) === 0)) {
    throw new S3Refusal(416, "InvalidRange", "The range is beyond the object's end.");
  }
  return { start, end };
}
