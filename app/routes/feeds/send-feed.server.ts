import { createHash } from "node:crypto";

/**
 * A feed as everybody is sent it: kept by caches for five minutes, told by `ETag` and `Last-Modified` whether it changed since,
 * readable by pages of other sites. `updatedAt`: of what it holds; null where nothing tells.
 */
export function sendFeed(
  request: Request,
  feed: { body: string; type: string; updatedAt?: string | Date | null; maxAge?: number },
): Response {
  const etag = `"${createHash("sha256").update(feed.body).digest("base64url").slice(0, 22)}"`;
  const changed = feed.updatedAt ? new Date(feed.updatedAt) : null;
  const headers = new Headers({
    "content-type": /charset|\+json|json$/.test(feed.type) ? feed.type : `${feed.type};charset=utf-8`,
    "cache-control": `public, max-age=${feed.maxAge ?? 300}, stale-while-revalidate=3600`,
    "access-control-allow-origin": "*",
    etag,
    ...(changed && { "last-modified": changed.toUTCString() }),
  });
  // Who knows the tag is answered by the tag alone (RFC 9110): a second holds more than one change.
  const known = request.headers.get("if-none-match");
  const since = Date.parse(request.headers.get("if-modified-since") ?? "");
  const same = known
    ? known.split(/,\s*/).some((each) => each.replace(/^W\//, "") === etag || each === "*")
    : changed !== null && Math.floor(changed.getTime() / 1000) * 1000 <= since;
  if (same) return new Response(null, { status: 304, headers });
  return new Response(feed.body, { headers });
}

/** When the newest of these was changed; null where there is none. */
export const latest = (all: readonly { updatedAt: string }[]): string | null =>
  all.reduce<string | null>(
    (newest, { updatedAt }) => (newest && newest > updatedAt ? newest : updatedAt),
    null,
  );
