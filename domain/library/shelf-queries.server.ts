import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { Credit } from "../catalogue/byline.ts";
import { type Cover, coverOf, creditsOf } from "../catalogue/card.server.ts";
import { andHeld } from "../catalogue/held-edition.server.ts";

export type Shelf = "all" | "books" | "music";

/** A work that is held, as an e-reader is told of it. `title` is as it was sold; `at` keeps the microseconds of the database. */
export type ShelfEntry = {
  rightId: string;
  at: string;
  workId: string;
  slug: string;
  kind: "book" | "album";
  title: string;
  subtitle: string | null;
  language: string | null;
  description: { fr?: string; en?: string };
  subjects: { label: string; scheme?: string; code?: string }[];
  series: { name: string; position?: number } | null;
  publisher: string | null;
  publishedOn: string | null;
  updatedAt: string;
  coop: string;
  onSale: boolean;
  credits: Credit[];
  cover: Cover | null;
  isbn: string | null;
  files: {
    assetId: string;
    mediaType: string;
    bytes: number;
    track: { disc: number; position: number; title: string; durationMs: number | null } | null;
  }[];
};

export type ShelfCursor = { at: string; rightId: string };

/** One page of a shelf: `next` is where the following one begins, null on the last; counts are of the whole library, not of a search. */
export type ShelfPage = {
  entries: ShelfEntry[];
  next: ShelfCursor | null;
  found: number;
  books: number;
  albums: number;
};

/**
 * What a person holds with files to fetch, newest purchase first, in one query: each work once, whatever became of it in the shop; a
 * right that has ended is not there. `words` are looked for in titles and names, without regard to accents.
 */
export async function readShelf(
  db: Database,
  personId: string,
  asked: { shelf: Shelf; words: string | null; after: ShelfCursor | null; limit: number },
): Promise<ShelfPage> {
  const { rows } = await sql<{
    entries: ShelfEntry[];
    more: boolean;
    found: number;
    books: number;
    albums: number;
  }>`
    with mine as (${heldBy(personId)}),
    file as (
      select a.work_id, jsonb_agg(jsonb_build_object('assetId', a.id, 'mediaType', a.media_type, 'bytes', a.bytes,
          'track', case when r.id is not null then jsonb_build_object('disc', r.disc, 'position', r.position, 'title', r.title,
            'durationMs', r.duration_ms) end) order by e.former_of is not null, e.position, r.disc, r.position, a.position, a.id) as files
      from mine join download_right d on d.id = mine.right_id
      join asset a on a.work_id = mine.work_id and a.role = 'original' and a.replaced_at is null
      join edition e on e.id = a.edition_id ${andHeld} left join recording r on r.asset_id = a.id
      group by a.work_id),
    here as (
      select mine.*, l.title, w.kind, file.files
      from mine join file using (work_id) join work w on w.id = mine.work_id join sale_line l on l.id = mine.sale_line_id),
    found as (
      select here.* from here
      where ${shelfIs(asked.shelf)} and ${matches(asked.words)}),
    page as (
      select * from found
      where ${asked.after ? sql`(granted_at, right_id) < (${asked.after.at}::timestamptz, ${asked.after.rightId}::uuid)` : sql`true`}
      order by granted_at desc, right_id desc limit ${asked.limit + 1})
    select
      coalesce((select jsonb_agg(jsonb_build_object('rightId', p.right_id,
          'at', to_char(p.granted_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
          'workId', w.id, 'slug', w.slug, 'kind', w.kind, 'title', p.title, 'subtitle', w.subtitle, 'language', w.language,
          'description', w.description, 'subjects', w.subjects, 'series', w.series, 'publisher', w.publisher,
          'publishedOn', w.published_on, 'updatedAt', w.updated_at, 'onSale', w.state = 'published',
          'coop', (select name from coop where id = w.coop_id), 'credits', ${creditsOf}, 'cover', ${coverOf},
          'isbn', (select i.value from identifier i left join edition e on e.id = i.edition_id
            where i.scheme = 'isbn' and (i.work_id = w.id or e.work_id = w.id and e.former_of is null) order by e.position limit 1),
          'files', p.files) order by p.granted_at desc, p.right_id desc)
        from (select * from page order by granted_at desc, right_id desc limit ${asked.limit}) p
        join work w on w.id = p.work_id), '[]') as entries,
      (select count(*) from page) > ${asked.limit} as more,
      (select count(*) from found) as found,
      (select count(*) from here where kind = 'book') as books,
      (select count(*) from here where kind = 'album') as albums`.execute(db);
  const { entries, more, ...counts } = rows[0]!;
  const last = entries.at(-1);
  return { entries, ...counts, next: more && last ? { at: last.at, rightId: last.rightId } : null };
}

/** The rights of a person that have not ended, one for each work, the newest: (right_id, work_id, sale_line_id, granted_at). */
export const heldBy = (personId: string): RawBuilder<unknown> => sql`
  select distinct on (work_id) id as right_id, work_id, sale_line_id, granted_at
  from download_right where person_id = ${personId} and ended_at is null
  order by work_id, granted_at desc, id desc`;

function shelfIs(shelf: Shelf): RawBuilder<boolean> {
  if (shelf === "all") return sql`true`;
  return shelf === "books" ? sql`here.kind = 'book'` : sql`here.kind = 'album'`;
}

/** Words of a person mean themselves: their per cent signs and underscores too. */
function matches(words: string | null): RawBuilder<boolean> {
  if (words === null) return sql`true`;
  const pattern = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`(plain(here.title) like plain(${pattern}) or exists (
    select from contribution c join agent g on g.id = c.agent_id
    where c.work_id = here.work_id and plain(g.name) like plain(${pattern})))`;
}
