import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import { takeDown } from "../curation/take-down.server.ts";
import type { House } from "../house.ts";
import { beginWorks } from "./begin-works.server.ts";
import { keysOf, knownWorks, type Match, matchProducts, rememberProducts } from "./known-products.server.ts";
import { beginning, type Room, type Settled, withdrawal } from "./line-fate.ts";
import { SENT_FIELDS, type Sent, type SentField } from "./sent.ts";
import { changesOf, type Known } from "./sent-changes.ts";
import { type Write, writeAllSent } from "./write-sent.server.ts";

/**
 * Writes these lines and tells the fate of each, in their order. Lines that speak of works apart are one transaction; those that
 * speak of a work that an earlier line begins or changes wait for it, and are the next: a message that tells three forms of each
 * work makes three.
 */
export async function settleLines(
  db: Database,
  house: Pick<House, "clock">,
  room: Room,
  lines: readonly Sent[],
): Promise<Settled[]> {
  const settled = new Map<Sent, Settled>();
  for (let waiting = lines; waiting.length > 0; ) {
    const matches = await matchProducts(db, room.importing.coopId, waiting);
    const { now, later } = apart(waiting, matches);
    for (const [sent, fate] of await settleRound(db, house, room, now, matches)) settled.set(sent, fate);
    waiting = later;
  }
  return lines.map((sent) => settled.get(sent)!);
}

/** Those that share no name with any line before them, and the others. */
function apart(lines: readonly Sent[], matches: ReadonlyMap<Sent, Match>) {
  const taken = new Set<string>();
  const [now, later]: [Sent[], Sent[]] = [[], []];
  for (const sent of lines) {
    const match = matches.get(sent);
    const keys = [...keysOf(sent), ...(match ? [`w ${match.workId}`] : [])];
    (keys.some((key) => taken.has(key)) ? later : now).push(sent);
    for (const key of keys) taken.add(key);
  }
  return { now, later };
}

async function settleRound(
  db: Database,
  house: Pick<House, "clock">,
  room: Room,
  lines: readonly Sent[],
  matches: ReadonlyMap<Sent, Match>,
): Promise<Map<Sent, Settled>> {
  const fates = new Map<Sent, Settled>();
  const toWrite: Sent[] = [];
  for (const sent of lines) {
    const match = matches.get(sent);
    if (match?.otherWork) {
      const isbn = sent.fields.identifiers?.find(({ scheme }) => scheme === "isbn")?.value;
      fates.set(sent, { fate: "refused", problem: { code: "other_work", ...(isbn && { detail: isbn }) } });
    } else if (match?.same) fates.set(sent, { fate: "unchanged", workId: match.workId, kept: [] });
    else toWrite.push(sent);
  }
  if (toWrite.length > 0)
    await inTransaction(db, async (trx) => {
      for (const [sent, fate] of await writeRound(trx, house, room, toWrite, matches)) fates.set(sent, fate);
    });
  return fates;
}

async function writeRound(
  trx: Transaction<DB>,
  house: Pick<House, "clock">,
  room: Room,
  lines: readonly Sent[],
  matches: ReadonlyMap<Sent, Match>,
): Promise<Map<Sent, Settled>> {
  const { coopId, personId } = room.importing;
  const known = await lockKnown(
    trx,
    lines.flatMap((sent) => matches.get(sent)?.workId ?? []),
  );
  const fates = new Map<Sent, Settled>();
  const writes: (Write & { isNew: boolean })[] = [];
  const toBegin: { sent: Sent; memberId: string; memberName: string }[] = [];
  for (const sent of lines) {
    const there = known.get(matches.get(sent)?.workId ?? "");
    if (sent.withdrawn) {
      const verdict = withdrawal(there, personId);
      fates.set(sent, verdict);
      // Few, and each signed for by a person: they are taken down as anybody takes one down.
      if (verdict.fate === "withdrawn" && personId)
        await takeDown(trx, house, { personId, workId: verdict.workId });
    } else if (there) {
      const { changed, kept } = changesOf(sent, there);
      writes.push({ known: there, sent, changed, isNew: false });
      const { workId } = there.record;
      fates.set(
        sent,
        changed.length === 0
          ? { fate: "unchanged", workId, kept }
          : { fate: "changed", workId, fields: changed, kept },
      );
    } else {
      const begun = beginning(sent, room);
      if ("fate" in begun) fates.set(sent, begun);
      else toBegin.push({ sent, memberId: begun.id, memberName: begun.name });
    }
  }
  const begun = await beginWorks(trx, house, coopId, toBegin);
  toBegin.forEach(({ sent, memberName }, i) => {
    const fresh = begun[i]!;
    writes.push({ known: fresh, sent, changed: saidBy(sent), isNew: true });
    fates.set(sent, { fate: "new", workId: fresh.record.workId, memberName });
  });
  await writeAllSent(trx, house, room.importing, writes);
  await rememberProducts(
    trx,
    house,
    coopId,
    writes.map(({ known: { record }, sent }) => ({ workId: record.workId, sent })),
  );
  await audit(
    trx,
    house,
    room,
    writes.filter(({ isNew, changed }) => !isNew && changed.length > 0),
  );
  return fates;
}

const saidBy = (sent: Sent): SentField[] =>
  SENT_FIELDS.filter((field) => sent.fields[field] !== undefined && sent.fields[field] !== null);

/** In the order of their ids, so that two files that speak of the same works wait for each other instead of locking each other up. */
async function lockKnown(trx: Transaction<DB>, workIds: readonly string[]): Promise<Map<string, Known>> {
  if (workIds.length === 0) return new Map();
  await sql`select from work where id = any(${[...workIds]}::uuid[]) order by id for no key update`.execute(
    trx,
  );
  return knownWorks(trx, workIds);
}

async function audit(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  { importing }: Room,
  writes: readonly Write[],
): Promise<void> {
  if (writes.length === 0) return;
  const of = (fields: object, changed: readonly SentField[]) =>
    JSON.stringify(
      Object.fromEntries(changed.map((field) => [field, (fields as Record<string, unknown>)[field] ?? null])),
    );
  await trx
    .insertInto("audit")
    .values(
      writes.map(({ known: { record }, sent, changed }) => ({
        ...{ id: v7(), coop_id: importing.coopId, person_id: importing.personId, verb: "import-record" },
        ...{ subject: `work:${record.workId}`, at: clock.now() },
        ...{ before: of(record.fields, changed), after: of(sent.fields, changed) },
      })),
    )
    .execute();
}
