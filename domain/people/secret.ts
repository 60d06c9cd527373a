import { createHash, randomBytes } from "node:crypto";

/** A token of 256 bits, fit for an address. */
export const makeToken = (): string => randomBytes(32).toString("base64url");

/** What the database keeps of a token: enough to know it again, not to use it. */
export const hashToken = (token: string): Buffer => createHash("sha256").update(token).digest();
