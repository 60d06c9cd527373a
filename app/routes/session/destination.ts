/**
 * Where a person was going, if it is a path of ours: anything else (another site, `//site`, `/\site`, a control character) is
 * null. A sign-in page that leads wherever its address says is a gift to whoever sends forged mails.
 */
export function ownPath(given: string | null, publicUrl: string): string | null {
  if (!given?.startsWith("/") || given.length > 500) return null;
  try {
    const url = new URL(given, publicUrl);
    return url.origin === new URL(publicUrl).origin && url.href.startsWith(publicUrl)
      ? url.pathname + url.search
      : null;
  } catch {
    return null;
  }
}
