import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import type { SoundFormat } from "./formats.ts";

type Which = { sourceId: string; format: SoundFormat };

/**
 * Enters a made file, already in the bucket, as what this track is in this format from now on. What stood there before is put aside:
 * who is fetching it finishes (`sweepFormats`). Run again with the same, it changes nothing.
 */
export function recordFormat(
  db: Database,
  { clock }: Pick<House, "clock">,
  made: Which & { workId: string; fingerprint: string; storageKey: string; mediaType: string; bytes: number },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const former = await trx
      .selectFrom("track_format")
      .select("made_id as madeId")
      .where("source_id", "=", made.sourceId)
      .where("format", "=", made.format)
      .forUpdate()
      .executeTakeFirst();
    if (!former) return;
    const now = clock.now();
    const { id } = await trx
      .insertInto("asset")
      .values({
        id: v7(),
        work_id: made.workId,
        role: "format",
        storage_key: made.storageKey,
        media_type: made.mediaType,
        bytes: made.bytes,
        created_at: now,
      })
      .onConflict((conflict) =>
        conflict.column("storage_key").doUpdateSet({ bytes: made.bytes, replaced_at: null }),
      )
      .returning("id")
      .executeTakeFirstOrThrow();
    if (former.madeId !== null && former.madeId !== id)
      await trx.updateTable("asset").set({ replaced_at: now }).where("id", "=", former.madeId).execute();
    await trx
      .updateTable("track_format")
      .set({ made_id: id, made_from: made.fingerprint, failed_at: null, reason: null })
      .where("source_id", "=", made.sourceId)
      .where("format", "=", made.format)
      .execute();
  });
}

/** Says why a format is not there, for the page to tell; asking again tries again. */
export async function recordNoFormat(
  db: Database,
  { clock }: Pick<House, "clock">,
  { sourceId, format, reason }: Which & { reason: "no_ffmpeg" | "not_made" },
): Promise<void> {
  await db
    .updateTable("track_format")
    .set({ failed_at: clock.now(), reason })
    .where("source_id", "=", sourceId)
    .where("format", "=", format)
    .execute();
}
