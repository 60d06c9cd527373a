import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type Address, decode } from "./address.ts";
import { invalid, S3Refusal } from "./refusal.ts";

export type Credentials = { accessKeyId: string; secretAccessKey: string; region: string };

/** The signed promise about the body: its sha256 in hex, or one of Amazon's words such as UNSIGNED-PAYLOAD. */
export type Authorised = { payload: string };

/** What a request claims, from its Authorization header or from the query of a link. */
type Claim = {
  credential: string;
  date: string;
  signedHeaders: string[];
  signature: string;
  payload: string;
};

const ALGORITHM = "AWS4-HMAC-SHA256";
const CLOCK_SKEW_MS = 15 * 60_000;
const LONGEST_LINK_SECONDS = 7 * 24 * 3600;

/**
 * Checks AWS Signature Version 4 (docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html), in the
 * header and in a link. As Amazon does, it refuses what is unsigned, too old, expired, or altered in any signed place,
 * and any `x-amz-*` header that the signature does not cover.
 */
export function authorise(
  request: IncomingMessage,
  address: Address,
  known: Credentials,
  now = new Date(),
): Authorised {
  const inLink = address.query.has("X-Amz-Signature");
  const claim = inLink ? claimOfLink(address) : claimOfHeader(request);
  const signedAt = instantOf(claim.date);
  if (inLink) {
    checkExpiry(address, signedAt, now);
  } else if (Math.abs(now.getTime() - signedAt) > CLOCK_SKEW_MS) {
    throw new S3Refusal(403, "RequestTimeTooSkewed", "The request's time is too far from this server's.");
  }

  const [key, day, region, service, end] = claim.credential.split("/");
  if (key !== known.accessKeyId) {
    throw new S3Refusal(403, "InvalidAccessKeyId", "The access key is not known here.");
  }
  if (day !== claim.date.slice(0, 8) || service !== "s3" || end !== "aws4_request") {
    throw new S3Refusal(400, "AuthorizationHeaderMalformed", "The credential's scope is malformed.");
  }
  if (region !== known.region) {
    throw new S3Refusal(
      400,
      "AuthorizationHeaderMalformed",
      `The region is wrong; expecting ${known.region}.`,
    );
  }
  checkCoverage(request, claim.signedHeaders);

  const scope = `${day}/${region}/${service}/${end}`;
  const canonical = canonicalRequest(request, address, claim);
  const toSign = [ALGORITHM, claim.date, scope, sha256(canonical)].join("\n");
  const expected = hmac(signingKey(known.secretAccessKey, day, region), toSign).toString("hex");
  if (!same(expected, claim.signature)) {
    throw new S3Refusal(403, "SignatureDoesNotMatch", "The signature does not match the request.");
  }
  return { payload: claim.payload };
}

function claimOfHeader(request: IncomingMessage): Claim {
  const { authorization } = request.headers;
  if (!authorization) throw new S3Refusal(403, "AccessDenied", "The request is not signed.");
  const fields = new Map<string, string>();
  if (authorization.startsWith(`${ALGORITHM} `)) {
    for (const field of authorization.slice(ALGORITHM.length).split(",")) {
      const at = field.indexOf("=");
      fields.set(field.slice(0, at).trim(), field.slice(at + 1).trim());
    }
  }
  const credential = fields.get("Credential");
  const signature = fields.get("Signature");
  const signedHeaders = fields.get("SignedHeaders");
  const date = headerOf(request, "x-amz-date");
  const payload = headerOf(request, "x-amz-content-sha256");
  if (!credential || !signature || !signedHeaders || !date || !payload) {
    throw new S3Refusal(400, "AuthorizationHeaderMalformed", "The Authorization header is malformed.");
  }
  return { credential, signature, date, payload, signedHeaders: signedHeaders.split(";") };
}

function claimOfLink({ query }: Address): Claim {
  const credential = query.get("X-Amz-Credential");
  const signature = query.get("X-Amz-Signature");
  const signedHeaders = query.get("X-Amz-SignedHeaders");
  const date = query.get("X-Amz-Date");
  if (query.get("X-Amz-Algorithm") !== ALGORITHM || !credential || !signature || !signedHeaders || !date) {
    throw new S3Refusal(400, "AuthorizationQueryParametersError", "The link lacks a part of its signature.");
  }
  // S3 signs every link with the promise of nothing about the body, whatever else the query may claim.
  return {
    credential,
    signature,
    date,
    payload: "UNSIGNED-PAYLOAD",
    signedHeaders: signedHeaders.split(";"),
  };
}

function checkExpiry({ query }: Address, signedAt: number, now: Date): void {
  const seconds = Number(query.get("X-Amz-Expires"));
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > LONGEST_LINK_SECONDS) {
    throw new S3Refusal(
      400,
      "AuthorizationQueryParametersError",
      "X-Amz-Expires must be of 1 second to 7 days.",
    );
  }
  if (signedAt > now.getTime() + CLOCK_SKEW_MS) {
    throw new S3Refusal(403, "AccessDenied", "The link is not valid yet.");
  }
  if (signedAt + seconds * 1000 < now.getTime())
    throw new S3Refusal(403, "AccessDenied", "The link has expired.");
}

/** Unsigned, these headers could be added by whoever has the link, to change what it does. */
function checkCoverage(request: IncomingMessage, signedHeaders: string[]): void {
  if (!signedHeaders.includes("host")) throw new S3Refusal(403, "AccessDenied", "The host must be signed.");
  for (const name of Object.keys(request.headers)) {
    if (name.startsWith("x-amz-") && !signedHeaders.includes(name)) {
      throw new S3Refusal(403, "AccessDenied", `The header ${name} is not signed.`);
    }
  }
}

function canonicalRequest(request: IncomingMessage, address: Address, claim: Claim): string {
  const path = address.path
    .split("/")
    .map((segment) => encode(decode(segment)))
    .join("/");
  const query = address.search
    .split("&")
    .filter((pair) => pair !== "" && !pair.startsWith("X-Amz-Signature="))
    .map((pair) => {
      const at = pair.includes("=") ? pair.indexOf("=") : pair.length;
      return `${encode(decode(pair.slice(0, at)))}=${encode(decode(pair.slice(at + 1)))}`;
    })
    .sort((a, b) => (a < b ? -1 : 1))
    .join("&");
  const headers = claim.signedHeaders.map((name) => `${name}:${headerOf(request, name) ?? ""}\n`).join("");
  return [request.method, path, query, headers, claim.signedHeaders.join(";"), claim.payload].join("\n");
}

/** All values of a header joined, with runs of spaces made one, as the signature wants them. */
function headerOf(request: IncomingMessage, name: string): string | undefined {
  const values: string[] = [];
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    if (request.rawHeaders[at]?.toLowerCase() !== name) continue;
    values.push((request.rawHeaders[at + 1] ?? "").trim().replace(/ +/g, " "));
  }
  return values.length > 0 ? values.join(",") : undefined;
}

/** Percent-encoding as Amazon's canonical form wants it: all but letters, digits and - . _ ~ */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `20261122T090954Z` in milliseconds. */
function instantOf(date: string): number {
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  const at = found
    ? Date.parse(`${found[1]}-${found[2]}-${found[3]}T${found[4]}:${found[5]}:${found[6]}Z`)
    : Number.NaN;
  if (Number.isNaN(at)) throw invalid("The signature's date is malformed.");
  return at;
}

function signingKey(secret: string, day: string, region: string): Buffer {
  return hmac(hmac(hmac(hmac(Buffer.from(`AWS4${secret}`), day), region), "s3"), "aws4_request");
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function same(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
