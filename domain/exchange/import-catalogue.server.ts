import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { insist } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";
import { bareRecord } from "./begin-works.server.ts";
import { keysOf, knownWorks, type Match, matchProducts } from "./known-products.server.ts";
import { beginning, type Importing, type Room, type Settled, withdrawal } from "./line-fate.ts";
import { listMembers } from "./member-queries.server.ts";
import type { Fate, Sent, SentLine } from "./sent.ts";
import { changesOf, type Known } from "./sent-changes.ts";
import { settleLines } from "./settle-lines.server.ts";

/** Looked up and written together: what was told of them is done, whatever comes after. */
const batchOf = 250;
/** In a trial nothing is written: works that a line would begin are remembered here, so many names at most, for the lines after it. */
const mostPretended = 4_000;

/**
 * Brings a file into the catalogue of a co-op and tells the fate of each line as it goes; memory does not grow with the file. A
 * product is known again by its reference, its ISBN or its work; what it says counts as what a file says: less than a person's
 * word. Sent again, only what changed is written. New works are drafts: a person publishes. Refuses `not_found` where the person
 * has no desk there, or the member is not of the co-op. What is wrong with the file itself is thrown by the lines, once what came
 * before it is written.
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
  const room = { importing, members };
  const pretended = new Map<string, Known>();
  const settle = (sent: readonly Sent[]) =>
    importing.apply ? settleLines(db, house, room, sent) : tryLines(db, room, pretended, sent);
  for await (const { batch, problem } of batches(lines)) {
    const sent = batch.flatMap((line) => ("sent" in line ? line.sent : []));
    const fates = new Map((await settle(sent)).map((fate, i) => [sent[i], fate]));
    for (const line of batch) {
      const { place, name } = line;
      if ("sent" in line) yield { place, name, warnings: line.warnings, ...fates.get(line.sent)! };
      else yield { place, name, warnings: [], fate: "refused", problem: line.problem };
    }
    if (problem !== undefined) throw problem;
  }
}

/** What cannot be read any further ends the last batch: what came before it was read well. */
async function* batches(lines: AsyncIterable<SentLine>) {
  let batch: SentLine[] = [];
  try {
    for await (const line of lines) {
      batch.push(line);
      if (batch.length < batchOf) continue;
      const full = batch;
      batch = [];
      yield { batch: full, problem: undefined };
    }
  } catch (problem) {
    yield { batch, problem };
    return;
  }
  yield { batch, problem: undefined };
}

async function tryLines(
  db: Database,
  room: Room,
  pretended: Map<string, Known>,
  lines: readonly Sent[],
): Promise<Settled[]> {
  const matches = await matchProducts(db, room.importing.coopId, lines);
  const wanted = [...matches.values()].filter(({ same }) => !same).map(({ workId }) => workId);
  const known = await knownWorks(db, [...new Set(wanted)]);
  return lines.map((sent) => {
    const match = matches.get(sent);
    return tryLine(room, pretended, sent, match, known.get(match?.workId ?? ""));
  });
}

function tryLine(
  room: Room,
  pretended: Map<string, Known>,
  sent: Sent,
  match: Match | undefined,
  found: Known | undefined,
): Settled {
  if (match?.otherWork) {
    const isbn = sent.fields.identifiers?.find(({ scheme }) => scheme === "isbn")?.value;
    return { fate: "refused", problem: { code: "other_work", ...(isbn && { detail: isbn }) } };
  }
  if (match?.same) return { fate: "unchanged", workId: match.workId, kept: [] };
  const keys = keysOf(sent);
  const known = found ?? keys.map((key) => pretended.get(key)).find((each) => each !== undefined);
  if (sent.withdrawn) return withdrawal(known, room.importing.personId);
  if (known) {
    const { changed, kept } = changesOf(sent, known);
    const workId = found ? known.record.workId : null;
    return changed.length === 0
      ? { fate: "unchanged", workId, kept }
      : { fate: "changed", workId, fields: changed, kept };
  }
  const begun = beginning(sent, room);
  if ("fate" in begun) return begun;
  for (const key of keys) if (pretended.size < mostPretended) pretended.set(key, asIfWritten(sent));
  return { fate: "new", workId: null, memberName: begun.name };
}

/** The record that a new line would make, for the next line that speaks of the same work. */
function asIfWritten(sent: Sent): Known {
  const fields = Object.fromEntries(Object.entries(sent.fields).filter(([, said]) => said !== null));
  const claims = Object.entries(fields).map(([field, value]) => ({
    ...{ field, value, origin: "file" as const, source: "onix:", foundAt: new Date(0) },
  }));
  const bare = bareRecord("", "", sent);
  return { record: { ...bare.record, formats: sent.formats, fields }, claims };
}
