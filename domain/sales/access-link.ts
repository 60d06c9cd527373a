import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * The bearer token of a sale's purchases page: who holds the link of the receipt may see that sale and fetch what it bought,
 * without an account. It names one sale, and changes with the session secret. base64url of HMAC-SHA256(secret, "sale:" + id).
 */
export function accessToken(secret: string, saleId: string): string {
  return createHmac("sha256", secret).update(`sale:${saleId}`).digest("base64url");
}

export function opensSale(secret: string, saleId: string, token: string): boolean {
  const expected = Buffer.from(accessToken(secret, saleId));
  const given = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** What stands in the address of a purchases page, `:access`: the sale and its token. */
export const accessOf = (secret: string, saleId: string): string =>
  `${saleId}.${accessToken(secret, saleId)}`;

/** The sale that an address opens; null where the token is not its own. */
export function saleOfAccess(secret: string, access: string): string | null {
  const [saleId = "", token = "", ...rest] = access.split(".");
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(saleId);
  return rest.length === 0 && isId && opensSale(secret, saleId, token) ? saleId : null;
}
