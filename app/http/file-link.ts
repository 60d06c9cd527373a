/**
 * Sends an app on to the link that serves a file. The link is signed for GET alone, so that whoever only looks (HEAD) is answered here,
 * by what the link will say: type and name.
 */
export function followLink(request: Request, link: string, more: Record<string, string> = {}): Response {
  if (request.method !== "HEAD")
    return new Response(null, {
      status: 302,
      headers: { ...more, location: link, "cache-control": "no-store" },
    });
  const told = new URL(link).searchParams;
  return new Response(null, {
    headers: {
      ...more,
      "accept-ranges": "bytes",
      "cache-control": "no-store",
      "content-type": told.get("response-content-type") ?? "application/octet-stream",
      "content-disposition": told.get("response-content-disposition") ?? "attachment",
    },
  });
}

/** Looks whether a file is there, or takes up a download where it was cut: neither is another download. */
export const onlyLooks = (request: Request): boolean =>
  request.method === "HEAD" || /^bytes=(?!0*-)/.test(request.headers.get("range") ?? "");
