import { sql } from "kysely";
import type { Database } from "#db/connection.ts";

export const sitemapKinds = ["books", "albums", "people", "coops"] as const;
export type SitemapKind = (typeof sitemapKinds)[number];

/** The protocol allows five times as many; a smaller file is fetched again sooner. */
export const urlsInSitemap = 10_000;

/** Every public address of a kind, with the id that orders it and when what it shows was last changed. */
const listed = {
  books: sql`select id, slug, updated_at from work where state = 'published' and kind = 'book'`,
  albums: sql`select id, slug, updated_at from work where state = 'published' and kind = 'album'`,
  people: sql`select g.id, g.slug, max(w.updated_at) as updated_at from agent g
    join contribution c on c.agent_id = g.id join work w on w.id = c.work_id
    where w.state = 'published' group by g.id`,
  coops: sql`select o.id, o.slug, greatest(o.created_at, (select max(w.updated_at) from work w
    where w.coop_id = o.id and w.state = 'published')) as updated_at from coop o`,
};

export type SitemapFile = { kind: SitemapKind; from: string; count: number; updatedAt: Date };

/** The files of each kind: the id that each begins with, how many addresses it holds, when any of them last changed. One query. */
export async function sitemapFiles(db: Database): Promise<SitemapFile[]> {
  const each = sitemapKinds.map(
    (
      kind,
      i,
    ) => sql`select ${i}::int as place, ${kind}::text as kind, min(id::text) as "from", count(*) as count, max(updated_at) as "updatedAt"
      from (select id, updated_at, (row_number() over (order by id) - 1) / ${urlsInSitemap} as file from (${listed[kind]}) l) n
      group by file`,
  );
  const { rows } = await sql<SitemapFile>`${sql.join(each, sql` union all `)} order by 1, 3`.execute(db);
  return rows;
}

/** The addresses of one file, from an id on. */
export async function sitemapEntries(
  db: Database,
  { kind, from }: { kind: SitemapKind; from: string },
): Promise<{ slug: string; updatedAt: Date }[]> {
  const { rows } = await sql<{ slug: string; updatedAt: Date }>`
    select slug, updated_at as "updatedAt" from (${listed[kind]}) l where id >= ${from}::uuid
    order by id limit ${urlsInSitemap}`.execute(db);
  return rows;
}
