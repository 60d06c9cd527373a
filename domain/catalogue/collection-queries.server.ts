import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { prepared } from "#db/prepared.ts";
import { holdsIn } from "../people/permitted.server.ts";
import { type Cover, cardOf, coverOf, type WorkCard } from "./card.server.ts";
import type { Bilingual } from "./queries.server.ts";

/** Work `w` of a row `cw` of collection `c`: where the record was joined to another, that one, unless it stands there itself. */
const workOf: RawBuilder<unknown> = sql`join work listed on listed.id = cw.work_id
  join work w on w.id = coalesce(listed.merged_into, listed.id) and (listed.merged_into is null or not exists (
    select from collection_work other where other.collection_id = c.id and other.work_id = listed.merged_into))`;

/** The cards of the published works of collection `c`, in its order; at most `most`. */
export const worksOfCollection = (most: number): RawBuilder<WorkCard[]> => sql`coalesce((
  select jsonb_agg(card order by position) from (
    select ${cardOf} as card, cw.position from collection_work cw ${workOf}
    where cw.collection_id = c.id and w.state = 'published' order by cw.position limit ${most}) shelf), '[]')`;

export type CollectionPage = {
  id: string;
  slug: string;
  title: Bilingual;
  about: Bilingual;
  coop: { id: string; slug: string; name: string };
  works: WorkCard[];
};

/** So many works a collection holds at most. */
export const mostInCollection = 100;

/** A published collection with its works; null where there is none. */
export async function findCollection(db: Database, slug: string): Promise<CollectionPage | null> {
  const { rows } = await sql<CollectionPage>`${prepared}
    select c.id, c.slug, c.title, c.about,
      (select jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name) from coop o where o.id = c.coop_id) as coop,
      ${worksOfCollection(mostInCollection)} as works
    from collection c where c.slug = ${slug} and c.published_at is not null`.execute(db);
  return rows[0] ?? null;
}

export type CollectionRow = {
  id: string;
  slug: string;
  title: Bilingual;
  coopName: string;
  works: number;
  publishedAt: Date | null;
  changedAt: Date;
  /** Whether this person may change it: their own co-op's. */
  isOurs: boolean;
};

/** The collections that this person may choose from: their co-ops' own, and those of others that are published. */
export async function listCollections(db: Database, personId: string): Promise<CollectionRow[]> {
  const ours = holdsIn(personId, "composeShop", sql`c.coop_id`);
  const { rows } = await sql<CollectionRow>`
    select c.id, c.slug, c.title, o.name as "coopName", c.published_at as "publishedAt", c.changed_at as "changedAt",
      (select count(*)::int from collection_work cw where cw.collection_id = c.id) as works, ${ours} as "isOurs"
    from collection c join coop o on o.id = c.coop_id
    where ${ours} or c.published_at is not null
    order by c.changed_at desc, c.id limit 200`.execute(db);
  return rows;
}

export type OwnCollection = Omit<CollectionRow, "works" | "isOurs"> & {
  about: Bilingual;
  /** In its order, those too that are not in the shop (any more): visitors do not see them. */
  works: {
    id: string;
    slug: string;
    kind: "book" | "album";
    title: string;
    coopName: string;
    inShop: boolean;
    cover: Cover | null;
  }[];
};

/** A collection of this person's co-ops, as its desk sees it; null where it is not theirs. */
export async function findOwnCollection(
  db: Database,
  personId: string,
  id: string,
): Promise<OwnCollection | null> {
  const { rows } = await sql<OwnCollection>`
    select c.id, c.slug, c.title, c.about, o.name as "coopName", c.published_at as "publishedAt", c.changed_at as "changedAt",
      coalesce((select jsonb_agg(jsonb_build_object('id', w.id, 'slug', w.slug, 'kind', w.kind, 'title', w.title,
          'coopName', (select name from coop where coop.id = w.coop_id), 'inShop', w.state = 'published', 'cover', ${coverOf})
          order by cw.position)
        from collection_work cw join work w on w.id = cw.work_id where cw.collection_id = c.id), '[]') as works
    from collection c join coop o on o.id = c.coop_id
    where c.id = ${id} and ${holdsIn(personId, "composeShop", sql`c.coop_id`)}`.execute(db);
  return rows[0] ?? null;
}

/** The works of the shop that these addresses end with, in the order asked; what names none is left out. */
export async function worksBySlug(
  db: Database,
  slugs: readonly string[],
): Promise<{ id: string; slug: string; title: string }[]> {
  if (slugs.length === 0) return [];
  const { rows } = await sql<{ id: string; slug: string; title: string }>`
    select w.id, w.slug, w.title from unnest(${[...slugs]}::text[]) with ordinality as asked (slug, position)
    join work w on w.slug = asked.slug and w.state = 'published' order by asked.position`.execute(db);
  return rows;
}
