import type { ServerResponse } from "node:http";
import type { Address } from "./address.ts";
import { answerXml } from "./answers.ts";
import type { Bucket } from "./buckets.ts";
import { S3Refusal } from "./refusal.ts";
import { tag } from "./xml.ts";

/** ListObjectsV2: keys in the order of their UTF-8 bytes, those below a delimiter folded into one prefix, by pages. */
export function listObjects(bucket: Bucket, { query }: Address, response: ServerResponse): void {
  if (query.get("list-type") !== "2") {
    throw new S3Refusal(501, "NotImplemented", "Only the second version of listing is known here.");
  }
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const most = Math.min(Number(query.get("max-keys") ?? 1000), 1000);
  if (!Number.isInteger(most) || most < 0)
    throw new S3Refusal(400, "InvalidArgument", "max-keys is no number.");
  const token = query.get("continuation-token");
  const after = token ? Buffer.from(token, "base64url").toString() : (query.get("start-after") ?? "");
  const coded = query.get("encoding-type") === "url";
  const show = (text: string) => (coded ? encodeURIComponent(text).replaceAll("%2F", "/") : text);

  const keys = [...bucket.objects.keys()].filter((key) => key.startsWith(prefix)).sort(byBytes);
  const contents: string[] = [];
  const prefixes = new Set<string>();
  let last = "";
  let truncated = false;
  for (const key of keys) {
    const cut = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    const folded = cut < 0 ? null : key.slice(0, cut + delimiter.length);
    // A page may end in a folded prefix: all that is below it has been told with it.
    if (after && (byBytes(key, after) <= 0 || (folded !== null && folded === after))) continue;
    if (folded !== null && prefixes.has(folded)) continue;
    if (contents.length + prefixes.size >= most) {
      truncated = most > 0;
      break;
    }
    last = folded ?? key;
    if (folded !== null) prefixes.add(folded);
    else contents.push(describe(bucket, key, show));
  }

  const told = [
    tag("Name", bucket.name),
    tag("Prefix", show(prefix)),
    tag("Delimiter", delimiter ? show(delimiter) : null),
    tag("MaxKeys", most),
    tag("EncodingType", coded ? "url" : null),
    tag("KeyCount", contents.length + prefixes.size),
    tag("IsTruncated", truncated),
    tag("ContinuationToken", token),
    tag("NextContinuationToken", truncated ? Buffer.from(last).toString("base64url") : null),
    ...contents,
    ...[...prefixes].map((one) => tag("CommonPrefixes", [tag("Prefix", show(one))])),
  ];
  answerXml(response, "ListBucketResult", told);
}

function describe(bucket: Bucket, key: string, show: (text: string) => string): string {
  const object = bucket.objects.get(key);
  return tag("Contents", [
    tag("Key", show(key)),
    tag("LastModified", object?.modified),
    tag("ETag", `"${object?.etag}"`),
    tag("Size", object?.bytes),
    tag("StorageClass", "STANDARD"),
  ]);
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
