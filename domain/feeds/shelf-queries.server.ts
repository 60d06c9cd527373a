import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { findWorks } from "../catalogue/search-queries.server.ts";
import type { Cursor } from "./cursor.ts";
import type { FeedWork } from "./feed-work.ts";
import { recordOf } from "./record.server.ts";

/** What of the shop a feed shows. Slugs of co-op and person; `language` is the primary one (`fr`). */
export type ShelfWish = {
  kind?: "book" | "album" | undefined;
  language?: string | undefined;
  coop?: string | undefined;
  agent?: string | undefined;
  free?: boolean | undefined;
};

export type Facets = {
  kind: { value: "book" | "album"; count: number }[];
  language: { value: string; count: number }[];
  coop: { value: string; name: string; count: number }[];
  free: { count: number };
};

export type ShelfPage = {
  works: FeedWork[];
  /** All that answer the wish, on this page or another. */
  total: number;
  /** When any of those was last changed; null where there is none. */
  updatedAt: string | null;
  facets: Facets;
  previous: Cursor | null;
  next: Cursor | null;
  page: number;
};

const all = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);

/** The conditions of a wish on a row of `shelf`, without those on `but`: a facet counts what choosing it would give. */
function conditions(wish: ShelfWish, but?: keyof ShelfWish): RawBuilder<unknown> {
  return all([
    ...(wish.kind && but !== "kind" ? [sql`s.kind = ${wish.kind}`] : []),
    ...(wish.language && but !== "language" ? [sql`s.language = ${wish.language}`] : []),
    ...(wish.coop && but !== "coop" ? [sql`s.coop = ${wish.coop}`] : []),
    ...(wish.free && but !== "free" ? [sql`s.price = 0`] : []),
  ]);
}

/**
 * A page of the shop, newest first, from a cursor on, with how many works each facet would show: one query. Works that come while a
 * reader pages shift nothing: a page begins after a work, not after a number.
 */
export async function shelfPage(
  db: Database,
  wish: ShelfWish,
  { cursor, limit }: { cursor: Cursor | null; limit: number },
): Promise<ShelfPage> {
  const back = cursor?.back ?? false;
  const order = back ? sql`asc` : sql`desc`;
  const from = cursor
    ? back
      ? sql`(s.published_at, s.id) > (${cursor.at}::timestamptz, ${cursor.id}::uuid)`
      : sql`(s.published_at, s.id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`
    : sql`true`;
  const by = wish.agent
    ? sql`w.id in (select c.work_id from contribution c join agent g on g.id = c.agent_id where g.slug = ${wish.agent})`
    : sql`true`;
  const count = (column: "kind" | "language", but: keyof ShelfWish) => sql`coalesce((
    select jsonb_agg(jsonb_build_object('value', f.value, 'count', f.count) order by f.count desc, f.value)
    from (select s.${sql.raw(column)} as value, count(*) as count from shelf s
      where s.${sql.raw(column)} is not null and ${conditions(wish, but)} group by 1) f), '[]')`;
  const { rows } = await sql<{
    works: FeedWork[];
    total: number;
    updatedAt: Date | null;
    facets: Facets;
  }>`
    with shelf as materialized (
      select w.id, w.kind, nullif(split_part(w.language, '-', 1), '') as language, w.price, w.published_at, w.updated_at,
        o.slug as coop, o.name as coop_name
      from work w join coop o on o.id = w.coop_id where w.state = 'published' and ${by}),
    page as (select s.id, s.published_at from shelf s where ${conditions(wish)} and ${from}
      order by s.published_at ${order}, s.id ${order} limit ${limit + 1})
    select
      coalesce((select jsonb_agg(${recordOf} order by w.published_at ${order}, w.id ${order})
        from page join work w on w.id = page.id), '[]') as works,
      (select count(*) from shelf s where ${conditions(wish)}) as total,
      (select max(s.updated_at) from shelf s where ${conditions(wish)}) as "updatedAt",
      jsonb_build_object('kind', ${count("kind", "kind")}, 'language', ${count("language", "language")},
        'coop', coalesce((select jsonb_agg(jsonb_build_object('value', f.coop, 'name', f.coop_name, 'count', f.count)
            order by f.coop_name) from (select s.coop, s.coop_name, count(*) as count from shelf s
            where ${conditions(wish, "coop")} group by 1, 2) f), '[]'),
        'free', jsonb_build_object('count', (select count(*) from shelf s where s.price = 0 and ${conditions(wish, "free")}))
      ) as facets`.execute(db);
  const { works: found, total, updatedAt, facets } = rows[0]!;
  const more = found.length > limit;
  const works = found.slice(0, limit);
  if (back) works.reverse();
  const page = cursor?.page ?? 1;
  const to = (work: FeedWork | undefined, where: Pick<Cursor, "page" | "back">) =>
    work ? { at: work.publishedAt, id: work.id, ...where } : null;
  return {
    ...{ works, total, facets, page },
    updatedAt: updatedAt?.toISOString() ?? null,
    next: back || more ? to(works.at(-1), { page: page + 1, back: false }) : null,
    previous: cursor && (!back || more) ? to(works[0], { page: Math.max(1, page - 1), back: true }) : null,
  };
}

/** The best answers to some words, as the search of the shop finds and counts them, in its order. */
export async function searchShelf(
  db: Database,
  { words, locale }: { words: string; locale: "fr" | "en" },
): Promise<{ works: FeedWork[]; total: number }> {
  const { works: cards, counts } = await findWorks(db, { q: words, locale });
  const ids = cards.map(({ id }) => id);
  const { rows } = await sql<{ record: FeedWork }>`
    select ${recordOf} as record from work w where w.id = any(${ids}::uuid[]) and w.state = 'published'
    order by array_position(${ids}::uuid[], w.id)`.execute(db);
  return { works: rows.map(({ record }) => record), total: counts.book + counts.album };
}

/** The newest works of the shop, of a co-op or of a person, without counting the others; `name` is whose they are. One query. */
export async function newestRecords(
  db: Database,
  of: { coop: string } | { agent: string } | null,
  limit: number,
): Promise<{ id: string; slug: string; name: string; works: FeedWork[] } | null> {
  const whose = !of
    ? sql`(select null::uuid as id, '' as slug, '' as name)`
    : "coop" in of
      ? sql`(select id, slug, name from coop where slug = ${of.coop})`
      : sql`(select id, slug, name from agent where slug = ${of.agent})`;
  const theirs = !of
    ? sql`true`
    : "coop" in of
      ? sql`x.coop_id = whose.id`
      : sql`x.id in (select c.work_id from contribution c where c.agent_id = whose.id)`;
  const { rows } = await sql<{ id: string; slug: string; name: string; works: FeedWork[] }>`
    select whose.id, whose.slug, whose.name, coalesce((
      select jsonb_agg(${recordOf} order by w.published_at desc, w.id desc)
      from (select * from work x where x.state = 'published' and ${theirs}
        order by x.published_at desc, x.id desc limit ${limit}) w), '[]') as works
    from ${whose} whose`.execute(db);
  return rows[0] ?? null;
}
