import { Readable } from "node:stream";
import type { AppLoadContext } from "@remix-run/node";
import type { Media } from "#domain/delivery/queries.server.ts";
import { readRange } from "#domain/delivery/range.ts";

/**
 * A file that may be shown, from the bucket through us: one address for ever, whatever storage lies behind. An asset never changes,
 * so browsers and caches keep it for a year; players may ask for a part of it.
 */
export async function sendMedia(
  request: Request,
  { house }: Pick<AppLoadContext, "house">,
  media: Media,
): Promise<Response> {
  const etag = `"${media.etag}"`;
  const headers = new Headers({
    etag,
    "accept-ranges": "bytes",
    "content-type": media.mediaType,
    "cache-control": media.shared ? "public, max-age=31536000, immutable" : "private, no-cache",
    // A picture that is a page of its own can run nothing.
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    ...(media.fileName && { "content-disposition": `attachment; filename="${media.fileName}"` }),
  });
  if (request.headers.get("if-none-match")?.includes(etag))
    return new Response(null, { status: 304, headers });

  const ifRange = request.headers.get("if-range");
  const wanted = ifRange && ifRange !== etag ? null : readRange(request.headers.get("range"), media.bytes);
  if (wanted === "unsatisfiable") {
    headers.set("content-range", `bytes */${media.bytes}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set("content-length", String(wanted ? wanted.end - wanted.start + 1 : media.bytes));
  if (wanted) headers.set("content-range", `bytes ${wanted.start}-${wanted.end}/${media.bytes}`);
  const status = wanted ? 206 : 200;
  if (request.method === "HEAD") return new Response(null, { status, headers });
  const body = await house.storage.read(media.storageKey, wanted ?? undefined);
  request.signal.addEventListener("abort", () => body.destroy(), { once: true });
  return new Response(Readable.toWeb(body) as ReadableStream, { status, headers });
}
