import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import { indexWork } from "../catalogue/index-work.server.ts";
import { nameContributors } from "../catalogue/name-contributors.server.ts";
import type { House } from "../house.ts";
import { withNumbers } from "./authorities.ts";
import { claimsOf } from "./claims.server.ts";
import { type Claim, type Merged, merge } from "./merge.ts";
import type { Contributor, FieldValue } from "./record.ts";
import { COLUMN_FIELDS, COLUMNS, isEmpty, sameValue } from "./record-columns.ts";

/**
 * Brings what the files say into the record, where nobody has said otherwise: a field is written when its best claim is a
 * file's, and the record is empty there or still holds what a file said. What a person wrote is never touched, whichever
 * way it was written. `former`: claims of a file that was just replaced, which the record may still hold. The caller holds
 * the lock of the work. Run again, it changes nothing.
 */
export async function fillRecord(
  trx: Transaction<DB>,
  house: Pick<House, "clock">,
  workId: string,
  former: readonly Claim[] = [],
): Promise<void> {
  const work = await trx.selectFrom("work").selectAll().where("id", "=", workId).executeTakeFirstOrThrow();
  const merged = merge(await claimsOf(trx, workId));
  const fromFiles = columnsToFill(work, merged, former);
  const { rows } = await sql<{ duration: number | null }>`
    select sum(duration_ms)::int as duration from recording where work_id = ${workId}`.execute(trx);
  await trx
    .updateTable("work")
    .set({ ...fromFiles, duration_ms: rows[0]?.duration ?? null, updated_at: house.clock.now() })
    .where("id", "=", workId)
    .execute();
  await fillPeople(trx, house, { workId, kind: work.kind as "book" | "album" }, merged, former);
  if (work.kind === "album") await fillBarcode(trx, workId, merged);
  if (work.state === "published") await indexWork(trx, workId);
}

/** What the files bring into these columns of a work's row; nothing where a person has written. */
export function columnsToFill(
  work: Record<string, unknown>,
  merged: Merged,
  former: readonly Claim[],
): Record<string, unknown> {
  const language =
    (merged.get("language")?.claim.value as string | null | undefined) ?? (work.language as string | null);
  const filled: Record<string, unknown> = {};
  for (const field of COLUMN_FIELDS) {
    const said = merged.get(field);
    if (said?.claim.origin !== "file") continue;
    const { column, json, fromClaim } = COLUMNS[field];
    const value = fromClaim(said.claim.value, language);
    const current = work[column];
    const files = [said.claim, ...said.others, ...former.filter((claim) => claim.field === field)].filter(
      ({ origin }) => origin === "file",
    );
    const untouched =
      isEmpty(current) || files.some((claim) => sameValue(fromClaim(claim.value, language), current));
    if (untouched && !sameValue(current, value)) filled[column] = json ? JSON.stringify(value) : value;
  }
  return filled;
}

const SEVERAL = /^(?:various(?: artists)?|artistes? vari[ée]s?|divers(?: artistes)?|compilation|va)$/i;
const MOST_PEOPLE = 60;

async function fillPeople(
  trx: Transaction<DB>,
  house: Pick<House, "clock">,
  { workId, kind }: { workId: string; kind: "book" | "album" },
  merged: Merged,
  former: readonly Claim[],
): Promise<void> {
  const current = await trx
    .selectFrom("contribution")
    .innerJoin("agent", "agent.id", "contribution.agent_id")
    .select("agent.name")
    .where("contribution.work_id", "=", workId)
    .where("contribution.recording_id", "is", null)
    .execute();
  const people = peopleToName(
    kind,
    merged,
    former,
    current.map(({ name }) => name),
  );
  if (people) await nameContributors(trx, house, { workId, contributors: people });
}

/** Whom the files name, in place of `current`; null where a person has named somebody, or no file names anybody. */
export function peopleToName(
  kind: "book" | "album",
  merged: Merged,
  former: readonly Claim[],
  current: readonly string[],
): ReturnType<typeof withNumbers<Contributor>>[] | null {
  const said = merged.get("contributors");
  if (said && said.claim.origin !== "file") return null;
  const files = said ? [said.claim, ...said.others] : [];
  const people =
    kind === "book" ? ((said?.claim.value ?? []) as Contributor[]) : peopleOfAlbum(merged, files);
  if (people.length === 0) return null;
  const before = former.filter(({ field, origin }) => field === "contributors" && origin === "file");
  const named = [...files, ...before].flatMap(({ value }) => value as Contributor[]);
  const known = new Set([...people, ...named].map(({ name }) => name));
  // Somebody is named whom no file names: a person did it, by a way that leaves no claim.
  if (current.some((name) => !known.has(name))) return null;
  return people.slice(0, MOST_PEOPLE).map(withNumbers);
}

/** The artist of the album first, then everybody whom a track names, each role once, tracks in order of arrival. */
function peopleOfAlbum(merged: Merged, files: Claim[]): Contributor[] {
  const people: Contributor[] = [];
  const add = (person: Contributor) => {
    if (!people.some(({ name, role }) => name === person.name && role === person.role)) people.push(person);
  };
  const artist = merged.get("albumArtist")?.claim.value as FieldValue<"albumArtist"> | undefined;
  if (artist && !SEVERAL.test(artist)) add({ name: artist, role: "performer" });
  for (const { value } of files.toSorted((a, b) => a.foundAt.getTime() - b.foundAt.getTime())) {
    for (const person of value as Contributor[]) if (!SEVERAL.test(person.name)) add(person);
  }
  return people;
}

/** A barcode belongs to the album; ISRCs belong to its recordings and were written with them. */
async function fillBarcode(trx: Transaction<DB>, workId: string, merged: Merged): Promise<void> {
  const said = merged.get("identifiers");
  if (said?.claim.origin !== "file") return;
  const all = [said.claim, ...said.others].flatMap(({ value }) => value as FieldValue<"identifiers">);
  const barcode = all.find(({ scheme }) => scheme === "gtin");
  const known = await trx
    .selectFrom("identifier")
    .select("id")
    .where("work_id", "=", workId)
    .where("scheme", "=", "gtin")
    .executeTakeFirst();
  if (barcode && !known)
    await trx
      .insertInto("identifier")
      .values({ id: v7(), work_id: workId, scheme: "gtin", value: barcode.value })
      .execute();
}
