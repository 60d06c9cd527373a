import { createHash } from "node:crypto";

/** The `ETag` of an answer: the same as long as not a byte of it changes. */
export const etagOf = (body: string): string =>
  `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
