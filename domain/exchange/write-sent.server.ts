import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { claim } from "../metadata/claims.server.ts";
import { fillRecord } from "../metadata/fill-record.server.ts";
import type { CatalogueRecord, Sent, SentField, SentIdentifier } from "./sent.ts";
import { identifierChanges, type Known, wasSent } from "./sent-changes.ts";
import { sourceOf } from "./sent-lines.ts";

/**
 * Writes what changed of a product into the record of its work, whose lock the caller holds: claims of a file's rank with where
 * each was read, in place of what the same way had said before; the record is then filled as it is from any file.
 */
export async function writeSent(
  trx: Transaction<DB>,
  house: Pick<House, "clock">,
  input: {
    known: Known;
    sent: Sent;
    format: "onix" | "csv";
    changed: readonly SentField[];
    personId: string | null;
  },
): Promise<void> {
  const { sent, changed, known } = input;
  const workId = known.record.workId;
  const editions = await editionsOf(trx, house, workId, sent.formats);
  if (changed.length === 0) return;
  const former = known.claims;
  const replaced = former.filter((each) => wasSent(each) && changed.includes(each.field as SentField));
  const ofIdentifiers = identifierChanges(
    sent,
    known.record,
    former.filter(({ field }) => field === "identifiers"),
  );
  await forget(trx, workId, [...new Set(replaced.map(({ field }) => field))]);
  const claims = changed.map((field) => ({
    field,
    value: field === "identifiers" ? allIdentifiers(replaced, ofIdentifiers) : (sent.fields[field] ?? null),
    source: sourceOf(input.format, sent, field),
  }));
  const by = input.personId === null ? {} : { personId: input.personId };
  await claim(trx, house, { workId, origin: "file", ...by }, claims);
  if (changed.includes("identifiers")) await writeIdentifiers(trx, workId, editions, ofIdentifiers);
  if (changed.includes("price")) await writePrice(trx, house, workId, sent);
  await fillRecord(trx, house, workId, former);
  if (changed.includes("contributors")) await describePeople(trx, workId, sent);
}

/** A product of a format is an edition, with or without a file: its ISBN has a place to stand. */
async function editionsOf(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  workId: string,
  formats: readonly CatalogueRecord["formats"][number][],
): Promise<Map<string, string>> {
  if (formats.length > 0)
    await trx
      .insertInto("edition")
      .values(
        formats.map((format) => ({
          id: v7(),
          work_id: workId,
          format,
          position: format === "pdf" ? 2 : 1,
          created_at: clock.now(),
        })),
      )
      .onConflict((conflict) => conflict.columns(["work_id", "format"]).doNothing())
      .execute();
  const rows = await trx
    .selectFrom("edition")
    .select(["id", "format"])
    .where("work_id", "=", workId)
    .execute();
  return new Map(rows.map(({ id, format }) => [format, id]));
}

async function forget(trx: Transaction<DB>, workId: string, fields: readonly string[]): Promise<void> {
  if (fields.length === 0) return;
  await trx
    .deleteFrom("finding")
    .where("work_id", "=", workId)
    .where("origin", "=", "file")
    .where("field", "in", fields)
    .where(sql<boolean>`source ~ '^(onix|csv):'`)
    .execute();
}

/** Products of one work each name their own: together they are what was said. */
function allIdentifiers(
  before: Known["claims"],
  { added, removed }: { added: SentIdentifier[]; removed: SentIdentifier[] },
): SentIdentifier[] {
  const said = before
    .filter(({ field }) => field === "identifiers")
    .flatMap(({ value }) => (Array.isArray(value) ? (value as SentIdentifier[]) : []))
    .filter((each) => !removed.some((gone) => gone.scheme === each.scheme && gone.value === each.value));
  return [...said, ...added];
}

async function writeIdentifiers(
  trx: Transaction<DB>,
  workId: string,
  editions: Map<string, string>,
  { added, removed }: { added: SentIdentifier[]; removed: SentIdentifier[] },
): Promise<void> {
  if (removed.length > 0)
    await trx
      .deleteFrom("identifier")
      .where((eb) =>
        eb.or([eb("work_id", "=", workId), eb("edition_id", "in", [...editions.values(), workId])]),
      )
      .where((eb) => eb.or(removed.map(({ scheme, value }) => eb.and({ scheme, value }))))
      .execute();
  if (added.length === 0) return;
  await trx
    .insertInto("identifier")
    .values(
      added.map(({ scheme, value, format }) => {
        const edition = format && editions.get(format);
        return {
          id: v7(),
          scheme,
          value,
          work_id: edition ? null : workId,
          edition_id: edition ?? null,
        };
      }),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function writePrice(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  workId: string,
  { fields: { price } }: Sent,
): Promise<void> {
  await trx
    .updateTable("work")
    .set({
      price: price?.amount ?? 0,
      price_kind: price?.kind ?? "fixed",
      suggested_price: price?.suggested ?? null,
      currency: price?.currency ?? "cad",
      priced_at: price ? clock.now() : null,
    })
    .where("id", "=", workId)
    .execute();
}

/** What the house did not know of the people yet: how they sort, and their ISNI. What it knows stays. */
async function describePeople(trx: Transaction<DB>, workId: string, { fields }: Sent): Promise<void> {
  const people = fields.contributors ?? [];
  const sorted = people.filter(({ sortName }) => sortName);
  const named = people.flatMap(({ name, identifiers = [] }) =>
    identifiers.filter(({ scheme }) => scheme === "isni").map(({ value }) => ({ name, value })),
  );
  if (sorted.length > 0)
    await sql`update agent set sort_name = given.sort_name
      from unnest(${sorted.map(({ name }) => name)}::text[], ${sorted.map(({ sortName }) => sortName)}::text[]) as given (name, sort_name)
      where agent.name = given.name and agent.sort_name is null
        and exists (select from contribution c where c.work_id = ${workId} and c.agent_id = agent.id)`.execute(
      trx,
    );
  if (named.length > 0)
    await sql`insert into identifier (id, agent_id, scheme, value)
      select distinct on (agent.id) given.id, agent.id, 'isni', given.value
      from unnest(${named.map(() => v7())}::uuid[], ${named.map(({ name }) => name)}::text[], ${named.map(({ value }) => value)}::text[])
        as given (id, name, value)
      join agent on agent.name = given.name
        and exists (select from contribution c where c.work_id = ${workId} and c.agent_id = agent.id)
      where not exists (select from identifier i where i.agent_id = agent.id and i.scheme = 'isni')
      on conflict do nothing`.execute(trx);
}
