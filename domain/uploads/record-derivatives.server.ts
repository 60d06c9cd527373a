import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import type { ReasonCode } from "./reasons.ts";

/** Something made from an upload, already in the bucket. `position`: of a cover its width, of a sample page its order. */
export type Derivative = {
  role: "cover" | "preview" | "sample_epub" | "sample_page";
  position: number;
  storageKey: string;
  mediaType: string;
  bytes: number;
  facts: Record<string, unknown>;
};

/**
 * Enters what was made from an upload into its work: covers, preview of its track, sample of its book; what was made from it
 * before and is not made any more is put aside. `notMade` says what could not be (« no_ffmpeg »), for the studio to show.
 * The cover of the work becomes this one when there is none, or when this one is a better claim to be it. Run again with
 * the same, it changes nothing.
 */
export function recordDerivatives(
  db: Database,
  { clock }: Pick<House, "clock">,
  input: { uploadId: string; made: readonly Derivative[]; notMade: readonly ReasonCode[] },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const upload = await trx
      .selectFrom("upload")
      .innerJoin("work", "work.id", "upload.work_id")
      .select(["upload.id", "upload.work_id as workId", "upload.state", "upload.media_type as mediaType"])
      .where("upload.id", "=", input.uploadId)
      .forNoKeyUpdate("work")
      .executeTakeFirst();
    if (upload?.state !== "accepted") return;
    const now = clock.now();
    await putAside(trx, upload.id, input.made, now);
    for (const each of input.made) await enter(trx, upload, each, now);
    await keepOneSample(trx, upload.workId, now);
    await trx
      .updateTable("upload")
      .set({
        inspection: sql`coalesce(inspection, '{}') || jsonb_build_object('notMade', ${JSON.stringify(input.notMade)}::jsonb)`,
      })
      .where("id", "=", upload.id)
      .execute();
    await sql`update recording set preview_id = p.id
      from asset o join asset p on p.upload_id = o.upload_id and p.role = 'preview' and p.replaced_at is null
      where recording.asset_id = o.id and o.upload_id = ${upload.id} and o.role = 'original'
        and recording.preview_id is distinct from p.id`.execute(trx);
    if (input.made.some(({ role }) => role === "cover")) await chooseCover(trx, upload);
    await trx.updateTable("work").set({ updated_at: now }).where("id", "=", upload.workId).execute();
  });
}

async function enter(
  trx: Transaction<DB>,
  upload: { id: string; workId: string },
  made: Derivative,
  now: Date,
): Promise<void> {
  const facts = JSON.stringify(made.facts);
  await trx
    .insertInto("asset")
    .values({
      id: v7(),
      work_id: upload.workId,
      upload_id: upload.id,
      role: made.role,
      position: made.position,
      storage_key: made.storageKey,
      media_type: made.mediaType,
      bytes: made.bytes,
      facts,
      created_at: now,
    })
    .onConflict((conflict) =>
      conflict.column("storage_key").doUpdateSet({ bytes: made.bytes, facts, replaced_at: null }),
    )
    .execute();
}

async function putAside(
  trx: Transaction<DB>,
  uploadId: string,
  made: readonly Derivative[],
  now: Date,
): Promise<void> {
  await trx
    .updateTable("asset")
    .set({ replaced_at: now })
    .where("upload_id", "=", uploadId)
    .where("role", "<>", "original")
    .where("replaced_at", "is", null)
    .$if(made.length > 0, (query) =>
      query.where(
        "storage_key",
        "not in",
        made.map(({ storageKey }) => storageKey),
      ),
    )
    .execute();
}

/** A book in two formats is leafed through once: the pages of its EPUB, which flow, stand before those drawn from its PDF. */
async function keepOneSample(trx: Transaction<DB>, workId: string, now: Date): Promise<void> {
  const pagesFrom = (type: string) => sql`select a.id from asset a join upload u on u.id = a.upload_id
    where a.work_id = ${workId} and a.role = 'sample_page' and a.replaced_at is null and u.media_type = ${type}`;
  await sql`update asset set replaced_at = ${now}
    where id in (${pagesFrom("application/pdf")}) and exists (${pagesFrom("application/epub+zip")})`.execute(
    trx,
  );
}

/**
 * A picture sent as such is the artist's choice; a cover inside an EPUB or a track was drawn for it; the first page of a
 * PDF is better than nothing. At equal claim the one there stays, unless its file has been replaced.
 */
async function chooseCover(trx: Transaction<DB>, upload: { id: string; workId: string }): Promise<void> {
  await sql`
    with claim as (
      select a.id, a.upload_id, a.position, u.created_at,
        case when u.media_type like 'image/%' then 3 when u.media_type = 'application/pdf' then 1 else 2 end as rank,
        (u.media_type like 'image/%' or exists (select from asset o where o.upload_id = u.id and o.role = 'original' and o.replaced_at is null)) as live
      from asset a join upload u on u.id = a.upload_id
      where a.work_id = ${upload.workId} and a.role = 'cover' and a.replaced_at is null and a.media_type = 'image/jpeg'),
    mine as (select * from claim where upload_id = ${upload.id} order by position desc limit 1),
    there as (select c.* from claim c join work w on w.cover_id = c.id)
    update work set cover_id = mine.id from mine
    where work.id = ${upload.workId} and not exists (
      select from there where there.live and there.upload_id <> mine.upload_id
        and (there.rank > mine.rank or there.rank = mine.rank and (mine.rank < 3 or there.created_at > mine.created_at)))`.execute(
    trx,
  );
}
