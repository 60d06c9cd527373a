import { createHash } from "node:crypto";

/**
 * A feed as everybody is sent it: kept by caches for five minutes, readable by pages of other sites. Whether it changed since is
 * told by its `ETag` alone: a date would not see that a work has left it. `updatedAt`: of what it holds; null where nothing tells.
 */
export function sendFeed(
  request: Request,
  feed: { body: string; type: string; updatedAt?: string | Date | null; maxAge?: number },
): Response {
  const etag = `"${createHash("sha256").update(feed.body).digest("base64url").slice(0, 22)}"`;
  const headers = new Headers({
    // XML and JSON say theirs themselves, and some readers know a feed by its bare type only.
    "content-type": feed.type.startsWith("text/") ? `${feed.type};charset=utf-8` : feed.type,
    "cache-control": `public, max-age=${feed.maxAge ?? 300}, stale-while-revalidate=3600`,
    "access-control-allow-origin": "*",
    etag,
    ...(feed.updatedAt && { "last-modified": new Date(feed.updatedAt).toUTCString() }),
  });
  const known = request.headers.get("if-none-match") ?? "";
  const same = known.split(/,\s*/).some((each) => each.replace(/^W\//, "") === etag);
  if (same) return new Response(null, { status: 304, headers });
  return new Response(feed.body, { headers });
}

/** When the newest of these was changed; null where there is none. */
export const latest = (all: readonly { updatedAt: string }[]): string | null =>
  all.reduce<string | null>(
    (newest, { updatedAt }) => (newest && newest > updatedAt ? newest : updatedAt),
    null,
  );
