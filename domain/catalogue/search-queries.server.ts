import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { prepared } from "#db/prepared.ts";
import { cardOf, type WorkCard } from "./card.server.ts";
import { findSpelling } from "./search-spelling-queries.server.ts";
import { type CountRow, cursorOf, facetsOf, type Sort, signsOf, type Wish } from "./search-wish.ts";
import { numberOf, queryOf } from "./search-words.ts";

export const worksOnAPage = 24;
/** So many answers to words are counted and ranked, the newest; above it the page says « more than ». */
export const mostCounted = 300;
/** With fewer answers than this to the very words, those to words that resemble them are proposed too. */
const few = 4;

export type Found = {
  works: WorkCard[];
  /** The `after` of the page that follows; null on the last one. */
  next: string | null;
  /** How many answer the whole wish; at most `mostCounted` where words are asked. */
  total: number;
  /** There are more than were counted: counts are those of the newest `mostCounted`. */
  more: boolean;
  /** How many there would be of each kind, in each co-op and language, and for nothing, the other choices being as they are. */
  counts: { book: number; album: number };
  coops: { slug: string; name: string; works: number }[];
  languages: { code: string; works: number }[];
  free: number;
  /** Nothing matched the words: these only resemble them. */
  resembling: boolean;
  /** Besides `works`, few as they are: what resembles. */
  also: WorkCard[];
  /** Where nothing is found: words that nothing in the catalogue resembles, and how many works there are without the choices. */
  unknown: string[];
  withoutChoices: number;
};

type Coop = { id: string; slug: string; name: string };
type Page = { works: WorkCard[]; next: string | null; counts: CountRow[]; total: number; more: boolean };

/**
 * The shelves: published works that answer a wish, newest first, or by rank where words are asked. Words are sought in both tongues
 * without accents; where none match, works with words one or two letters away. Two round trips, two more where words resemble.
 */
export async function findWorks(db: Database, wish: Wish): Promise<Found> {
  const q = (wish.q ?? "").replaceAll("’", "'").replaceAll("\0", "").trim().slice(0, 200);
  const subject = wish.subject?.trim().slice(0, 100) || null;
  const { coops, counts } = await shelfCounts(db, q === "" && !subject);
  const coop = wish.coop ? coops.find(({ slug }) => slug === wish.coop) : undefined;
  if (wish.coop && !coop) return found(emptyPage, { ...wish, coopId: "none" }, coops);
  const chosen = { ...wish, coopId: coop?.id };
  const signs = signsOf(wish, coop?.id);
  const sort: Sort =
    wish.sort && (wish.sort !== "rank" || q !== "") ? wish.sort : q !== "" ? "rank" : "newest";
  const after = cursorOf(sort, wish.after);
  const asked = { signs, sort, after, locale: wish.locale, subject };

  if (q === "" && !subject) {
    const rows = counts ?? [];
    const { total } = facetsOf(rows, chosen);
    const page = total === 0 ? emptyPage : await readShelf(db, asked);
    return found({ ...page, counts: rows, total, more: false }, chosen, coops);
  }
  const number = numberOf(q);
  if (number) {
    const works = await findByNumber(db, number);
    if (works.length > 0) return found({ ...emptyPage, works, total: works.length }, chosen, coops);
  }
  const exact = await search(db, { ...asked, q, words: q === "" ? null : wordsAsked(q) });
  if (exact.total >= few || after || q === "") return found(exact, chosen, coops);

  const { groups, unknown } = await findSpelling(db, q);
  if (groups.length === 0) return { ...found(exact, chosen, coops), unknown };
  let near = await search(db, { ...asked, q, sort: "rank", words: wordsMeant(queryOf(groups)) });
  if (near.total === 0 && exact.total === 0 && groups.length > 2)
    near = await search(db, { ...asked, q, sort: "rank", words: wordsMeant(queryOf(groups, true)) });
  if (exact.total === 0 && exact.counts.length === 0)
    return { ...found({ ...near, next: null }, chosen, coops), resembling: near.total > 0, unknown };
  const already = new Set(exact.works.map(({ id }) => id));
  const also = near.works.filter(({ id }) => !already.has(id)).slice(0, worksOnAPage / 2);
  return { ...found(exact, chosen, coops), also, unknown };
}

const emptyPage: Page = { works: [], next: null, counts: [], total: 0, more: false };

function found(page: Page, chosen: Wish & { coopId?: string | undefined }, coops: Coop[]): Found {
  const { kinds, coops: inCoop, languages, free } = facetsOf(page.counts, chosen);
  // What is chosen can be unchosen, even where it leaves nothing.
  if (chosen.language && !languages.has(chosen.language)) languages.set(chosen.language, 0);
  return {
    works: page.works,
    next: page.next,
    total: page.total,
    more: page.more,
    counts: kinds,
    coops: coops.flatMap(({ id, slug, name }) =>
      inCoop.has(id) || slug === chosen.coop ? [{ slug, name, works: inCoop.get(id) ?? 0 }] : [],
    ),
    languages: [...languages].map(([code, works]) => ({ code, works })).sort((a, b) => b.works - a.works),
    free,
    resembling: false,
    also: [],
    unknown: [],
    withoutChoices: page.counts.reduce((all, { works }) => all + works, 0),
  };
}

/** The co-ops, and where asked how many works stand where: sums kept by `shelf_count`, whatever the size of the catalogue. */
async function shelfCounts(
  db: Database,
  counted: boolean,
): Promise<{ coops: Coop[]; counts: CountRow[] | null }> {
  const { rows } = await sql<{ coops: Coop[]; counts: CountRow[] | null }>`${prepared}
    select coalesce((select jsonb_agg(jsonb_build_object('id', id, 'slug', slug, 'name', name) order by name) from coop), '[]') as coops,
      ${
        counted
          ? sql`coalesce((select jsonb_agg(jsonb_build_object('kind', kind, 'coopId', coop_id, 'language', language,
        'free', free, 'works', works)) from shelf_count where works > 0), '[]')`
          : sql`null::jsonb`
      } as counts`.execute(db);
  return rows[0]!;
}

type Asked = {
  signs: string | null;
  sort: Sort;
  after: { key: string; id: string } | null;
  locale: "fr" | "en";
  subject: string | null;
};

/** What each sort is made of: the columns, which way, and the text that a cursor carries. */
const sortOf: Record<
  Exclude<Sort, "rank">,
  { key: RawBuilder<unknown>; way: RawBuilder<unknown>; type: RawBuilder<unknown>; less: boolean }
> = {
  newest: { key: sql.ref("s.published_at"), way: sql`desc`, type: sql`timestamptz`, less: true },
  title: { key: sql.ref("s.heading"), way: sql`asc`, type: sql`text`, less: false },
  price: { key: sql.ref("s.price"), way: sql`asc`, type: sql`integer`, less: false },
};

const cursorText = (sort: Sort): RawBuilder<unknown> =>
  sort === "newest"
    ? sql`to_char(s.published_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
    : sort === "rank"
      ? sql`s.rank::text`
      : sortOf[sort].key;

/** One page by an index that is already in this order; one work more than a page tells whether another follows. */
const inOrder = (
  sort: Exclude<Sort, "rank">,
  after: Asked["after"],
  conditions: RawBuilder<unknown>,
): RawBuilder<unknown> => {
  const { key, way, type, less } = sortOf[sort];
  const from = after
    ? sql`and (${key}, s.work_id) ${less ? sql`<` : sql`>`} (${after.key}::${type}, ${after.id}::uuid)`
    : sql``;
  return sql`select s.work_id, ${cursorText(sort)} as cursor from work_search s where ${conditions} ${from}
    order by ${key} ${way}, s.work_id ${way} limit ${worksOnAPage + 1}`;
};

/** The cards of a page of `(work_id, cursor)`, in its order. */
const cardsInOrder = sql`coalesce((select jsonb_agg(jsonb_build_object('card', ${cardOf}, 'cursor', p.cursor || '~' || w.id) order by p.place)
  from (select work_id, cursor, row_number() over () as place from page) p join work w on w.id = p.work_id where w.state = 'published'), '[]')`;

function turned(cards: { card: WorkCard; cursor: string }[]): Pick<Page, "works" | "next"> {
  const here = cards.slice(0, worksOnAPage);
  return {
    works: here.map(({ card }) => card),
    next: cards.length > worksOnAPage ? (here.at(-1)?.cursor ?? null) : null,
  };
}

async function readShelf(db: Database, { signs, sort, after }: Asked): Promise<Pick<Page, "works" | "next">> {
  const order = sort === "rank" ? "newest" : sort;
  const conditions = signs ? sql`s.document @@ ${signs}::tsquery` : sql`true`;
  const { rows } = await sql<{ cards: { card: WorkCard; cursor: string }[] }>`${prepared}
    with page as materialized (${inOrder(order, after, conditions)}) select ${cardsInOrder} as cards`.execute(
    db,
  );
  return turned(rows[0]!.cards);
}

const wordsAsked = (q: string): RawBuilder<unknown> =>
  sql`(websearch_to_tsquery('fr', ${q}) || websearch_to_tsquery('en', ${q}))`;
const wordsMeant = (query: string): RawBuilder<unknown> =>
  sql`(to_tsquery('fr', ${query}) || to_tsquery('en', ${query}))`;

/**
 * Works with words. `pool` answers the words whatever is chosen, the newest of them, and is what is counted; `matched` answers the
 * choices too and is what is ranked, with the works whose title is the very query, however old. Cover density counts where the
 * words stand together; a title weighs twenty times a description.
 */
async function search(
  db: Database,
  { q, words, signs, sort, after, locale, subject }: Asked & { q: string; words: RawBuilder<unknown> | null },
): Promise<Page> {
  const ofSubject = subject ? subjectQuery(subject) : null;
  const wanted = words && ofSubject ? sql`(${words} && ${ofSubject})` : (words ?? ofSubject)!;
  const whole = signs ? sql`(${wanted} && ${signs}::tsquery)` : wanted;
  const candidates = (condition: RawBuilder<unknown>) => sql`
    select s.work_id, s.document, s.heading, s.kind, s.coop_id, s.language, s.price, s.published_at from work_search s
    where s.document @@ ${condition} order by s.published_at desc, s.work_id desc limit ${mostCounted + 1}`;
  const page =
    sort === "rank"
      ? sql`select s.work_id, ${cursorText("rank")} as cursor from ranked s
          ${after ? sql`where (s.rank, s.work_id) < (${after.key}::real, ${after.id}::uuid)` : sql``}
          order by s.rank desc, s.work_id desc limit ${worksOnAPage + 1}`
      : inOrder(sort, after, sql`s.document @@ ${whole}`);
  const { rows } = await sql<{
    cards: { card: WorkCard; cursor: string }[];
    counts: CountRow[];
    total: number;
    pooled: number;
  }>`
    with pool as materialized (${candidates(wanted)}),
    matched as materialized (${signs ? candidates(whole) : sql`select * from pool`}),
    titled as materialized (
      select s.work_id, s.document, s.heading, s.language from work_search s
      where s.heading = heading_of(${q}) ${signs ? sql`and s.document @@ ${signs}::tsquery` : sql``} order by s.work_id desc limit ${worksOnAPage}),
    ranked as materialized (
      select s.work_id, ((ts_rank_cd('{0.05, 0.2, 0.5, 1}', s.document, ${wanted}) + case when s.named then 10 else 0 end)
        * case when s.language = ${locale} then 1.15 else 1 end)::real as rank
      from (select work_id, document, language, false as named from matched where work_id not in (select work_id from titled)
        union all select work_id, document, language, true from titled) s),
    page as materialized (${page})
    select ${cardsInOrder} as cards,
      coalesce((select jsonb_agg(c) from (select kind, coop_id as "coopId", language, price = 0 as free, count(*) as works
        from pool group by 1, 2, 3, 4) c), '[]') as counts,
      (select count(*) from ${sort === "rank" ? sql`ranked` : sql`matched`}) as total, (select count(*) from pool) as pooled`.execute(
    db,
  );
  const { cards, counts, total, pooled } = rows[0]!;
  return {
    ...turned(cards),
    counts,
    total: Math.min(total, mostCounted),
    more: total > mostCounted || pooled > mostCounted,
  };
}

/** The sign of a subject as `shelf_signs` writes it; in a `tsquery` its quotes and backslashes stand twice. */
const subjectQuery = (subject: string): RawBuilder<unknown> =>
  sql`('''subject=' || replace(replace(left(plain(${subject}), 100), chr(92), chr(92) || chr(92)), '''', '''''') || '''')::tsquery`;

/** The published works that bear this number: an ISBN, GTIN or DOI of theirs or of a format, or a track's ISRC. */
async function findByNumber(db: Database, number: string): Promise<WorkCard[]> {
  const { rows } = await sql<{ card: WorkCard }>`${prepared}
    with borne as (
      select coalesce(i.work_id, e.work_id) as id from identifier i left join edition e on e.id = i.edition_id
        where i.value in (${number}, ltrim(${number}, '0'))
      union select r.work_id from recording r where r.isrc = ${number})
    select ${cardOf} as card from borne join work w on w.id = borne.id where w.state = 'published'
    order by w.published_at desc, w.id desc limit ${worksOnAPage}`.execute(db);
  return rows.map(({ card }) => card);
}

/** The newest of one kind, for the window of the shop. */
export async function newestWorks(db: Database, perKind: number): Promise<WorkCard[]> {
  const { rows } = await sql<{ card: WorkCard }>`${prepared}
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
  const { rows } = await sql<{ card: WorkCard }>`${prepared}
    select ${cardOf} as card from work w where w.id = any(${workIds}::uuid[]) and w.state = 'published'`.execute(
    db,
  );
  return rows.map(({ card }) => card);
}
