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
  /** All that answer the wish, on this page or another; null where it was not counted. */
  total: number | null;
  /** When any of those was last changed; null where there is none. */
  updatedAt: string | null;
  facets: Facets | null;
  previous: Cursor | null;
  next: Cursor | null;
  page: number;
};

const all = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);

const coopOf = (slug: string) => sql`(select id from coop where slug = ${slug})`;
const worksOfAgent = (slug: string) =>
  sql`(select c.work_id from contribution c join agent g on g.id = c.agent_id where g.slug = ${slug})`;

/** The conditions of a wish on a row of `work` named `w`. */
const worksOf = (wish: ShelfWish): RawBuilder<unknown> =>
  all([
    ...(wish.kind ? [sql`w.kind = ${wish.kind}`] : []),
    ...(wish.language ? [sql`lower(split_part(w.language, '-', 1)) = ${wish.language}`] : []),
    ...(wish.coop ? [sql`w.coop_id = ${coopOf(wish.coop)}`] : []),
    ...(wish.free ? [sql`w.price = 0`] : []),
    ...(wish.agent ? [sql`w.id in ${worksOfAgent(wish.agent)}`] : []),
  ]);

/** The same on a row of what is counted, without that on `but`: a facet counts what choosing it would give. */
const countedOf = (wish: ShelfWish, but?: keyof ShelfWish): RawBuilder<unknown> =>
  all([
    ...(wish.kind && but !== "kind" ? [sql`s.kind = ${wish.kind}`] : []),
    ...(wish.language && but !== "language" ? [sql`s.language = ${wish.language}`] : []),
    ...(wish.coop && but !== "coop" ? [sql`s.coop_id = ${coopOf(wish.coop)}`] : []),
    ...(wish.free && but !== "free" ? [sql`s.free`] : []),
  ]);

/**
 * How many works stand where: a few hundred rows that are kept as works come and go (`shelf_count`); of one person, counted from
 * their own works.
 */
const shelfOf = ({ agent }: ShelfWish): RawBuilder<unknown> =>
  agent
    ? sql`select coop_id, kind, lower(split_part(coalesce(language, ''), '-', 1)) as language, price = 0 as free,
        count(*)::int as works from work where state = 'published' and id in ${worksOfAgent(agent)} group by 1, 2, 3, 4`
    : sql`select coop_id, kind, language, free, works from shelf_count where works > 0`;

/** What is counted beside a page: how many works answer, when the last changed, what each facet would show. */
function counted(wish: ShelfWish): RawBuilder<unknown> {
  const facet = (value: RawBuilder<unknown>, but: keyof ShelfWish) => sql`coalesce((
    select jsonb_agg(jsonb_build_object('value', f.value, 'count', f.count) order by f.count desc, f.value)
    from (select ${value} as value, sum(s.works) as count from shelf s where ${countedOf(wish, but)} group by 1) f
    where f.value <> ''), '[]')`;
  return sql`
    (select coalesce(sum(s.works), 0) from shelf s where ${countedOf(wish)}) as total,
    (select w.updated_at from work w where w.state = 'published' and w.published_at is not null and ${worksOf(wish)}
      order by w.updated_at desc, w.id desc limit 1) as "updatedAt",
    jsonb_build_object('kind', ${facet(sql`s.kind`, "kind")},
      'language', ${facet(sql`s.language`, "language")},
      'coop', coalesce((select jsonb_agg(jsonb_build_object('value', o.slug, 'name', o.name, 'count', f.count) order by o.name)
        from (select s.coop_id, sum(s.works) as count from shelf s where ${countedOf(wish, "coop")} group by 1) f
        join coop o on o.id = f.coop_id), '[]'),
      'free', jsonb_build_object('count',
        (select coalesce(sum(s.works), 0) from shelf s where s.free and ${countedOf(wish, "free")}))) as facets`;
}

/**
 * A page of the shop, newest first, from a cursor on: one query. Works that come while a reader pages shift nothing: a page begins
 * after a work, not after a number. `count` false leaves out what is beside the page: total and facets are null, and `updatedAt` is
 * of this page.
 */
export async function shelfPage(
  db: Database,
  wish: ShelfWish,
  { cursor, limit, count }: { cursor: Cursor | null; limit: number; count: boolean },
): Promise<ShelfPage> {
  const back = cursor?.back ?? false;
  const order = back ? sql`asc` : sql`desc`;
  const beyond = back ? sql`>` : sql`<`;
  const from = cursor
    ? sql`(w.published_at, w.id) ${beyond} (${cursor.at}::timestamptz, ${cursor.id}::uuid)`
    : sql`true`;
  const { rows } = await sql<{
    works: FeedWork[];
    total: number | null;
    updatedAt: Date | null;
    facets: Facets | null;
  }>`
    with ${count ? sql`shelf as materialized (${shelfOf(wish)}),` : sql``}
    page as (select w.id, w.updated_at from work w where w.state = 'published' and ${worksOf(wish)} and ${from}
      order by w.published_at ${order}, w.id ${order} limit ${limit + 1})
    select coalesce((select jsonb_agg(${recordOf} order by w.published_at ${order}, w.id ${order})
        from page join work w on w.id = page.id), '[]') as works,
      ${
        count
          ? counted(wish)
          : sql`null::bigint as total, (select max(updated_at) from page) as "updatedAt", null::jsonb as facets`
      }`.execute(db);
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
