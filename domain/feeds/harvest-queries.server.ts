import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { FeedWork } from "./feed-work.ts";
import type { HarvestSpan } from "./harvest-request.ts";
import { momentOf, recordOf } from "./record.server.ts";

/** A work that was ever published: with its record while it is in the shop, without once it has left. Kept for ever. */
export type Harvested = {
  id: string;
  /** With the microseconds of the database. */
  at: string;
  kind: "book" | "album";
  language: string | null;
  coop: string;
  record: FeedWork | null;
};

const harvested = sql`w.id, ${momentOf(sql`w.updated_at`)} as at, w.kind,
  nullif(split_part(w.language, '-', 1), '') as language, o.slug as coop`;

/**
 * Works in the order of their last change, after a place in it: a work that changes while a harvester reads moves to the end and is
 * given again there, so none is missed. `records` false leaves the records out. `more`: there are others. One query.
 */
export async function harvestPage(
  db: Database,
  {
    span,
    after,
    limit,
    records,
  }: {
    span: HarvestSpan;
    after: { at: string; id: string } | null;
    limit: number;
    records: boolean;
  },
): Promise<{ works: Harvested[]; more: boolean }> {
  const [noun, value] = span.set ?? [];
  const { rows } = await sql<Harvested>`
    select ${harvested}, ${records ? sql`case when w.state = 'published' then ${recordOf} end` : sql`case when w.state = 'published' then '{}'::jsonb end`} as record
    from work w join coop o on o.id = w.coop_id
    where w.published_at is not null
      and ${span.from ? sql`w.updated_at >= ${span.from}::timestamptz` : sql`true`}
      and ${span.until ? sql`w.updated_at < ${span.until}::timestamptz` : sql`true`}
      and ${after ? sql`(w.updated_at, w.id) > (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`}
      and ${
        noun === "type"
          ? sql`w.kind = ${value}`
          : noun === "coop"
            ? sql`o.slug = ${value}`
            : noun === "language"
              ? sql`split_part(w.language, '-', 1) = ${value}`
              : sql`true`
      }
    order by w.updated_at, w.id limit ${limit + 1}`.execute(db);
  return { works: rows.slice(0, limit), more: rows.length > limit };
}

/** One work that was ever published; null where there is none. */
export async function findHarvested(db: Database, id: string): Promise<Harvested | null> {
  const { rows } = await sql<Harvested>`
    select ${harvested}, case when w.state = 'published' then ${recordOf} end as record
    from work w join coop o on o.id = w.coop_id where w.published_at is not null and w.id = ${id}`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** When the first work began, and the sets that there are: types, co-ops, languages. */
export async function harvestFacts(db: Database): Promise<{
  earliest: string | null;
  coops: { slug: string; name: string }[];
  languages: string[];
}> {
  const { rows } = await sql<Awaited<ReturnType<typeof harvestFacts>>>`
    select ${momentOf(sql`(select min(created_at) from work)`)} as earliest,
      coalesce((select jsonb_agg(jsonb_build_object('slug', slug, 'name', name) order by slug) from coop), '[]') as coops,
      coalesce((select jsonb_agg(distinct split_part(language, '-', 1)) from work
        where published_at is not null and language is not null), '[]') as languages`.execute(db);
  return rows[0]!;
}
