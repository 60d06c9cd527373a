import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import type { Extent } from "./streams.ts";

type Which = { sourceId: string; extent: Extent };
const parts = ["opus", "aac", "peaks"] as const;
type Part = (typeof parts)[number];

/** A file of a stream, already in the bucket. */
export type StreamFile = {
  storageKey: string;
  mediaType: string;
  bytes: number;
  facts: Record<string, unknown>;
};

/**
 * Enters what was made as the stream of this sound from now on; what stood there before is put aside, and goes a day later
 * (`sweepFormats`). Run again with the same, it changes nothing.
 */
export function recordStream(
  db: Database,
  { clock }: Pick<House, "clock">,
  made: Which & { workId: string; fingerprint: string; files: Record<Part, StreamFile> },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const former = await trx
      .selectFrom("track_stream")
      .select(["opus_id as opus", "aac_id as aac", "peaks_id as peaks"])
      .where("source_id", "=", made.sourceId)
      .where("extent", "=", made.extent)
      .forUpdate()
      .executeTakeFirst();
    if (!former) return;
    const now = clock.now();
    const rows = parts.map((part) => {
      const { storageKey, mediaType, bytes, facts } = made.files[part];
      return {
        id: v7(),
        work_id: made.workId,
        role: part === "peaks" ? "peaks" : "stream",
        storage_key: storageKey,
        media_type: mediaType,
        bytes,
        facts: JSON.stringify(facts),
        created_at: now,
      };
    });
    const entered = await trx
      .insertInto("asset")
      .values(rows)
      .onConflict((conflict) =>
        conflict.column("storage_key").doUpdateSet((eb) => ({
          bytes: eb.ref("excluded.bytes"),
          facts: eb.ref("excluded.facts"),
          replaced_at: null,
        })),
      )
      .returning(["id", "storage_key as storageKey"])
      .execute();
    const ids = new Map(entered.map(({ id, storageKey }) => [storageKey, id]));
    const idOf = (part: Part) => ids.get(made.files[part].storageKey) as string;
    const gone = parts
      .map((part) => former[part])
      .filter((id): id is string => id !== null && ![...ids.values()].includes(id));
    if (gone.length > 0)
      await trx.updateTable("asset").set({ replaced_at: now }).where("id", "in", gone).execute();
    await trx
      .updateTable("track_stream")
      .set({
        opus_id: idOf("opus"),
        aac_id: idOf("aac"),
        peaks_id: idOf("peaks"),
        made_from: made.fingerprint,
        failed_at: null,
        reason: null,
      })
      .where("source_id", "=", made.sourceId)
      .where("extent", "=", made.extent)
      .execute();
  });
}

/** Says why a stream is not there; it is asked for again when the file changes, or after an hour by the next publication. */
export async function recordNoStream(
  db: Database,
  { clock }: Pick<House, "clock">,
  { sourceId, extent, reason }: Which & { reason: "no_ffmpeg" | "not_made" },
): Promise<void> {
  await db
    .updateTable("track_stream")
    .set({ failed_at: clock.now(), reason })
    .where("source_id", "=", sourceId)
    .where("extent", "=", extent)
    .execute();
}
