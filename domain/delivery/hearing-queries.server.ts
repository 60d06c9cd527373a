import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { prepared } from "#db/prepared.ts";
import { seenBy } from "../catalogue/card.server.ts";
import type { Media } from "./queries.server.ts";
import { type HearingPolicy, streamTypes } from "./streams.ts";

/** What a track may be heard as; `peaks` is the shape of its sound, as JSON: `{ seconds, peaks }`, a thousand numbers from 0 to 1. */
export type HeardAs = "opus" | "aac" | "peaks";

export type HeardTrack = {
  /** Of the recording. */
  id: string;
  disc: number;
  position: number;
  title: string;
  /** Of the whole track, and of what this person may hear of it; null where the file does not say. */
  seconds: number | null;
  heardSeconds: number | null;
  /** In the order in which a browser should try them; [] while nothing was made, or where nothing may be heard. */
  sources: { as: "opus" | "aac"; type: string }[];
  hasPeaks: boolean;
  /** The shape of its sound in few numbers from 0 to 100, for a page; [] where it was not kept. */
  bars: number[];
};

/** What this person may hear of a work. `held`: it was bought, and is heard whole and as often as one likes. */
export type Hearing = {
  workId: string;
  slug: string;
  title: string;
  policy: HearingPolicy;
  held: boolean;
  /** How often each track may be heard before buying; null: no limit. */
  freePlays: number | null;
  tracks: HeardTrack[];
};

/** Whether this person bought the `work` named `w`, and the right has not ended. */
const heldBy = (personId: string | null): RawBuilder<boolean> =>
  personId === null
    ? sql`false`
    : sql`exists (select from download_right d where d.work_id = w.id and d.person_id = ${personId} and d.ended_at is null)`;

/** The extent that is heard of a `work` named `w`, for who holds it (`held`) and who does not; null: nothing. */
const extentOf = (
  held: RawBuilder<boolean>,
): RawBuilder<string | null> => sql`case when ${held} or w.hearing = 'full' then 'whole'
  when w.hearing = 'start' then 'start' end`;

/** What this person (null: a stranger) may hear of a work; null where there is none, or they may not see it. */
export async function findHearing(
  db: Database,
  { slug, personId }: { slug: string; personId: string | null },
): Promise<Hearing | null> {
  const held = heldBy(personId);
  const { rows } = await sql<Hearing>`${prepared}
    select w.id as "workId", w.slug, w.title, w.hearing as policy, ${held} as held,
      case when ${held} then null else w.free_plays end as "freePlays",
      coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'disc', r.disc, 'position', r.position, 'title', r.title,
          'seconds', r.duration_ms / 1000.0, 'heardSeconds', coalesce(p.facts -> 'seconds', 'null'), 'hasPeaks', p.id is not null,
          'bars', coalesce(p.facts -> 'bars', '[]'),
          'sources', case when t.made_from is null then '[]'::jsonb else ${JSON.stringify(sources)}::jsonb end)
        order by r.disc, r.position)
        from recording r
        left join track_stream t on t.source_id = r.asset_id and t.extent = ${extentOf(held)}
        left join asset p on p.id = t.peaks_id
        where r.work_id = w.id), '[]') as tracks
    from work w where w.slug = ${slug} and (${seenBy(personId)} or ${held})`.execute(db);
  return rows[0] ?? null;
}

const sources = (["opus", "aac"] as const).map((as) => ({ as, type: streamTypes[as].mediaType }));

/** One file that may be heard, with what limits it. */
export type HeardFile = { held: boolean; freePlays: number | null; media: Media };

/** One file of a track for who may hear it; null for who may not, and while it is not made. The plays are counted by who serves it. */
export async function findHeardFile(
  db: Database,
  { recordingId, as, personId }: { recordingId: string; as: HeardAs; personId: string | null },
): Promise<HeardFile | null> {
  const held = heldBy(personId);
  const { rows } = await sql<HeardFile>`
    select ${held} as held, case when ${held} then null else w.free_plays end as "freePlays",
      jsonb_build_object('storageKey', a.storage_key, 'mediaType', a.media_type, 'bytes', a.bytes, 'etag', a.id, 'fileName', null,
        'shared', a.role = 'peaks' and w.state = 'published') as media
    from recording r join work w on w.id = r.work_id
    join track_stream t on t.source_id = r.asset_id and t.extent = ${extentOf(held)}
    join asset a on a.id = ${sql.ref(`t.${as}_id`)} and a.replaced_at is null
    where r.id = ${recordingId} and (${seenBy(personId)} or ${held})`.execute(db);
  return rows[0] ?? null;
}
