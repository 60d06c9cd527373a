import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import { indexWork } from "../catalogue/index-work.server.ts";
import { nameContributors } from "../catalogue/name-contributors.server.ts";
import { ownWork } from "../catalogue/own-work.server.ts";
import type { House } from "../house.ts";
import { rolesFor } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";
import { claim } from "./claims.server.ts";
import { type Corrected, type CorrectedField, type Corrections, readCorrections } from "./corrections.ts";
import { COLUMNS, isEmpty, sameValue } from "./record-columns.ts";
import { markOf, type RecordSeen, refuseUnseen, valuesOf } from "./record-seen.server.ts";

/**
 * Writes what a person says of a work: only the fields given, and of those only the ones that say something else than the
 * record does, so that saving a form does not claim as one's own what a file had filled in. `as: "curator"` needs a desk in
 * the work's co-op and leaves a trace in the audit. Returns the fields that changed.
 * Refuses `not_found`, `work_submitted` (an artist, while the co-op reads it), `work_merged`, `record_changed` (somebody has written
 * something else there since `seen`: who, and what), `field_invalid` with the field's name; without a title once it is in the shop, where a shelf, a receipt and the payment page must name it.
 */
export async function correctRecord(
  db: Database,
  house: Pick<House, "clock">,
  input: {
    personId: string;
    workId: string;
    as: "artist" | "curator";
    values: Corrections;
    /** What the form showed of these fields (`recordSeen`): what somebody else wrote since is not written over unseen. */
    seen?: RecordSeen | undefined;
    source?: "form" | "revert";
  },
): Promise<{ changed: CorrectedField[] }> {
  const { values, invalid } = readCorrections(input.values);
  if (invalid[0]) throw new Refusal("field_invalid", { field: invalid[0] });
  return inTransaction(db, async (trx) => {
    if (input.as === "artist") await ownWork(trx, input);
    const work = await recordOf(trx, input);
    if (work.state === "published" && values.title === "")
      throw new Refusal("field_invalid", { field: "title" });
    const before = await valuesOf(trx, work);
    const changed = (Object.keys(values) as CorrectedField[]).filter((field) => {
      // What the form carried along untouched is nobody's word, whatever somebody else has written there since.
      if (input.seen?.[field] === markOf(values[field])) return false;
      return !sameValue(before[field], values[field]) && !(isEmpty(before[field]) && isEmpty(values[field]));
    });
    if (changed.length === 0) return { changed };
    await refuseUnseen(trx, work.id, { before, changed, seen: input.seen });
    await write(trx, house, work.id, values, changed);
    const said = changed.map((field) => ({
      field,
      value: values[field] ?? null,
      source: input.source ?? "form",
    }));
    await claim(trx, house, { workId: work.id, origin: input.as, personId: input.personId }, said);
    if (input.as === "curator")
      await audit(trx, house, { ...input, coopId: work.coop_id }, before, values, changed);
    if (work.state === "published") await indexWork(trx, work.id);
    return { changed };
  });
}

async function recordOf(
  trx: Transaction<DB>,
  { personId, workId, as }: { personId: string; workId: string; as: "artist" | "curator" },
) {
  const found = await trx
    .selectFrom("work")
    .selectAll()
    .where("id", "=", workId)
    .$if(as === "curator", (query) =>
      query.where(sql<boolean>`exists (select from coop_role r where r.coop_id = work.coop_id and r.person_id = ${personId}
        and r.role in (${rolesFor("judgeWorks")}))`),
    )
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!found) throw new Refusal("not_found");
  if (found.merged_into !== null) throw new Refusal("work_merged");
  return found;
}

async function write(
  trx: Transaction<DB>,
  house: Pick<House, "clock">,
  workId: string,
  values: Corrected,
  changed: CorrectedField[],
): Promise<void> {
  const row: Record<string, unknown> = { updated_at: house.clock.now() };
  for (const field of changed) {
    if (field === "contributors" || field === "identifiers") continue;
    const { column, json } = COLUMNS[field];
    const value = values[field] ?? null;
    row[column] = json && value !== null ? JSON.stringify(value) : value;
  }
  await trx.updateTable("work").set(row).where("id", "=", workId).execute();
  if (changed.includes("contributors"))
    await nameContributors(trx, house, { workId, contributors: values.contributors ?? [] });
  if (changed.includes("identifiers")) await writeIdentifiers(trx, workId, values.identifiers ?? []);
}

/** In place of those that were there. One that names a format stands on that edition; the others on the work. */
async function writeIdentifiers(
  trx: Transaction<DB>,
  workId: string,
  said: NonNullable<Corrected["identifiers"]>,
): Promise<void> {
  const editions = await trx
    .selectFrom("edition")
    .select(["id", "format"])
    .where("work_id", "=", workId)
    .where("former_of", "is", null)
    .execute();
  await trx
    .deleteFrom("identifier")
    .where("scheme", "in", ["isbn", "gtin", "doi"])
    .where((eb) =>
      eb.or([
        eb("work_id", "=", workId),
        eb("edition_id", "in", editions.length > 0 ? editions.map(({ id }) => id) : [workId]),
      ]),
    )
    .execute();
  for (const { scheme, value, format } of said) {
    const edition = editions.find((each) => each.format === format);
    const where = edition ? { edition_id: edition.id } : { work_id: workId };
    await trx
      .insertInto("identifier")
      .values({ id: v7(), scheme, value, ...where })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

async function audit(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  about: { coopId: string; personId: string; workId: string },
  before: Record<CorrectedField, unknown>,
  after: Corrected,
  changed: CorrectedField[],
): Promise<void> {
  const only = (values: Record<string, unknown>) =>
    JSON.stringify(Object.fromEntries(changed.map((field) => [field, values[field] ?? null])));
  await trx
    .insertInto("audit")
    .values({
      id: v7(),
      coop_id: about.coopId,
      person_id: about.personId,
      verb: "correct-record",
      subject: `work:${about.workId}`,
      before: only(before),
      after: only(after),
      at: clock.now(),
    })
    .execute();
}
