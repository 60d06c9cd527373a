export type RelyingParty = { id: string; name: string; origin: string };

/**
 * For which site passkeys are made: the name in its address, for as long as it has one. Browsers refuse a number (a demo at
 * 127.0.0.1), and anything but https beside `localhost`: null there (Web Authentication, level 3, §5.1.3).
 */
export function relyingPartyOf(publicUrl: string): RelyingParty | null {
  const { hostname, origin, protocol } = new URL(publicUrl);
  const isNumber = /^[\d.]+$/.test(hostname) || hostname.startsWith("[");
  const isLocal = hostname === "localhost" || hostname.endsWith(".localhost");
  if (isNumber || (protocol !== "https:" && !isLocal)) return null;
  return { id: hostname, name: hostname, origin };
}
