import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { columnsToFill } from "../metadata/fill-record.server.ts";
import { type Claim, type Merged, merge } from "../metadata/merge.ts";
import { COLUMN_FIELDS, COLUMNS } from "../metadata/record-columns.ts";
import { writeTracks } from "./announced-tracks.server.ts";
import { fillPeople } from "./fill-people.server.ts";
import type { Sent, SentField, SentIdentifier } from "./sent.ts";
import { identifierChanges, type Known, wasSent } from "./sent-changes.ts";
import { sourceOf } from "./sent-lines.ts";

/** A product and the record that it changes: each work once. */
export type Write = { known: Known; sent: Sent; changed: readonly SentField[] };
type Writing = { personId: string | null; format: "onix" | "csv" };

/**
 * Writes what changed of these products into the records of their works, whose locks the caller holds: claims of a file's rank with
 * where each was read, in place of what the same way had said before; the records are then filled as they are from any file. As
 * many statements for a thousand works as for one.
 */
export async function writeAllSent(
  trx: Transaction<DB>,
  house: Pick<House, "clock">,
  writing: Writing,
  all: readonly Write[],
): Promise<void> {
  const editions = await editionsOf(trx, house, all);
  const writes = all
    .filter(({ changed }) => changed.length > 0)
    .map(prepared(writing.format, house.clock.now()));
  if (writes.length === 0) return;
  await forget(trx, writes);
  await claimAll(trx, house, writing, writes);
  await writeIdentifiers(trx, writes, editions);
  await fillColumns(trx, house, writes);
  await fillPeople(trx, house, writes);
  await writeTracks(trx, house, writes);
  const published = writes.flatMap(({ known: { record } }) =>
    record.state === "published" ? record.workId : [],
  );
  if (published.length > 0) await sql`select index_works(${published}::uuid[])`.execute(trx);
}

type Prepared = Write & {
  workId: string;
  identifiers: { added: SentIdentifier[]; removed: SentIdentifier[] };
  claims: { field: SentField; value: unknown; source: string }[];
  /** What all claims come to once these are written. */
  merged: Merged;
};

const prepared =
  (format: Writing["format"], now: Date) =>
  (write: Write): Prepared => {
    const { known, sent, changed } = write;
    const former = known.claims;
    const isReplaced = (each: Claim) => wasSent(each) && changed.includes(each.field as SentField);
    const ofIdentifiers = former.filter(({ field }) => field === "identifiers");
    const identifiers = identifierChanges(sent, known.record, ofIdentifiers);
    const claims = changed.map((field) => ({
      field,
      value:
        field === "identifiers"
          ? allIdentifiers(ofIdentifiers.filter(isReplaced), identifiers)
          : (sent.fields[field] ?? null),
      source: sourceOf(format, sent, field).slice(0, 100),
    }));
    const told = claims.map((each) => ({ ...each, origin: "file" as const, foundAt: now }));
    const merged = merge([...former.filter((each) => !isReplaced(each)), ...told]);
    return { ...write, workId: known.record.workId, identifiers, claims, merged };
  };

/** Products of one work each name their own: together they are what was said. */
function allIdentifiers(
  before: readonly Claim[],
  { added, removed }: Prepared["identifiers"],
): SentIdentifier[] {
  const said = before
    .flatMap(({ value }) => (Array.isArray(value) ? (value as SentIdentifier[]) : []))
    .filter((each) => !removed.some((gone) => gone.scheme === each.scheme && gone.value === each.value));
  return [...said, ...added];
}

/** A product of a format is an edition, with or without a file: its ISBN has a place to stand. By work and format. */
async function editionsOf(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  writes: readonly Write[],
): Promise<Map<string, string>> {
  const wanted = writes.flatMap(({ known: { record }, sent }) =>
    sent.formats
      .filter((format) => !record.formats.includes(format))
      .map((format) => ({ id: v7(), workId: record.workId, format, position: format === "pdf" ? 2 : 1 })),
  );
  if (wanted.length > 0)
    await sql`insert into edition (id, work_id, format, position, created_at)
      select *, ${clock.now()}::timestamptz from unnest(${wanted.map(({ id }) => id)}::uuid[],
        ${wanted.map(({ workId }) => workId)}::uuid[], ${wanted.map(({ format }) => format)}::text[],
        ${wanted.map(({ position }) => position)}::smallint[])
      on conflict (work_id, format) where former_of is null do nothing`.execute(trx);
  const { rows } = await sql<{ key: string; id: string }>`
    select work_id || ' ' || format as key, id from edition
    where work_id = any(${writes.map(({ known }) => known.record.workId)}::uuid[]) and former_of is null`.execute(
    trx,
  );
  return new Map(rows.map(({ key, id }) => [key, id]));
}

async function forget(trx: Transaction<DB>, writes: readonly Prepared[]): Promise<void> {
  const gone = writes.flatMap(({ workId, known, changed }) =>
    [...new Set(known.claims.filter(wasSent).map(({ field }) => field))]
      .filter((field) => changed.includes(field as SentField))
      .map((field) => ({ workId, field })),
  );
  if (gone.length > 0)
    await sql`delete from finding f using unnest(${gone.map(({ workId }) => workId)}::uuid[],
        ${gone.map(({ field }) => field)}::text[]) as gone (work_id, field)
      where f.work_id = gone.work_id and f.field = gone.field and f.origin = 'file' and f.source ~ '^(onix|csv):'`.execute(
      trx,
    );
}

async function claimAll(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  { personId }: Writing,
  writes: readonly Prepared[],
): Promise<void> {
  const rows = writes.flatMap(({ workId, claims }) => claims.map((each) => ({ id: v7(), workId, ...each })));
  await sql`insert into finding (id, work_id, field, value, source, origin, person_id, found_at)
    select given.*, 'file', ${personId}::uuid, ${clock.now()}::timestamptz
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ workId }) => workId)}::uuid[],
      ${rows.map(({ field }) => field)}::text[], ${rows.map(({ value }) => JSON.stringify(value))}::jsonb[],
      ${rows.map(({ source }) => source)}::text[]) as given (id, work_id, field, value, source)`.execute(trx);
}

async function writeIdentifiers(
  trx: Transaction<DB>,
  all: readonly Prepared[],
  editions: ReadonlyMap<string, string>,
): Promise<void> {
  const writes = all.filter(({ changed }) => changed.includes("identifiers"));
  const gone = writes.flatMap(({ workId, identifiers }) =>
    identifiers.removed.map((each) => ({ workId, ...each })),
  );
  if (gone.length > 0)
    await sql`delete from identifier i using unnest(${gone.map(({ workId }) => workId)}::uuid[],
        ${gone.map(({ scheme }) => scheme)}::text[], ${gone.map(({ value }) => value)}::text[]) as gone (work_id, scheme, value)
      where i.scheme = gone.scheme and i.value = gone.value
        and (i.work_id = gone.work_id or i.edition_id in (select id from edition where edition.work_id = gone.work_id))`.execute(
      trx,
    );
  const rows = writes.flatMap(({ workId, identifiers, known, merged }) => [
    ...identifiers.added.map(({ scheme, value, format }) => ({
      ...{ workId, edition: (format && editions.get(`${workId} ${format}`)) ?? null },
      ...{ scheme, value, always: true },
    })),
    ...barcodesOf(known.record.kind, merged).map((value) => ({
      ...{ workId, edition: null, scheme: "gtin", value, always: false },
    })),
  ]);
  if (rows.length > 0)
    await sql`insert into identifier (id, scheme, value, work_id, edition_id)
      select given.id, given.scheme, given.value, case when given.edition_id is null then given.work_id end, given.edition_id
      from unnest(${rows.map(() => v7())}::uuid[], ${rows.map(({ scheme }) => scheme)}::text[],
        ${rows.map(({ value }) => value)}::text[], ${rows.map(({ workId }) => workId)}::uuid[],
        ${rows.map(({ edition }) => edition)}::uuid[], ${rows.map(({ always }) => always)}::boolean[])
        as given (id, scheme, value, work_id, edition_id, always)
      where given.always or not exists (select from identifier i where i.work_id = given.work_id and i.scheme = 'gtin')
      on conflict do nothing`.execute(trx);
}

/** A barcode belongs to the album itself, as one that comes with its sounds does. */
function barcodesOf(kind: "book" | "album", merged: Merged): string[] {
  const said = merged.get("identifiers")?.claim;
  if (kind !== "album" || said?.origin !== "file" || !Array.isArray(said.value)) return [];
  return (said.value as SentIdentifier[])
    .filter(({ scheme, format }) => scheme === "gtin" && format)
    .slice(0, 1)
    .map(({ value }) => value);
}

const columnNames = COLUMN_FIELDS.map((field) => COLUMNS[field].column);

async function fillColumns(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  writes: readonly Prepared[],
): Promise<void> {
  const rows = await trx
    .selectFrom("work")
    .selectAll()
    .where(
      "id",
      "in",
      writes.map(({ workId }) => workId),
    )
    .execute();
  const current = new Map(rows.map((row) => [row.id, row]));
  const filled = writes.flatMap(({ workId, known, merged, changed, sent }) => {
    const row = current.get(workId);
    if (!row) return [];
    const columns = Object.fromEntries(
      Object.entries(columnsToFill(row, merged, known.claims)).map(([column, value]) => [
        column,
        jsonColumns.has(column) ? JSON.parse(value as string) : value,
      ]),
    );
    const price = changed.includes("price") ? sent.fields.price : undefined;
    const { title, ...others } = { ...pick(row), ...columns } as Record<string, unknown>;
    return [
      {
        ...{ id: workId, title: title ?? "", ...others },
        ...(price === undefined
          ? pickPrice(row)
          : {
              ...{ price: price?.amount ?? 0, price_kind: price?.kind ?? "fixed" },
              ...{ suggested_price: price?.suggested ?? null, currency: price?.currency ?? "cad" },
              priced_at: price ? clock.now() : null,
            }),
      },
    ];
  });
  // One row a work: what it holds, with what was filled in.
  await sql`update work set
      title = given.title, subtitle = given.subtitle, language = given.language, original_language = given.original_language,
      publisher = given.publisher, published_on = given.published_on, rights = given.rights, page_count = given.page_count,
      word_count = given.word_count, series = given.series, accessibility = given.accessibility,
      subjects = coalesce(given.subjects, '[]'), description = coalesce(given.description, '{}'),
      price = given.price, price_kind = given.price_kind, suggested_price = given.suggested_price,
      currency = given.currency, priced_at = given.priced_at, updated_at = ${clock.now()}
    from jsonb_to_recordset(${JSON.stringify(filled)}::jsonb) as given (id uuid, title text, subtitle text, language text,
      original_language text, publisher text, published_on text, rights text, page_count integer, word_count integer,
      series jsonb, accessibility jsonb, subjects jsonb, description jsonb, price integer, price_kind text,
      suggested_price integer, currency text, priced_at timestamptz)
    where work.id = given.id`.execute(trx);
}

const jsonColumns = new Set<string>(
  COLUMN_FIELDS.filter((field) => COLUMNS[field].json).map((field) => COLUMNS[field].column),
);
const pick = (row: Record<string, unknown>) =>
  Object.fromEntries(columnNames.map((column) => [column, row[column] ?? null]));
const pickPrice = (row: Record<string, unknown>) =>
  Object.fromEntries(
    ["price", "price_kind", "suggested_price", "currency", "priced_at"].map((column) => [
      column,
      row[column] ?? null,
    ]),
  );
