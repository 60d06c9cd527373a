import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";

/** A person may come back to a trial within the week; after that the file is nobody's. */
const keptSeconds = 7 * 86_400;

/** By the co-op of whoever sent it: another's file does not exist. */
export const sentFileKey = (coopId: string, file: string): string => `exchange/${coopId}/${file}`;

/**
 * Keeps a file that was sent to be tried, and gives the name by which it is found again. It is asked to be forgotten before it is
 * there: whatever is cut, nothing stays for ever.
 */
export async function keepSentFile(
  db: Database,
  house: Pick<House, "queue" | "storage">,
  { coopId, bytes }: { coopId: string; bytes: Buffer },
): Promise<string> {
  const file = randomUUID();
  await enqueue(db, house, "forget-sent-file", { coopId, file }, { startAfter: keptSeconds });
  await house.storage.write(sentFileKey(coopId, file), bytes, { contentType: "application/octet-stream" });
  return file;
}

/** Null where there is none, or none any more. */
export async function openSentFile(
  { storage }: Pick<House, "storage">,
  { coopId, file }: { coopId: string; file: string },
): Promise<Readable | null> {
  if (!UUID.test(file)) return null;
  const key = sentFileKey(coopId, file);
  return (await storage.head(key)) ? storage.read(key) : null;
}
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
