import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { heldBy } from "./shelf-queries.server.ts";

/** Those of the ids that name a track, an album or somebody in the library of this person; the others name nothing to them. */
const known = (personId: string, ids: readonly string[]): RawBuilder<unknown> => sql`
  select distinct item.id from unnest(${ids}::uuid[]) as item(id)
  where exists (select from (${heldBy(personId)}) m where m.work_id = item.id)
    or exists (select from recording r join (${heldBy(personId)}) m using (work_id) where r.id = item.id)
    or exists (select from contribution c join (${heldBy(personId)}) m using (work_id) where c.agent_id = item.id)
    or exists (select from work w join (${heldBy(personId)}) m on m.work_id = w.id where w.coop_id = item.id)`;

/** Marks tracks, albums or people as favourites, or no longer. Returns how many of them are in this library. */
export async function starItems(
  db: Database,
  { clock }: Pick<House, "clock">,
  { personId, ids, starred }: { personId: string; ids: readonly string[]; starred: boolean },
): Promise<number> {
  const at = starred ? clock.now() : null;
  // What is starred already keeps its day.
  const { rows } = await sql`
    insert into listening (person_id, item_id, starred_at)
    select ${personId}, id, ${at}::timestamptz from (${known(personId, ids)}) k
    on conflict (person_id, item_id) do update
      set starred_at = case when ${starred} then coalesce(listening.starred_at, excluded.starred_at) end
    returning item_id`.execute(db);
  return rows.length;
}

/** Rates something from 1 to 5, or no longer (null). Returns whether it is in this library. */
export async function rateItem(
  db: Database,
  { personId, id, rating }: { personId: string; id: string; rating: number | null },
): Promise<boolean> {
  const { rows } = await sql`
    insert into listening (person_id, item_id, rating)
    select ${personId}, id, ${rating}::smallint from (${known(personId, [id])}) k
    on conflict (person_id, item_id) do update set rating = excluded.rating
    returning item_id`.execute(db);
  return rows.length > 0;
}

/** Writes down that tracks were heard, each at its moment. Returns how many of them are in this library. */
export async function countPlays(
  db: Database,
  { personId, plays }: { personId: string; plays: readonly { id: string; at: Date }[] },
): Promise<number> {
  const { rows } = await sql`
    with heard as (
      select id, count(*) as times, max(at) as last
      from unnest(${plays.map(({ id }) => id)}::uuid[], ${plays.map(({ at }) => at.toISOString())}::timestamptz[]) as p(id, at)
      group by id)
    insert into listening (person_id, item_id, plays, played_at)
    select ${personId}, h.id, h.times, h.last
    from heard h join recording r on r.id = h.id join (${heldBy(personId)}) m on m.work_id = r.work_id
    on conflict (person_id, item_id) do update
      set plays = listening.plays + excluded.plays, played_at = greatest(listening.played_at, excluded.played_at)
    returning item_id`.execute(db);
  return rows.length;
}
