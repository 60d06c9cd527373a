import { S3Refusal } from "./refusal.ts";

/**
 * A request's address, taken apart by hand: the URL class would resolve `..` and re-encode, and then neither the
 * signature nor the key would be the one that was sent. `path` and `search` are raw; `bucket` and `key` are decoded.
 */
export type Address = { path: string; search: string; query: URLSearchParams; bucket: string; key: string };

export function readAddress(target: string): Address {
  const at = target.includes("?") ? target.indexOf("?") : target.length;
  const path = target.slice(0, at);
  const search = target.slice(at + 1);
  const [, bucket = "", ...key] = path.split("/");
  return {
    path,
    search,
    query: new URLSearchParams(search),
    bucket: decode(bucket),
    key: decode(key.join("/")),
  };
}

export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Refusal(400, "InvalidURI", "The address is not percent-encoded UTF-8.");
  }
}
