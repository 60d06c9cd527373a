import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import { ownWork } from "../catalogue/own-work.server.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import {
  accepts,
  kindOfName,
  largestBytes,
  MOST_FILES,
  partBytesFor,
  STUDIO_BYTES,
  STUDIO_GIGABYTES,
} from "./limits.ts";

export type OpenUpload = {
  personId: string;
  workId: string;
  fileName: string;
  bytes: number;
  type: string;
  /** `File.lastModified`: with name and size, how a browser finds the upload that it left half-way. */
  lastModified?: number;
};

/**
 * Opens an upload, or finds the open one of the same file (name, size and date), so that asking twice costs nothing.
 * The key in the bucket is ours: nothing of the person's file name is in it.
 * Refuses `not_found`, `work_submitted`, `upload_kind`, `upload_empty`, `upload_too_large`, `upload_too_many`, `upload_quota`.
 */
export async function openUpload(
  db: Database,
  house: Pick<House, "clock" | "storage">,
  input: OpenUpload,
): Promise<{ uploadId: string; resumed: boolean }> {
  const fileName =
    input.fileName
      .normalize("NFC")
      .replace(/[\p{Cc}\p{Cf}]/gu, "")
      .trim()
      .slice(-255) || "fichier";
  const kind = kindOfName(fileName);
  const { id, key, multipartId, resumed } = await inTransaction(db, async (trx) => {
    const work = await ownWork(trx, input);
    if (!kind || !accepts(work.kind, kind)) throw new Refusal("upload_kind", { name: fileName });
    if (!(input.bytes > 0)) throw new Refusal("upload_empty", { name: fileName });
    if (input.bytes > largestBytes(kind)) {
      throw new Refusal("upload_too_large", {
        name: fileName,
        limit: Math.floor(largestBytes(kind) / 1_048_576),
      });
    }
    const open = await sameFile(trx, work.id, fileName, input);
    if (open) return { ...open, resumed: true };
    await refuseTooMuch(trx, work, input.bytes);
    const id = v7();
    const key = `works/${work.id}/uploads/${id}/original`;
    const now = house.clock.now();
    await trx
      .insertInto("upload")
      .values({
        id,
        work_id: work.id,
        member_id: work.memberId,
        file_name: fileName,
        declared_bytes: input.bytes,
        declared_type: input.type.slice(0, 100) || "application/octet-stream",
        last_modified: input.lastModified ?? null,
        storage_key: key,
        part_bytes: partBytesFor(input.bytes),
        state: "open",
        state_at: now,
        created_at: now,
      })
      .execute();
    return { id, key, multipartId: null, resumed: false };
  });
  // No gateway while a transaction is open: a crash here leaves a row without a multipart, which the next call completes.
  if (multipartId === null) await openMultipart(db, house, { id, key });
  return { uploadId: id, resumed };
}

async function openMultipart(
  db: Database,
  { storage }: Pick<House, "storage">,
  upload: { id: string; key: string },
): Promise<void> {
  const multipartId = await storage.openMultipart(upload.key, "application/octet-stream");
  const kept = await db
    .updateTable("upload")
    .set({ multipart_id: multipartId })
    .where("id", "=", upload.id)
    .where("multipart_id", "is", null)
    .returning("id")
    .executeTakeFirst();
  // Two tabs at once: the first one's stays.
  if (!kept) await storage.abortMultipart(upload.key, multipartId);
}

async function sameFile(trx: Transaction<DB>, workId: string, fileName: string, input: OpenUpload) {
  const found = await trx
    .selectFrom("upload")
    .select(["id", "storage_key as key", "multipart_id as multipartId"])
    .where("work_id", "=", workId)
    .where("state", "=", "open")
    .where("file_name", "=", fileName)
    .where("declared_bytes", "=", input.bytes)
    .where(sql<boolean>`last_modified is not distinct from ${input.lastModified ?? null}`)
    .orderBy("created_at", "desc")
    .executeTakeFirst();
  return found;
}

async function refuseTooMuch(
  trx: Transaction<DB>,
  work: { id: string; memberId: string },
  bytes: number,
): Promise<void> {
  // One member's uploads are counted one at a time: twenty files dropped together may not slip under the quota together.
  await sql`select pg_advisory_xact_lock(hashtext(${`upload.quota:${work.memberId}`}))`.execute(trx);
  const { files, used } = await trx
    .selectFrom("upload")
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere("work_id", "=", work.id).as("files"),
      eb.fn.coalesce(eb.fn.sum<string>("declared_bytes"), eb.val("0")).as("used"),
    ])
    .where("member_id", "=", work.memberId)
    .where("state", "in", ["open", "received", "accepted"])
    .executeTakeFirstOrThrow();
  if (files >= MOST_FILES) throw new Refusal("upload_too_many", { limit: MOST_FILES });
  if (Number(used) + bytes > STUDIO_BYTES) throw new Refusal("upload_quota", { limit: STUDIO_GIGABYTES });
}
