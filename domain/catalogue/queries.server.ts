import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { prepared } from "#db/prepared.ts";
import type { House } from "../house.ts";
import type { Credit } from "./byline.ts";
import { cardOf, seenBy, type WorkCard } from "./card.server.ts";

/** `{fr, en}`, either of which may be missing. */
export type Bilingual = { fr?: string; en?: string };

export type Track = {
  id: string;
  disc: number;
  position: number;
  title: string;
  durationMs: number | null;
  isrc: string | null;
  /** What one may hear before buying: its asset, and the shape of its sound (`peaks`, from 0 to 1). */
  preview: { id: string; durationMs: number | null; peaks: number[] } | null;
  credits: Credit[];
};

/** One format that comes with the purchase. `types`: media types of its files. `isbn` and others: `scheme` → `value`. */
export type EditionFacts = {
  format: "epub" | "pdf" | "music";
  files: number;
  bytes: number;
  types: string[];
  identifiers: { scheme: string; value: string }[];
};

export type Accessibility = {
  accessModes?: string[];
  sufficientModes?: string[];
  features?: string[];
  hazards?: string[];
  summary?: string;
  conformsTo?: string;
  certifiedBy?: string;
};

/** What is shared of a sale of this work now: the steps of the rule in force, who has which parts, what its pool may still take. */
export type Sharing = {
  code: string;
  steps: unknown;
  shares: { memberId: string; name: string; parts: number }[];
  poolDue: number;
};

export type WorkPage = WorkCard & {
  state: "draft" | "submitted" | "returned" | "published" | "withdrawn";
  originalLanguage: string | null;
  description: Bilingual;
  subjects: { label: string }[];
  series: { name: string; position?: number } | null;
  publisher: string | null;
  publishedOn: string | null;
  rights: string | null;
  contents: { title: string; depth: number }[];
  pageCount: number | null;
  wordCount: number | null;
  durationMs: number | null;
  accessibility: Accessibility | null;
  identifiers: { scheme: string; value: string }[];
  editions: EditionFacts[];
  tracks: Track[];
  samplePages: number;
  sampleEpub: { id: string; bytes: number } | null;
  sharing: Sharing | null;
  /** The same book in other languages, in the shop too. */
  translations: { slug: string; title: string; language: string | null }[];
  /** Numbers of editions that newer ones have taken the place of: who looks for those finds this page. */
  formerIsbns: string[];
  updatedAt: string;
};

/**
 * Everything that the page of a work shows, in one round trip; null where there is none, or where this person may not see it.
 * `sharing` is null while the co-op has no rule in force or the work no share list.
 */
export async function findWorkPage(
  db: Database,
  { clock }: Pick<House, "clock">,
  input: { slug: string; personId: string | null },
): Promise<WorkPage | null> {
  const now = clock.now();
  const { rows } = await sql<{ page: WorkPage }>`${prepared}
    select ${cardOf} || jsonb_build_object(
      'state', w.state, 'originalLanguage', w.original_language, 'description', w.description, 'subjects', w.subjects,
      'series', w.series, 'publisher', w.publisher, 'publishedOn', w.published_on, 'rights', w.rights, 'contents', w.contents,
      'pageCount', w.page_count, 'wordCount', w.word_count, 'durationMs', w.duration_ms, 'accessibility', w.accessibility,
      'updatedAt', w.updated_at,
      'identifiers', coalesce((select jsonb_agg(jsonb_build_object('scheme', i.scheme, 'value', i.value) order by i.scheme)
        from identifier i where i.work_id = w.id), '[]'),
      'editions', coalesce((
        select jsonb_agg(jsonb_build_object('format', e.format, 'files', f.files, 'bytes', f.bytes, 'types', f.types,
          'identifiers', coalesce((select jsonb_agg(jsonb_build_object('scheme', i.scheme, 'value', i.value) order by i.scheme)
            from identifier i where i.edition_id = e.id), '[]')) order by e.position, e.format)
        from edition e cross join lateral (
          select count(*) as files, coalesce(sum(a.bytes), 0) as bytes, coalesce(jsonb_agg(distinct a.media_type), '[]') as types
          from asset a where a.edition_id = e.id and a.role = 'original' and a.replaced_at is null) f
        where e.work_id = w.id and e.former_of is null and f.files > 0), '[]'),
      'tracks', coalesce((
        select jsonb_agg(jsonb_build_object('id', r.id, 'disc', r.disc, 'position', r.position, 'title', r.title,
          'durationMs', r.duration_ms, 'isrc', r.isrc,
          'preview', (select jsonb_build_object('id', a.id, 'durationMs', a.facts -> 'durationMs',
              'peaks', coalesce(a.facts -> 'peaks', '[]')) from asset a where a.id = r.preview_id),
          'credits', coalesce((select jsonb_agg(jsonb_build_object('name', g.name, 'slug', g.slug, 'role', c.role) order by c.position)
            from contribution c join agent g on g.id = c.agent_id where c.recording_id = r.id), '[]')) order by r.disc, r.position)
        from recording r where r.work_id = w.id), '[]'),
      'translations', coalesce((
        select jsonb_agg(jsonb_build_object('slug', o.slug, 'title', o.title, 'language', o.language) order by o.language, o.title)
        from work_tie t join work o on o.id = case when t.one_id = w.id then t.other_id else t.one_id end
        where w.id in (t.one_id, t.other_id) and t.tie = 'translation' and o.state = 'published'), '[]'),
      'formerIsbns', coalesce((select jsonb_agg(distinct i.value) from edition e join identifier i on i.edition_id = e.id
        where e.work_id = w.id and e.former_of is not null and i.scheme = 'isbn'), '[]'),
      'samplePages', (select count(*) from asset a where a.work_id = w.id and a.role = 'sample_page' and a.replaced_at is null),
      'sampleEpub', (select jsonb_build_object('id', a.id, 'bytes', a.bytes) from asset a
        where a.work_id = w.id and a.role = 'sample_epub' and a.replaced_at is null order by a.created_at desc limit 1),
      'sharing', (
        select jsonb_build_object('code', r.code, 'steps', r.steps,
          'shares', (select jsonb_agg(jsonb_build_object('memberId', m.id, 'name', m.name, 'parts', s.parts) order by s.position)
            from share s join member m on m.id = s.member_id where s.share_list_id = l.id),
          'poolDue', greatest(0,
            (select coalesce(sum(x.amount), 0) from expense x where x.work_id = w.id and x.approved_at <= ${now})
            + coalesce((select b.balance from account_balance b where b.account = 'pool:' || w.id), 0)))
        from (select * from rule where coop_id = w.coop_id and voted_at is not null and in_force_from <= ${now}
            order by in_force_from desc limit 1) r
        cross join lateral (select * from share_list where work_id = w.id and in_force_from <= ${now}
            order by in_force_from desc, created_at desc limit 1) l)
    ) as page
    from work w where w.slug = ${input.slug} and w.merged_into is null and ${seenBy(input.personId)}`.execute(
    db,
  );
  return rows[0]?.page ?? null;
}

/**
 * Works close to this one, each kinship read by an index and bounded: the same series first, then what its people also made, works
 * that share its subjects, the newest of its co-op.
 */
export async function worksNearby(db: Database, slug: string, limit: number): Promise<WorkCard[]> {
  const each = limit * 3;
  // Asked first, so that the second question is planned knowing how many works bear these subjects.
  const { rows: found } = await sql<{ subjects: string | null }>`${prepared}
    select (select string_agg('''' || replace(replace(sign, chr(92), chr(92) || chr(92)), '''', '''''') || '''', ' | ')
      from unnest(tsvector_to_array(s.document)) sign where sign like 'subject=%') as subjects
    from work w left join work_search s on s.work_id = w.id where w.slug = ${slug}`.execute(db);
  if (!found[0]) return [];
  const { subjects } = found[0];
  const bySubject = subjects
    ? sql`(select s.work_id, 2 from work_search s where s.document @@ ${subjects}::tsquery
        order by s.published_at desc, s.work_id desc limit ${each}) union all`
    : sql``;
  const { rows } = await sql<{ card: WorkCard }>`${prepared}
    with here as materialized (select id, coop_id, kind, language, series ->> 'name' as series from work where slug = ${slug}),
    kin as (
      (select w.id, 8 as weight from here join work w on w.state = 'published' and w.series ->> 'name' = here.series
        and w.series is not null limit ${each})
      union all
      (select distinct c.work_id, 4 from here join contribution mine on mine.work_id = here.id
        join contribution c on c.agent_id = mine.agent_id and c.work_id <> here.id order by c.work_id desc limit ${each})
      union all
      ${bySubject}
      (select near.id, 1 from here cross join lateral (select w.id from work w
        where w.state = 'published' and w.coop_id = here.coop_id order by w.published_at desc, w.id limit ${each}) near))
    select ${cardOf} as card
    from (select id, sum(weight) as weight from kin group by id) k join work w on w.id = k.id cross join here
    where w.state = 'published' and w.id <> here.id
    order by k.weight + case when w.kind = here.kind then 1 else 0 end
        + case when w.language is not distinct from here.language then 1 else 0 end desc, w.published_at desc, w.id desc
    limit ${limit}`.execute(db);
  return rows.map(({ card }) => card);
}

/** A page of the sample: its place (from 1), how many there are, and where the fragment lies in the bucket. */
export type SamplePage = {
  storageKey: string;
  position: number;
  pages: number;
  /** As the book says them, where it does. */
  title: string | null;
  language: string | null;
  direction: string | null;
  work: WorkCard & { sampleEpub: string | null };
};

/** A page of fewer words is a title page or a dedication: one begins to leaf behind it. */
const fewWords = 80;

/** The n-th page that one may leaf through before buying, or the first with something to read; null where there is none. */
export async function findSamplePage(
  db: Database,
  input: { slug: string; page: number | null; personId: string | null },
): Promise<SamplePage | null> {
  const { rows } = await sql<SamplePage>`${prepared}
    with page as (
      select a.storage_key, a.work_id, a.facts, row_number() over (order by a.position, a.id) as position, count(*) over () as pages
      from asset a join work w on w.id = a.work_id
      where w.slug = ${input.slug} and a.role = 'sample_page' and a.replaced_at is null and ${seenBy(input.personId)})
    select p.storage_key as "storageKey", p.position::int, p.pages::int, p.facts ->> 'title' as title,
      p.facts ->> 'language' as language, p.facts ->> 'direction' as direction,
      ${cardOf} || jsonb_build_object('sampleEpub',
      (select a.id from asset a where a.work_id = w.id and a.role = 'sample_epub' and a.replaced_at is null limit 1)) as work
    from page p join work w on w.id = p.work_id
    where p.position = coalesce(${input.page}::int,
      (select min(position) from page where (facts ->> 'words')::int >= ${fewWords}), 1)`.execute(db);
  return rows[0] ?? null;
}

export type AgentPage = {
  slug: string;
  name: string;
  kind: "person" | "group";
  about: Bilingual;
  identifiers: { scheme: string; value: string }[];
  coop: { slug: string; name: string } | null;
  /** With the roles held in each. */
  works: { card: WorkCard; roles: string[] }[];
};

/** A person or group as the catalogue knows them, with their published works; null where unknown or without any. */
export async function findAgent(db: Database, slug: string): Promise<AgentPage | null> {
  const { rows } = await sql<AgentPage>`${prepared}
    select g.slug, g.name, g.kind, g.about,
      coalesce((select jsonb_agg(jsonb_build_object('scheme', i.scheme, 'value', i.value) order by i.scheme)
        from identifier i where i.agent_id = g.id), '[]') as identifiers,
      (select jsonb_build_object('slug', o.slug, 'name', o.name) from member m join coop o on o.id = m.coop_id
        where m.id = g.member_id and m.left_at is null) as coop,
      coalesce((select jsonb_agg(jsonb_build_object('card', ${cardOf}, 'roles', made.roles) order by w.published_at desc, w.id desc)
        from (select c.work_id, jsonb_agg(distinct c.role) as roles from contribution c where c.agent_id = g.id group by c.work_id) made
        join work w on w.id = made.work_id where w.state = 'published'), '[]') as works
    from agent g where g.slug = ${slug}`.execute(db);
  const found = rows[0];
  return found && (found.works.length > 0 || found.coop) ? found : null;
}

export type CoopCard = {
  id: string;
  slug: string;
  name: string;
  legalForm: "coop_qc" | "scic" | "other";
  place: string;
  description: Bilingual;
  accent: string;
  works: { book: number; album: number };
  members: number;
  /** Covers of its newest works. */
  window: WorkCard[];
};

const coopCard = sql`jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name, 'legalForm', o.legal_form, 'place', o.place,
  'description', o.description, 'accent', o.accent,
  'works', (select jsonb_build_object('book', coalesce(sum(works) filter (where kind = 'book'), 0),
    'album', coalesce(sum(works) filter (where kind = 'album'), 0)) from shelf_count where coop_id = o.id),
  'members', (select count(*) from member where coop_id = o.id and left_at is null),
  'window', coalesce((select jsonb_agg(${cardOf} order by w.published_at desc, w.id desc) from (
    select * from work where coop_id = o.id and state = 'published' order by published_at desc, id desc limit 4) w), '[]'))`;

/** The co-operatives of this shop, by name. */
export async function listCoops(db: Database): Promise<CoopCard[]> {
  const { rows } = await sql<{
    card: CoopCard;
  }>`${prepared}select ${coopCard} as card from coop o order by o.name`.execute(db);
  return rows.map(({ card }) => card);
}

export type CoopPage = CoopCard & {
  people: { name: string; slug: string }[];
  rule: { code: string; steps: unknown; inForceFrom: string; votedAt: string } | null;
};

/** A co-operative with the people of its catalogue and the rule in force now; null where unknown. */
export async function findCoop(
  db: Database,
  { clock }: Pick<House, "clock">,
  slug: string,
): Promise<CoopPage | null> {
  const { rows } = await sql<{ page: CoopPage }>`${prepared}
    select ${coopCard} || jsonb_build_object(
      'people', coalesce((select jsonb_agg(jsonb_build_object('name', g.name, 'slug', g.slug) order by coalesce(g.sort_name, g.name))
        from agent g join member m on m.id = g.member_id where m.coop_id = o.id and m.left_at is null), '[]'),
      'rule', (select jsonb_build_object('code', r.code, 'steps', r.steps, 'inForceFrom', r.in_force_from, 'votedAt', r.voted_at)
        from rule r where r.coop_id = o.id and r.voted_at is not null and r.in_force_from <= ${clock.now()}
        order by r.in_force_from desc limit 1)) as page
    from coop o where o.slug = ${slug}`.execute(db);
  return rows[0]?.page ?? null;
}
