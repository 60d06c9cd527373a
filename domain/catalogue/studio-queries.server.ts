import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { type Cover, coverOf, creditsOf, type Price, priceOf } from "./card.server.ts";

export type WorkState = "draft" | "submitted" | "returned" | "published" | "withdrawn";

export type StudioWork = {
  id: string;
  slug: string;
  kind: "book" | "album";
  title: string;
  state: WorkState;
  stateAt: Date;
  coopName: string;
  cover: Cover | null;
  price: Price;
  priceChosen: boolean;
  files: number;
  /** Uploads that are being read. */
  underway: number;
  sold: number;
  returned: { reasonCode: string; reason: string | null } | null;
};

/** The works of a person's studios, the latest touched first. */
export async function listStudioWorks(db: Database, personId: string): Promise<StudioWork[]> {
  const { rows } = await sql<StudioWork>`
    select w.id, w.slug, w.kind, w.title, w.state, w.state_at as "stateAt", c.name as "coopName",
      ${coverOf} as cover, ${priceOf} as price,
      (w.priced_at is not null or w.price > 0 or w.price_kind = 'open') as "priceChosen",
      (select count(*) from asset a where a.work_id = w.id and a.role = 'original' and a.replaced_at is null) as files,
      (select count(*) from upload u where u.work_id = w.id and u.state = 'received') as underway,
      (select coalesce(sum(l.quantity), 0)::int from sale_line l join sale on sale.id = l.sale_id
        where l.work_id = w.id and sale.state in ('paid', 'claimed')) as sold,
      (select jsonb_build_object('reasonCode', coalesce(s.reason_code, 'other'), 'reason', s.reason) from submission s
        where w.state = 'returned' and s.work_id = w.id and s.decision = 'returned'
        order by s.decided_at desc limit 1) as returned
    from work w
    join member m on m.id = w.member_id and m.person_id = ${personId} and m.left_at is null
    join coop c on c.id = w.coop_id
    where w.merged_into is null
    order by w.updated_at desc, w.id
    limit 500`.execute(db);
  return rows;
}

export type Origin = "file" | "artist" | "curator";

export type Track = {
  id: string;
  title: string;
  durationMs: number | null;
  isrc: string | null;
  previewId: string | null;
  fileName: string | null;
};

/** A work as its studio sees it: the record with, for each field, the best evidence there is. */
export type StudioRecord = {
  id: string;
  slug: string;
  kind: "book" | "album";
  state: WorkState;
  stateAt: Date;
  coop: { id: string; name: string; slug: string };
  memberId: string;
  title: string;
  subtitle: string | null;
  language: string | null;
  originalLanguage: string | null;
  description: { fr?: string; en?: string };
  subjects: { scheme?: string; code?: string; label: string }[];
  series: { name: string; position?: number | null } | null;
  publisher: string | null;
  publishedOn: string | null;
  rights: string | null;
  price: Price;
  priceChosen: boolean;
  cover: Cover | null;
  credits: { name: string; slug: string; role: string }[];
  /** In the order in which `correct-record` compares them; `format` of the edition that bears it, null on the work. */
  identifiers: { scheme: string; value: string; format: "epub" | "pdf" | "music" | null }[];
  formats: ("epub" | "pdf" | "music")[];
  tracks: Track[];
  /** Who said what is shown, by field of the record; absent where nobody said anything. */
  origins: Record<string, { origin: Origin; source: string }>;
};

/** One work of a person's studio, whole; null where nothing may be seen. */
export async function findStudioWork(
  db: Database,
  personId: string,
  workId: string,
): Promise<StudioRecord | null> {
  const { rows } = await sql<StudioRecord>`
    select w.id, w.slug, w.kind, w.state, w.state_at as "stateAt",
      jsonb_build_object('id', c.id, 'name', c.name, 'slug', c.slug) as coop, w.member_id as "memberId",
      w.title, w.subtitle, w.language, w.original_language as "originalLanguage", w.description, w.subjects, w.series,
      w.publisher, w.published_on as "publishedOn", w.rights, ${priceOf} as price,
      (w.priced_at is not null or w.price > 0 or w.price_kind = 'open') as "priceChosen",
      ${coverOf} as cover, ${creditsOf} as credits,
      coalesce((select jsonb_agg(jsonb_build_object('scheme', i.scheme, 'value', i.value, 'format', e.format)
          order by i.scheme, e.position, i.value)
        from identifier i left join edition e on e.id = i.edition_id
        where i.work_id = w.id or e.work_id = w.id and e.former_of is null), '[]') as identifiers,
      coalesce((select jsonb_agg(e.format order by e.position, e.format) from edition e where e.work_id = w.id and e.former_of is null), '[]') as formats,
      coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'title', r.title, 'durationMs', r.duration_ms, 'isrc', r.isrc,
          'previewId', r.preview_id, 'fileName', u.file_name) order by r.disc, r.position)
        from recording r join asset a on a.id = r.asset_id left join upload u on u.id = a.upload_id
        where r.work_id = w.id), '[]') as tracks,
      coalesce((select jsonb_object_agg(best.field, jsonb_build_object('origin', best.origin, 'source', best.source))
        from (select distinct on (f.field) f.field, f.origin, f.source from finding f where f.work_id = w.id
          order by f.field, array_position(array['curator', 'artist', 'file'], f.origin), f.found_at desc) best), '{}') as origins
    from work w
    join member m on m.id = w.member_id and m.person_id = ${personId} and m.left_at is null
    join coop c on c.id = w.coop_id
    where w.id = ${workId} and w.merged_into is null`.execute(db);
  return rows[0] ?? null;
}
