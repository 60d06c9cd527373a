import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import { freeWorkSlug } from "../catalogue/work-slug.server.ts";
import { takeDown } from "../curation/take-down.server.ts";
import type { House } from "../house.ts";
import { claimsOf } from "../metadata/claims.server.ts";
import { insist } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";
import { recordsOf } from "./catalogue-records.server.ts";
import { knownWorks, matchProducts, rememberProduct } from "./known-products.server.ts";
import { listMembers } from "./member-queries.server.ts";
import { type Fate, SENT_FIELDS, type Sent, type SentLine } from "./sent.ts";
import { changesOf, type Known } from "./sent-changes.ts";
import type { SentFile } from "./sent-lines.ts";
import { writeSent } from "./write-sent.server.ts";

/** Looked up together. Each line is then its own transaction: what was told of it is done, whatever comes after. */
const batchOf = 100;
/** In a trial nothing is written: works that a line would begin are remembered here, so many at most, for the lines after it. */
const mostPretended = 2_000;

export type Importing = {
  coopId: string;
  /** Null is the house itself, at the command line. */
  personId: string | null;
  /** In whose studio a new work goes when none of the people whom it names is a member; null: it is refused. */
  memberId: string | null;
  /** False is a trial: it says what would become of each line, and writes nothing. */
  apply: boolean;
  format: SentFile["format"];
};

/**
 * Brings a file into the catalogue of a co-op and tells the fate of each line as it goes; memory does not grow with the file. A
 * product is known again by its reference, its ISBN or its work; what it says counts as what a file says: less than a person's
 * word. Sent again, only what changed is written. New works are drafts: a person publishes. Refuses `not_found` where the person
 * has no desk there, or the member is not of the co-op. What is wrong with the file itself is thrown by the lines.
 */
export async function* importCatalogue(
  db: Database,
  house: Pick<House, "clock">,
  importing: Importing,
  lines: AsyncIterable<SentLine>,
): AsyncGenerator<Fate> {
  const { coopId, personId } = importing;
  await insist(db, { by: personId, verb: "judgeWorks", coopId });
  const members = await listMembers(db, coopId);
  if (importing.memberId !== null && !members.some(({ id }) => id === importing.memberId))
    throw new Refusal("not_found");
  const pretended = new Map<string, Known>();
  let batch: SentLine[] = [];
  const settle = (lines: SentLine[]) => settleBatch(db, house, { importing, members, pretended }, lines);
  for await (const line of lines) {
    batch.push(line);
    if (batch.length < batchOf) continue;
    yield* settle(batch);
    batch = [];
  }
  yield* settle(batch);
}

type Member = { id: string; name: string };
type Room = { importing: Importing; members: readonly Member[]; pretended: Map<string, Known> };

async function* settleBatch(
  db: Database,
  house: Pick<House, "clock">,
  room: Room,
  lines: readonly SentLine[],
): AsyncGenerator<Fate> {
  const { coopId, apply } = room.importing;
  const all = lines.flatMap((line) => ("sent" in line ? line.sent : []));
  const matches = await matchProducts(db, coopId, all);
  const wanted = all.flatMap((sent) => {
    const match = matches.get(sent);
    return match && !match.same ? match.workId : [];
  });
  const known = apply ? new Map<string, Known>() : await knownWorks(db, [...new Set(wanted)]);
  for (const line of lines) {
    if (!("sent" in line)) {
      yield { place: line.place, name: line.name, warnings: [], fate: "refused", problem: line.problem };
      continue;
    }
    const { place, name, sent, warnings } = line;
    const about = { place, name, warnings };
    // An earlier line of this very batch may have begun its work.
    const match =
      matches.get(sent) ?? (apply ? (await matchProducts(db, coopId, [sent])).get(sent) : undefined);
    if (match?.otherWork) {
      const isbn = sent.fields.identifiers?.find(({ scheme }) => scheme === "isbn")?.value;
      yield { ...about, fate: "refused", problem: { code: "other_work", ...(isbn && { detail: isbn }) } };
    } else if (match?.same) yield { ...about, fate: "unchanged", workId: match.workId, kept: [] };
    else if (apply)
      yield {
        ...about,
        ...(await inTransaction(db, (trx) => settleLine(trx, house, room, sent, match?.workId))),
      };
    else yield { ...about, ...tryLine(room, sent, match ? known.get(match.workId) : undefined) };
  }
}

type Settled =
  | Omit<Extract<Fate, { fate: "new" }>, keyof About>
  | Omit<Extract<Fate, { fate: "changed" }>, keyof About>
  | Omit<Extract<Fate, { fate: "unchanged" }>, keyof About>
  | Omit<Extract<Fate, { fate: "withdrawn" }>, keyof About>
  | Omit<Extract<Fate, { fate: "refused" }>, keyof About>;
type About = { place: number; name: string; warnings: unknown };

async function settleLine(
  trx: Transaction<DB>,
  house: Pick<House, "clock">,
  { importing, members }: Room,
  sent: Sent,
  workId: string | undefined,
): Promise<Settled> {
  const { coopId, personId, format } = importing;
  const known = workId ? await lockKnown(trx, workId) : undefined;
  if (sent.withdrawn) {
    const verdict = withdrawal(known, personId);
    if (verdict.fate === "withdrawn" && personId)
      await takeDown(trx, house, { personId, workId: verdict.workId });
    return verdict;
  }
  if (known) {
    const { changed, kept } = changesOf(sent, known);
    await writeSent(trx, house, { known, sent, format, changed, personId });
    await rememberProduct(trx, house, { coopId, workId: known.record.workId, sent });
    if (changed.length === 0) return { fate: "unchanged", workId: known.record.workId, kept };
    await audit(trx, house, importing, known, sent, changed);
    return { fate: "changed", workId: known.record.workId, fields: changed, kept };
  }
  const begun = beginning(sent, members, importing);
  if ("fate" in begun) return begun;
  const made = await beginWork(trx, house, { coopId, memberId: begun.id, sent });
  const fresh = await lockKnown(trx, made);
  if (!fresh) throw new Error(`the work ${made} is gone`);
  const changed = SENT_FIELDS.filter(
    (field) => sent.fields[field] !== undefined && sent.fields[field] !== null,
  );
  await writeSent(trx, house, { known: fresh, sent, format, changed, personId });
  await rememberProduct(trx, house, { coopId, workId: made, sent });
  return { fate: "new", workId: made, memberName: begun.name };
}

function tryLine({ importing, members, pretended }: Room, sent: Sent, found: Known | undefined): Settled {
  const keys = [
    sent.reference,
    ...sent.workKeys.map((key) => `work:${key}`),
    ...isbns(sent).map((isbn) => `isbn:${isbn}`),
  ];
  const known = found ?? keys.map((key) => pretended.get(key)).find((each) => each !== undefined);
  if (sent.withdrawn) return withdrawal(known, importing.personId);
  const pretend = (next: Known) => {
    for (const key of keys) if (pretended.size < mostPretended) pretended.set(key, next);
  };
  if (known) {
    const { changed, kept } = changesOf(sent, known);
    const workId = found ? known.record.workId : null;
    if (changed.length === 0) return { fate: "unchanged", workId, kept };
    return { fate: "changed", workId, fields: changed, kept };
  }
  const begun = beginning(sent, members, importing);
  if ("fate" in begun) return begun;
  pretend(asIfWritten(sent));
  return { fate: "new", workId: null, memberName: begun.name };
}

const isbns = (sent: Sent): string[] =>
  (sent.fields.identifiers ?? []).filter(({ scheme }) => scheme === "isbn").map(({ value }) => value);

/** The record that a new line would make, for the next line that speaks of the same work. */
function asIfWritten(sent: Sent): Known {
  const fields = Object.fromEntries(Object.entries(sent.fields).filter(([, said]) => said !== null));
  const claims = Object.entries(fields).map(([field, value]) => ({
    field,
    value,
    origin: "file" as const,
    source: "onix:",
    foundAt: new Date(0),
  }));
  const coop = { slug: "", name: "", place: "" };
  const { kind, formats } = sent;
  const updatedAt = new Date(0);
  const record = {
    workId: "",
    slug: "",
    kind,
    state: "draft" as const,
    coop,
    formats,
    fields,
    tracks: [],
    hasCover: false,
    updatedAt,
  };
  return { record, claims };
}

function withdrawal(known: Known | undefined, personId: string | null): Settled {
  if (!known) return { fate: "refused", problem: { code: "withdraw_unknown" } };
  const { workId, state } = known.record;
  if (state !== "published") return { fate: "unchanged", workId: workId || null, kept: [] };
  // Whoever takes a work from the shop signs for it.
  if (personId === null) return { fate: "refused", problem: { code: "withdraw_by_person" } };
  return { fate: "withdrawn", workId };
}

/** In whose studio a new work begins: that of the first person whom it names and who is a member. */
function beginning(
  sent: Sent,
  members: readonly Member[],
  { memberId }: Importing,
): Member | Extract<Settled, { fate: "refused" }> {
  const refused = (code: "title_missing" | "nobody") => ({ fate: "refused" as const, problem: { code } });
  if (!sent.fields.title) return refused("title_missing");
  for (const { name } of sent.fields.contributors ?? []) {
    const same = members.filter((member) => plain(member.name) === plain(name));
    if (same.length === 1 && same[0]) return same[0];
  }
  return members.find(({ id }) => id === memberId) ?? refused("nobody");
}

const plain = (name: string): string => name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

async function lockKnown(trx: Transaction<DB>, workId: string): Promise<Known | undefined> {
  await sql`select from work where id = ${workId} for no key update`.execute(trx);
  const record = (await recordsOf(trx, [workId])).get(workId);
  return record && { record, claims: await claimsOf(trx, workId) };
}

async function beginWork(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  { coopId, memberId, sent }: { coopId: string; memberId: string; sent: Sent },
): Promise<string> {
  const id = v7();
  const now = clock.now();
  const slug = await freeWorkSlug(trx, { title: sent.fields.title ?? "", kind: sent.kind });
  await trx
    .insertInto("work")
    .values({
      ...{ id, slug, kind: sent.kind, state: "draft", coop_id: coopId, member_id: memberId },
      ...{ state_at: now, created_at: now, updated_at: now },
    })
    .execute();
  return id;
}

async function audit(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  { coopId, personId }: Importing,
  { record }: Known,
  sent: Sent,
  changed: readonly (typeof SENT_FIELDS)[number][],
): Promise<void> {
  const of = (fields: object) =>
    JSON.stringify(
      Object.fromEntries(changed.map((field) => [field, (fields as Record<string, unknown>)[field] ?? null])),
    );
  await trx
    .insertInto("audit")
    .values({
      ...{
        id: v7(),
        coop_id: coopId,
        person_id: personId,
        verb: "import-record",
        subject: `work:${record.workId}`,
      },
      ...{ before: of(record.fields), after: of(sent.fields), at: clock.now() },
    })
    .execute();
}
