import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { type Cover, coverOf } from "../catalogue/card.server.ts";
import { tracksOf } from "./announced-tracks.ts";
import { schemeName } from "./onix-codes.ts";
import type {
  CatalogueRecord,
  SentContributor,
  SentField,
  SentFields,
  SentIdentifier,
  SentSubject,
  SentTrack,
} from "./sent.ts";

const perPage = 200;

export type CatalogueFilter = {
  coopId?: string;
  /** Absent: what is in the shop. */
  states?: readonly CatalogueRecord["state"][];
  workIds?: readonly string[];
};

/**
 * The records of a catalogue, in the order in which its works were begun, a page at a time: the memory that it takes does not grow
 * with the catalogue. `coverLink` gives the address of a cover's largest JPEG. Whoever calls has made sure of what may be read.
 */
export async function* catalogueRecords(
  db: Database,
  filter: CatalogueFilter,
  coverLink: (cover: Cover) => string,
): AsyncGenerator<CatalogueRecord> {
  for (let after: string | null = null; ; ) {
    const rows: Row[] = await page(db, filter, after);
    for (const row of rows) yield recordOf(row, coverLink);
    if (rows.length < perPage) return;
    after = rows.at(-1)!.id;
  }
}

/** Those of these works, by id. */
export async function recordsOf(
  db: Database,
  workIds: readonly string[],
): Promise<Map<string, CatalogueRecord>> {
  const found = new Map<string, CatalogueRecord>();
  if (workIds.length === 0) return found;
  const all = { workIds, states: ["draft", "submitted", "returned", "published", "withdrawn"] as const };
  for await (const record of catalogueRecords(db, all, () => "")) found.set(record.workId, record);
  return found;
}

type Row = {
  id: string;
  slug: string;
  kind: "book" | "album";
  state: CatalogueRecord["state"];
  updated_at: Date;
  title: string;
  subtitle: string | null;
  language: string | null;
  original_language: string | null;
  publisher: string | null;
  published_on: string | null;
  rights: string | null;
  page_count: number | null;
  word_count: number | null;
  description: SentFields["description"];
  subjects: SentSubject[];
  series: { name: string; position?: number | null } | null;
  accessibility: SentFields["accessibility"] | null;
  priced: boolean;
  price: number;
  price_kind: "fixed" | "open";
  suggested_price: number | null;
  currency: string;
  coop: CatalogueRecord["coop"];
  cover: Cover | null;
  formats: CatalogueRecord["formats"];
  people: { name: string; sortName: string | null; kind: string; role: string; isni: string | null }[];
  identifiers: { scheme: string; value: string; format: SentIdentifier["format"] | null }[];
  claims: { [Field in SentField]?: unknown };
  tracks: (Omit<SentTrack, "isrc" | "durationMs"> & { isrc: string | null; durationMs: number | null })[];
};

async function page(db: Database, filter: CatalogueFilter, after: string | null): Promise<Row[]> {
  const { coopId = null, states = ["published"], workIds = null } = filter;
  const { rows } = await sql<Row>`
    select w.id, w.slug, w.kind, w.state, w.updated_at, w.title, w.subtitle, w.language, w.original_language, w.publisher,
      w.published_on, w.rights, w.page_count, w.word_count, w.description, w.subjects, w.series, w.accessibility,
      (w.priced_at is not null or w.price > 0 or w.price_kind = 'open') as priced,
      w.price, w.price_kind, w.suggested_price, w.currency,
      jsonb_build_object('slug', o.slug, 'name', o.name, 'place', o.place) as coop, ${coverOf} as cover,
      coalesce((select jsonb_agg(e.format order by e.position, e.format) from edition e
        where e.work_id = w.id and e.former_of is null), '[]') as formats,
      coalesce((select jsonb_agg(jsonb_build_object('name', g.name, 'sortName', g.sort_name, 'kind', g.kind, 'role', c.role,
          'isni', (select min(i.value) from identifier i where i.agent_id = g.id and i.scheme = 'isni')) order by c.position, g.name)
        from contribution c join agent g on g.id = c.agent_id where c.work_id = w.id and c.recording_id is null), '[]') as people,
      coalesce((select jsonb_agg(jsonb_build_object('scheme', i.scheme, 'value', i.value, 'format', e.format)
          order by e.position nulls first, i.scheme, i.value)
        from (select * from identifier where work_id = w.id
          union all select i.* from edition x join identifier i on i.edition_id = x.id
            where x.work_id = w.id and x.former_of is null) i
        left join edition e on e.id = i.edition_id), '[]') as identifiers,
      coalesce((select jsonb_object_agg(best.field, best.value) from (
        select distinct on (f.field) f.field, f.value from finding f
        where f.work_id = w.id and (f.field in ('languages', 'licence', 'layout', 'coverLink', 'tracks')
          or (f.field = 'sortTitle' and (w.kind = 'book' or f.source ~ '^(onix|csv):')))
        order by f.field, array_position(array['curator', 'artist', 'file'], f.origin),
          (f.source ~ '^(onix|csv):') desc, f.found_at desc, f.id desc) best), '{}') as claims,
      coalesce((select jsonb_agg(jsonb_build_object('disc', r.disc, 'position', r.position, 'title', r.title, 'isrc', r.isrc,
          'durationMs', r.duration_ms,
          'credits', coalesce((select jsonb_agg(jsonb_build_object('name', g.name, 'role', c.role) order by c.position)
            from contribution c join agent g on g.id = c.agent_id where c.recording_id = r.id), '[]')) order by r.disc, r.position)
        from recording r where r.work_id = w.id), '[]') as tracks
    from work w join coop o on o.id = w.coop_id
    where w.state = any(${[...states]}::text[])
      and (${coopId}::uuid is null or w.coop_id = ${coopId})
      and (${workIds === null ? null : [...workIds]}::uuid[] is null or w.id = any(${workIds === null ? null : [...workIds]}::uuid[]))
      and (${after}::uuid is null or w.id > ${after})
    order by w.id limit ${perPage}`.execute(db);
  return rows;
}

function recordOf(row: Row, coverLink: (cover: Cover) => string): CatalogueRecord {
  const come = row.tracks.map(({ isrc, durationMs, ...track }) => ({
    ...track,
    ...(isrc !== null && { isrc }),
    ...(durationMs !== null && { durationMs }),
  }));
  const fields: Record<string, unknown> = {
    title: row.title,
    subtitle: row.subtitle,
    language: row.language,
    originalLanguage: row.original_language,
    publisher: row.publisher,
    publishedOn: row.published_on,
    rights: row.rights,
    pageCount: row.page_count,
    wordCount: row.word_count,
    accessibility: row.accessibility,
    description: row.description,
    series: row.series && seriesOf(row.series),
    subjects: row.subjects.map(subjectOf),
    contributors: row.people.map(personOf),
    identifiers: row.identifiers.map(({ format, ...each }) => ({ ...each, ...(format && { format }) })),
    ...row.claims,
    tracks: tracksOf(come, (row.claims.tracks ?? []) as SentTrack[]),
    ...(row.cover && { coverLink: coverLink(row.cover) }),
    price: row.priced && {
      kind: row.price_kind,
      amount: row.price,
      currency: row.currency,
      ...(row.suggested_price !== null && { suggested: row.suggested_price }),
    },
  };
  return {
    workId: row.id,
    slug: row.slug,
    kind: row.kind,
    state: row.state,
    coop: row.coop,
    formats: row.formats,
    fields: Object.fromEntries(
      Object.entries(fields).filter(([, said]) => isSaid(said)),
    ) as Partial<SentFields>,
    recordings: come.length,
    hasCover: row.cover !== null,
    updatedAt: row.updated_at,
  };
}

function isSaid(value: unknown): boolean {
  if (value === null || value === undefined || value === "" || value === false) return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

const seriesOf = ({ name, position }: NonNullable<Row["series"]>) => ({
  name,
  ...(typeof position === "number" && { position }),
});

const subjectOf = ({ label, scheme, code }: SentSubject): SentSubject => ({
  label,
  ...(scheme && { scheme: schemeName(scheme) }),
  ...(code && { code }),
});

const personOf = ({ name, sortName, kind, role, isni }: Row["people"][number]): SentContributor => ({
  name,
  role: role as SentContributor["role"],
  ...(sortName && { sortName }),
  ...(kind === "group" && { kind: "group" as const }),
  ...(isni && { identifiers: [{ scheme: "isni", value: isni }] }),
});
