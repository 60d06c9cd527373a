import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Address, readAddress } from "./address.ts";
import { answerEmpty } from "./answers.ts";
import { readSmallBody } from "./body.ts";
import { type Bucket, openStore, type Store } from "./buckets.ts";
import { allowOrigin, answerPreflight, readCors, writeCors } from "./cors.ts";
import { listObjects } from "./listing.ts";
import { abortUpload, completeUpload, listParts, openUpload, putPart } from "./multipart.ts";
import { copyObject, getObject, putObject, removeObject } from "./objects.ts";
import { notImplemented, S3Refusal } from "./refusal.ts";
import { authorise, type Credentials } from "./signature.ts";
import { tag, xmlDocument } from "./xml.ts";

export type S3Server = { url: string; port: number; close(): Promise<void> };

/**
 * A small S3 for a machine that has none: what this house uses of Amazon's, refused as Amazon refuses it, so that a
 * mistake of ours shows here and not the day we go live. It checks every signature, streams (an object is never in
 * memory), and keeps objects under `dataDir` across restarts. By path only (`/bucket/key`); one key pair; `port` 0 or
 * absent is any free one. Not for the open Internet: it has no TLS, no quota and no log.
 */
export async function startS3(options: {
  port?: number;
  host?: string;
  dataDir: string;
  accessKeyId: string;
  secretAccessKey: string;
  region?: string;
}): Promise<S3Server> {
  const host = options.host ?? "127.0.0.1";
  const store = await openStore(options.dataDir);
  const credentials = { ...options, region: options.region ?? "us-east-1" };
  const server = createServer((request, response) => void answer(store, credentials, request, response));
  // 300 MB over a rural line take longer than Node's five minutes.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  store: Store,
  credentials: Credentials,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const id = randomUUID();
  response.setHeader("x-amz-request-id", id);
  try {
    const address = readAddress(request.url ?? "/");
    await route(store, credentials, address, request, response);
  } catch (error) {
    refuse(error, id, request, response);
  }
}

async function route(
  store: Store,
  credentials: Credentials,
  address: Address,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === "OPTIONS") {
    answerPreflight(store.bucket(address.bucket).cors, request, response);
    return;
  }
  if (request.headers.origin) allowOrigin(rulesOf(store, address), request, response);
  const { payload } = authorise(request, address, credentials);
  if (address.bucket === "") throw notImplemented("Listing the buckets");
  if (address.key === "") await routeBucket(store, address, request, payload, response);
  else await routeObject(store, store.bucket(address.bucket), address, request, payload, response);
}

function rulesOf(store: Store, address: Address): Bucket["cors"] {
  try {
    return store.bucket(address.bucket).cors;
  } catch {
    return [];
  }
}

async function routeBucket(
  store: Store,
  address: Address,
  request: IncomingMessage,
  payload: string,
  response: ServerResponse,
): Promise<void> {
  const { query } = address;
  if (request.method === "PUT" && !query.has("cors")) {
    for (const asked of ["acl", "policy", "lifecycle", "versioning", "website", "tagging", "encryption"]) {
      if (query.has(asked)) throw notImplemented(asked);
    }
    await readSmallBody(request, payload);
    store.create(address.bucket);
    response.setHeader("location", `/${address.bucket}`);
    answerEmpty(response);
    return;
  }
  const bucket = store.bucket(address.bucket);
  switch (`${request.method}${query.has("cors") ? " cors" : ""}`) {
    case "HEAD":
      answerEmpty(response);
      return;
    case "PUT cors":
      bucket.cors = readCors(await readSmallBody(request, payload));
      store.save(bucket);
      answerEmpty(response);
      return;
    case "GET cors":
      response.writeHead(200, { "content-type": "application/xml" }).end(writeCors(bucket.cors));
      return;
    case "DELETE cors":
      bucket.cors = [];
      store.save(bucket);
      answerEmpty(response, 204);
      return;
    case "GET":
      listObjects(bucket, address, response);
      return;
    case "DELETE":
      await store.remove(bucket);
      answerEmpty(response, 204);
      return;
    default:
      throw notImplemented(`${request.method} of a bucket`);
  }
}

async function routeObject(
  store: Store,
  bucket: Bucket,
  address: Address,
  request: IncomingMessage,
  payload: string,
  response: ServerResponse,
): Promise<void> {
  const { query, key } = address;
  const about = query.has("uploadId") ? " upload" : query.has("uploads") ? " uploads" : "";
  for (const asked of ["acl", "tagging", "retention", "torrent", "attributes"]) {
    if (query.has(asked)) throw notImplemented(asked);
  }
  switch (`${request.method}${about}`) {
    case "GET":
    case "HEAD":
      return getObject(bucket, address, request, response);
    case "PUT":
      if (request.headers["x-amz-copy-source"]) return copyObject(store, bucket, key, request, response);
      return putObject(bucket, key, request, payload, response);
    case "DELETE":
      return removeObject(bucket, key, response);
    case "POST uploads":
      return openUpload(bucket, key, request, response);
    case "PUT upload":
      return putPart(bucket, address, request, payload, response);
    case "GET upload":
      return listParts(bucket, address, response);
    case "POST upload":
      return completeUpload(bucket, address, request, payload, response);
    case "DELETE upload":
      return abortUpload(bucket, address, response);
    default:
      throw notImplemented(`${request.method} of an object`);
  }
}

/** Says no in S3's own XML. Once an answer has begun, the only honest thing is to cut it. */
function refuse(error: unknown, id: string, request: IncomingMessage, response: ServerResponse): void {
  const known = error instanceof S3Refusal;
  const gone = ["ERR_STREAM_PREMATURE_CLOSE", "ECONNRESET", "EPIPE"].includes(
    (error as { code?: string }).code ?? "",
  );
  if (!known && !gone) console.error("S3 double:", error);
  if (response.headersSent || response.destroyed || gone) {
    response.destroy();
    return;
  }
  const { status, code, message } = known ? error : new S3Refusal(500, "InternalError", String(error));
  for (const name of ["content-length", "content-range", "etag", "content-disposition"])
    response.removeHeader(name);
  const body = xmlDocument("Error", [tag("Code", code), tag("Message", message), tag("RequestId", id)])
    // Amazon's errors, alone of its documents, have no namespace.
    .replace(/ xmlns="[^"]*"/, "");
  response.writeHead(status, { "content-type": "application/xml" });
  response.end(request.method === "HEAD" ? "" : body);
  // What is still coming is let through, so that the sender reads the refusal instead of a cut line.
  request.resume();
}
