import { sql, type Transaction } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";
import { Refusal } from "../refusal.ts";
import { fingerprintOf } from "./format-queries.server.ts";
import type { Choice, SoundFormat } from "./formats.ts";
import { delivered, type ParcelWork } from "./parcel.ts";
import { findParcel, type Scope } from "./parcel-queries.server.ts";

/** A track takes seconds; after this its job is lost, and may be asked for again. */
const MADE_WITHIN_MS = 20 * 60_000;

/**
 * Remembers the format that was chosen for these purchases, and asks for every track that is not there in it yet, or no longer as
 * the record is now. Refuses `not_found` where the scope holds nothing. Run again, it rings for nothing that is under way.
 */
export function prepareParcel(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { scope, choice }: { scope: Scope; choice: Choice },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const works = await findParcel(trx, scope);
    if (works.length === 0) throw new Refusal("not_found");
    await trx
      .updateTable("download_right")
      .set({ format: choice, format_chosen_at: house.clock.now() })
      .where(
        "id",
        "in",
        works.map(({ rightId }) => rightId),
      )
      .execute();
    await askFor(trx, house, works, choice);
  });
}

/** Rings once for each track that cannot be fetched yet. */
export async function askFor(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  works: readonly ParcelWork[],
  choice: Choice,
): Promise<void> {
  const wanted = works.flatMap(({ tracks }) =>
    tracks.flatMap((track) => {
      const { format, state } = delivered(track, choice);
      return state === "made" ? [] : [{ sourceId: track.sourceId, format }];
    }),
  );
  if (wanted.length === 0) return;
  const now = house.clock.now();
  const lost = new Date(now.getTime() - MADE_WITHIN_MS);
  const { rows } = await sql<{ sourceId: string; format: SoundFormat }>`
    insert into track_format (source_id, format, wanted, asked_at)
    select a.id, x.format, ${fingerprintOf}, ${now}
    from unnest(${wanted.map(({ sourceId }) => sourceId)}::uuid[], ${wanted.map(({ format }) => format)}::text[]) x (source_id, format)
    join asset a on a.id = x.source_id join recording r on r.asset_id = a.id join work w on w.id = a.work_id
    order by a.id, x.format
    on conflict (source_id, format) do update
      set wanted = excluded.wanted, asked_at = excluded.asked_at, failed_at = null, reason = null
      where track_format.wanted <> excluded.wanted or track_format.failed_at is not null or track_format.asked_at < ${lost}
    returning source_id as "sourceId", format`.execute(trx);
  await enqueueAll(trx, house, "make-format", rows);
}
