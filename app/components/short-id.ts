/** A uuid in 22 letters instead of 36, for addresses that stand many times on a page: its bytes in base64url. */
export function shortId(uuid: string): string {
  const bytes = uuid.replaceAll("-", "").match(/../g)!;
  const binary = String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16)));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").slice(0, 22);
}

/** The uuid of a short id; null where it is none. */
export function uuidOf(short: string): string | null {
  if (!/^[\w-]{22}$/.test(short)) return null;
  const binary = atob(short.replaceAll("-", "+").replaceAll("_", "/"));
  const hex = [...binary].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
