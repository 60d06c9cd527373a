import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

/** Thirty-two signs that a hand copies without asking: no i, l, o or u. */
const signs = "0123456789abcdefghjkmnpqrstvwxyz";

/** A password of 80 bits in groups that can be typed on an e-reader: « 7kd2-m0xa-9qtr-e4hs ». */
export function makeDevicePassword(): string {
  const letters = [...randomBytes(16)].map((byte) => signs[byte % signs.length]).join("");
  return letters.replace(/(.{4})(?=.)/g, "$1-");
}

/**
 * What the database knows a password by. Capitals, spaces and hyphens make no difference: keyboards of e-readers add them. A plain
 * hash is enough, since nobody chose the password: 80 random bits are not to be found by trying.
 */
export const hashDevicePassword = (password: string): Buffer =>
  createHash("sha256")
    .update(`device:${password.toLowerCase().replace(/[^0-9a-z]/g, "")}`)
    .digest();

/** The key by which passwords of players are sealed: of the session secret, for this one use. */
const keyOf = (sessionSecret: string): Buffer =>
  Buffer.from(hkdfSync("sha256", sessionSecret, "ventes.coop", "device password", 32));

/** AES-256-GCM: nonce (12 bytes), tag (16), text. Bound to the device, so that no row opens by another's. */
export function sealPassword(sessionSecret: string, deviceId: string, password: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyOf(sessionSecret), nonce).setAAD(Buffer.from(deviceId));
  const text = Buffer.concat([cipher.update(password, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** The password again; null where it was sealed by another secret or for another device, or was tampered with. */
export function unsealPassword(sessionSecret: string, deviceId: string, sealed: Buffer): string | null {
  try {
    const opener = createDecipheriv("aes-256-gcm", keyOf(sessionSecret), sealed.subarray(0, 12), {
      authTagLength: 16,
    })
      .setAAD(Buffer.from(deviceId))
      .setAuthTag(sealed.subarray(12, 28));
    return Buffer.concat([opener.update(sealed.subarray(28)), opener.final()]).toString("utf8");
  } catch {
    return null;
  }
}

/** Whether `token` is md5(password + salt) in hexadecimal, as the protocol of players wants it. */
export function tokenFits(password: string, { token, salt }: { token: string; salt: string }): boolean {
  const expected = createHash("md5")
    .update(password + salt)
    .digest();
  const given = Buffer.from(/^[0-9a-f]{32}$/i.test(token) ? token : "", "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
