import { createHmac, hkdfSync } from "node:crypto";

/** The secret that an endpoint checks our signatures by: of the session secret, for this one endpoint. Whoever loses it ends the endpoint. */
export const secretOf = (sessionSecret: string, endpointId: string): string =>
  `whsec_${Buffer.from(
    hkdfSync("sha256", sessionSecret, "ventes.coop", `webhook ${endpointId}`, 32),
  ).toString("base64url")}`;

/** `t=…,v1=…`: seconds since 1970, and the HMAC-SHA256 of « seconds.body » under the secret as it is written, in hexadecimal. */
export function signatureOf(secret: string, at: Date, body: string): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;
}
