import { createHmac, timingSafeEqual } from "node:crypto";

const mark = (secret: string, personId: string): string =>
  createHmac("sha256", secret).update(`leave:${personId}`).digest("base64url");

/** What stands in the address that ends the letters to this person. It opens nothing else. */
export const leaveToken = (secret: string, personId: string): string =>
  `${personId}.${mark(secret, personId)}`;

/** Whose letters an address ends; null where its token is not one of ours. */
export function personOfLeave(secret: string, token: string): string | null {
  const [personId = "", given = "", ...rest] = token.split(".");
  if (rest.length > 0 || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(personId)) return null;
  const [expected, said] = [Buffer.from(mark(secret, personId)), Buffer.from(given)];
  return expected.length === said.length && timingSafeEqual(expected, said) ? personId : null;
}
