import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { cardOf, type WorkCard } from "./card.server.ts";

export const worksOnAPage = 24;

export type Wish = {
  q?: string;
  kind?: "book" | "album";
  /** Slug of a co-op. */
  coop?: string;
  /** Primary language, `fr`. */
  language?: string;
  /** Only what may be had for nothing. */
  free?: boolean;
  /** Slug of a person who took part. */
  agent?: string;
  /** From 1. */
  page?: number;
  /** The reader's language: at equal rank its works come first. */
  locale: "fr" | "en";
};

export type Found = {
  works: WorkCard[];
  /** How many there are of each kind, whatever kind is asked. */
  counts: { book: number; album: number };
  /** Nothing matched the words: these only resemble them. */
  resembling: boolean;
  languages: string[];
  coops: { slug: string; name: string }[];
};

/**
 * The shelves: published works that answer a wish, newest first, or by rank where words are asked. Words are sought in both tongues
 * without accents; where none match, works with resembling words. One round trip.
 */
export async function findWorks(db: Database, wish: Wish): Promise<Found> {
  const q = (wish.q ?? "").replaceAll("’", "'").trim().slice(0, 200);
  const kept: RawBuilder<unknown>[] = [sql`w.state = 'published'`];
  if (wish.coop) kept.push(sql`w.coop_id = (select id from coop where slug = ${wish.coop})`);
  if (wish.language) kept.push(sql`split_part(w.language, '-', 1) = ${wish.language}`);
  if (wish.free) kept.push(sql`w.price = 0`);
  if (wish.agent) {
    kept.push(sql`exists (select from contribution c join agent g on g.id = c.agent_id
      where c.work_id = w.id and g.slug = ${wish.agent})`);
  }
  const ofKind = wish.kind ? sql`m.kind = ${wish.kind}` : sql`true`;
  const offset = (Math.max(1, wish.page ?? 1) - 1) * worksOnAPage;
  const { rows } = await sql<Found>`
    with ${q === "" ? everything(kept) : matching(q, kept, wish.locale)}
    select
      coalesce((select jsonb_agg(card order by place) from (
        select ${cardOf} as card, row_number() over (order by m.rank desc, w.published_at desc, w.id desc) as place
        from matched m join work w on w.id = m.id where ${ofKind}
        order by m.rank desc, w.published_at desc, w.id desc limit ${worksOnAPage} offset ${offset}) page), '[]') as works,
      (select jsonb_build_object('book', count(*) filter (where kind = 'book'),
        'album', count(*) filter (where kind = 'album')) from matched) as counts,
      coalesce((select bool_and(resembling) from matched), false) as resembling,
      coalesce((select jsonb_agg(distinct split_part(language, '-', 1)) from work
        where state = 'published' and language is not null), '[]') as languages,
      coalesce((select jsonb_agg(jsonb_build_object('slug', slug, 'name', name) order by name) from coop), '[]') as coops`.execute(
    db,
  );
  return rows[0]!;
}

const all = (conditions: RawBuilder<unknown>[]): RawBuilder<unknown> => sql.join(conditions, sql` and `);

const everything = (kept: RawBuilder<unknown>[]): RawBuilder<unknown> => sql`
  matched as materialized (select w.id, w.kind, 0::real as rank, false as resembling from work w where ${all(kept)})`;

/** Cover density counts where the words stand together; a title weighs twenty times a description. */
const matching = (q: string, kept: RawBuilder<unknown>[], locale: "fr" | "en"): RawBuilder<unknown> => sql`
  asked as (select websearch_to_tsquery('fr', ${q}) || websearch_to_tsquery('en', ${q}) as words),
  exact as materialized (
    select w.id, w.kind, false as resembling,
      (ts_rank_cd('{0.05, 0.2, 0.5, 1}', s.document, asked.words)
        * case when split_part(w.language, '-', 1) = ${locale} then 1.15 else 1 end)::real as rank
    from asked cross join work_search s join work w on w.id = s.work_id
    where s.document @@ asked.words and ${all(kept)}),
  near as materialized (
    select w.id, w.kind, true as resembling, n.nearness as rank
    from works_resembling(${q}) n join work w on w.id = n.work_id
    where not exists (select from exact) and ${all(kept)}),
  matched as (select id, kind, rank, resembling from exact union all select id, kind, rank, resembling from near)`;

/** The newest of one kind, for the window of the shop. */
export async function newestWorks(db: Database, perKind: number): Promise<WorkCard[]> {
  const { rows } = await sql<{ card: WorkCard }>`
    select ${cardOf} as card from (
      (select * from work where state = 'published' and kind = 'book' order by published_at desc, id desc limit ${perKind})
      union all
      (select * from work where state = 'published' and kind = 'album' order by published_at desc, id desc limit ${perKind})
    ) w order by w.published_at desc, w.id desc`.execute(db);
  return rows.map(({ card }) => card);
}

/** The cards of these works, in no order; those that are published. */
export async function cardsOf(db: Database, workIds: readonly string[]): Promise<WorkCard[]> {
  if (workIds.length === 0) return [];
  const { rows } = await sql<{ card: WorkCard }>`
    select ${cardOf} as card from work w where w.id = any(${workIds}::uuid[]) and w.state = 'published'`.execute(
    db,
  );
  return rows.map(({ card }) => card);
}
