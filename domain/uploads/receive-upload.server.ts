import { type Database, inTransaction } from "#db/connection.ts";
import { StorageFailure } from "#gateways/storage-failure.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { Refusal } from "../refusal.ts";
import { type OwnUpload, ownUpload } from "./own-upload.server.ts";

/**
 * Says that the last part was sent: the parts become one object, its size is compared with the one announced, and the
 * reading of the file is asked for in the transaction that marks it received. Run again, it changes nothing.
 * Refuses `not_found`, `upload_incomplete` (parts are missing: sign and send them), `upload_size_differs`, `upload_over`.
 */
export async function receiveUpload(
  db: Database,
  house: Pick<House, "clock" | "queue" | "storage">,
  input: { personId: string; uploadId: string },
): Promise<{ state: OwnUpload["state"] }> {
  return receive(db, house, await ownUpload(db, input));
}

/** The same for the sweep, which acts for a tab that was closed. */
export async function receive(
  db: Database,
  house: Pick<House, "clock" | "queue" | "storage">,
  upload: OwnUpload,
): Promise<{ state: OwnUpload["state"] }> {
  if (upload.state === "expired" || upload.state === "removed") throw new Refusal("upload_over");
  if (upload.state !== "open") return { state: upload.state };
  const { storage } = house;
  await assemble(storage, upload);
  const object = await storage.head(upload.storageKey);
  if (!object) throw new Refusal("upload_over");
  const now = house.clock.now();
  if (object.bytes !== upload.declaredBytes) {
    await db
      .updateTable("upload")
      .set({ state: "refused", state_at: now, reason: "size_differs", bytes: object.bytes })
      .where("id", "=", upload.id)
      .where("state", "=", "open")
      .execute();
    await storage.remove(upload.storageKey);
    throw new Refusal("upload_size_differs", { name: upload.fileName });
  }
  await inTransaction(db, async (trx) => {
    const marked = await trx
      .updateTable("upload")
      .set({ state: "received", state_at: now, bytes: object.bytes })
      .where("id", "=", upload.id)
      .where("state", "=", "open")
      .returning("id")
      .executeTakeFirst();
    if (marked) await enqueue(trx, house, "inspect-asset", { uploadId: upload.id });
  });
  return { state: "received" };
}

async function assemble(storage: House["storage"], upload: OwnUpload): Promise<void> {
  if (upload.multipartId === null) throw new Refusal("upload_incomplete", { name: upload.fileName });
  try {
    const parts = await storage.listParts(upload.storageKey, upload.multipartId);
    const sent = parts.reduce((sum, { size }) => sum + size, 0);
    if (sent < upload.declaredBytes) throw new Refusal("upload_incomplete", { name: upload.fileName });
    await storage.completeMultipart(upload.storageKey, upload.multipartId, parts);
  } catch (problem) {
    // Completed by a run that died before it could write so: the object itself is the witness, looked at by the caller.
    if (!(problem instanceof StorageFailure && problem.absent)) throw problem;
  }
}
