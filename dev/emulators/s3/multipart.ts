import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { Address } from "./address.ts";
import { answerEmpty, answerXml } from "./answers.ts";
import { readSmallBody, receiveBody } from "./body.ts";
import { type Bucket, replaceFile } from "./buckets.ts";
import { blobPath, commitObject, ownHeaders } from "./objects.ts";
import { invalid, noSuchUpload, S3Refusal } from "./refusal.ts";
import { childrenOf, parseXml, tag, textOf } from "./xml.ts";

type Upload = { id: string; folder: string; key: string; headers: Record<string, string> };
type Part = { number: number; etag: string; bytes: number; modified: string };

/** Amazon refuses smaller parts, but for the last: a page that works here must work there. */
const SMALLEST_PART = 5 * 1024 * 1024;
const MOST_PARTS = 10_000;

export async function openUpload(
  bucket: Bucket,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const id = randomUUID();
  const folder = path.join(bucket.folder, "uploads", id);
  await mkdir(folder, { recursive: true });
  replaceFile(path.join(folder, "upload.json"), { key, headers: ownHeaders(request) });
  const told = [tag("Bucket", bucket.name), tag("Key", key), tag("UploadId", id)];
  answerXml(response, "InitiateMultipartUploadResult", told);
}

export async function putPart(
  bucket: Bucket,
  address: Address,
  request: IncomingMessage,
  payload: string,
  response: ServerResponse,
): Promise<void> {
  const upload = await findUpload(bucket, address);
  const number = Number(address.query.get("partNumber"));
  if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS) {
    throw new S3Refusal(400, "InvalidArgument", "A part's number is from 1 to 10 000.");
  }
  const draft = path.join(upload.folder, `${randomUUID()}.draft`);
  const { bytes, md5, checksum } = await receiveBody(request, payload, draft);
  const part: Part = { number, etag: md5, bytes, modified: new Date().toISOString() };
  // The name of the bytes holds their hash: sent again with other bytes, facts and bytes cannot be of two sendings.
  await rename(draft, partPath(upload, part)).catch(() => {
    throw noSuchUpload();
  });
  replaceFile(path.join(upload.folder, `${number}.json`), part);
  response.setHeader("etag", `"${md5}"`);
  if (checksum) response.setHeader(checksum.header, checksum.value);
  answerEmpty(response);
}

export async function listParts(bucket: Bucket, address: Address, response: ServerResponse): Promise<void> {
  const upload = await findUpload(bucket, address);
  const after = Number(address.query.get("part-number-marker") ?? 0);
  const most = Math.min(Number(address.query.get("max-parts") ?? 1000), 1000);
  const waiting = (await partsOf(upload)).filter((part) => part.number > after);
  const page = waiting.slice(0, most);
  const told = [
    tag("Bucket", bucket.name),
    tag("Key", upload.key),
    tag("UploadId", upload.id),
    tag("PartNumberMarker", after),
    tag("NextPartNumberMarker", waiting.length > page.length ? page.at(-1)?.number : null),
    tag("MaxParts", most),
    tag("IsTruncated", waiting.length > page.length),
    ...page.map((part) =>
      tag("Part", [
        tag("PartNumber", part.number),
        tag("LastModified", part.modified),
        tag("ETag", `"${part.etag}"`),
        tag("Size", part.bytes),
      ]),
    ),
  ];
  answerXml(response, "ListPartsResult", told);
}

/** Joins the parts that the request names, in order; the ETag is the md5 of their md5s, then their number. */
export async function completeUpload(
  bucket: Bucket,
  address: Address,
  request: IncomingMessage,
  payload: string,
  response: ServerResponse,
): Promise<void> {
  const upload = await findUpload(bucket, address);
  const chosen = chooseParts(await readSmallBody(request, payload), await partsOf(upload));
  const blob = randomUUID();
  const file = blobPath(bucket, blob);
  const hash = createHash("md5");
  try {
    for (const part of chosen) {
      await pipeline(createReadStream(partPath(upload, part)), createWriteStream(file, { flags: "a" }));
      hash.update(Buffer.from(part.etag, "hex"));
    }
    const { size: bytes } = await stat(file);
    // Two completions at once: the one that comes second finds the upload over.
    await findUpload(bucket, address);
    const etag = `${hash.digest("hex")}-${chosen.length}`;
    const modified = new Date().toISOString();
    commitObject(
      bucket,
      { key: upload.key, blob, bytes, etag, modified, headers: upload.headers, checksum: null },
      request,
    );
    await rm(upload.folder, { recursive: true, force: true });
    const told = [
      tag("Location", `/${bucket.name}/${encodeURI(upload.key)}`),
      tag("Bucket", bucket.name),
      tag("Key", upload.key),
      tag("ETag", `"${etag}"`),
    ];
    answerXml(response, "CompleteMultipartUploadResult", told);
  } catch (error) {
    if (bucket.objects.get(upload.key)?.blob !== blob) await rm(file, { force: true });
    throw error;
  }
}

export async function abortUpload(bucket: Bucket, address: Address, response: ServerResponse): Promise<void> {
  const upload = await findUpload(bucket, address);
  await rm(upload.folder, { recursive: true, force: true });
  answerEmpty(response, 204);
}

function chooseParts(xml: string, arrived: Part[]): Part[] {
  const named = childrenOf(parseXml(xml), "Part").map((part) => ({
    number: Number(textOf(part, "PartNumber")),
    etag: (textOf(part, "ETag") ?? "").replaceAll('"', ""),
  }));
  if (named.length === 0) throw new S3Refusal(400, "MalformedXML", "No part is named.");
  if (named.some(({ number }, at) => at > 0 && number <= (named[at - 1]?.number ?? 0))) {
    throw new S3Refusal(400, "InvalidPartOrder", "The parts are not in ascending order.");
  }
  return named.map(({ number, etag }, at) => {
    const part = arrived.find((one) => one.number === number && one.etag === etag);
    if (!part) throw new S3Refusal(400, "InvalidPart", `Part ${number} is missing, or has another ETag.`);
    if (part.bytes < SMALLEST_PART && at < named.length - 1) {
      throw new S3Refusal(400, "EntityTooSmall", `Part ${number} is smaller than 5 MiB and is not the last.`);
    }
    return part;
  });
}

async function findUpload(bucket: Bucket, address: Address): Promise<Upload> {
  const id = address.query.get("uploadId") ?? "";
  if (!/^[0-9a-f-]{36}$/.test(id)) throw noSuchUpload();
  const folder = path.join(bucket.folder, "uploads", id);
  const facts = await readFile(path.join(folder, "upload.json"), "utf8").catch(() => {
    throw noSuchUpload();
  });
  const { key, headers } = JSON.parse(facts) as Pick<Upload, "key" | "headers">;
  if (key !== address.key) throw invalid("The upload is of another key.");
  return { id, folder, key, headers };
}

async function partsOf(upload: Upload): Promise<Part[]> {
  const names = (await readdir(upload.folder)).filter((name) => /^\d+\.json$/.test(name));
  const parts = await Promise.all(names.map((name) => readFile(path.join(upload.folder, name), "utf8")));
  return parts.map((facts) => JSON.parse(facts) as Part).sort((a, b) => a.number - b.number);
}

function partPath(upload: Upload, part: Part): string {
  return path.join(upload.folder, `${part.number}-${part.etag}.part`);
}
