import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.ts";
import { nameAllContributors } from "../catalogue/name-contributors.server.ts";
import type { House } from "../house.ts";
import { isSameTrack } from "./announced-tracks.ts";
import type { SentTrack } from "./sent.ts";
import { wasSent } from "./sent-changes.ts";
import type { Write } from "./write-sent.server.ts";

/**
 * Brings a new list of tracks to those whose sounds are there already: the title, ISRC and people of a recording are written where it
 * has none, or still those that the former list gave. What waits for its sound stays a claim of the work.
 */
export async function writeTracks(
  trx: Transaction<DB>,
  house: Pick<House, "clock">,
  writes: readonly Write[],
): Promise<void> {
  const told = writes.filter(
    ({ known, sent, changed }) =>
      changed.includes("tracks") && sent.fields.tracks && known.record.recordings > 0,
  );
  if (told.length === 0) return;
  const { rows } = await sql<Row>`
    select id, work_id as "workId", disc, position, title, isrc from recording
    where work_id = any(${told.map(({ known }) => known.record.workId)}::uuid[])`.execute(trx);
  const recordings = Map.groupBy(rows, ({ workId }) => workId);
  const changes = told.flatMap((write) =>
    (recordings.get(write.known.record.workId) ?? []).flatMap((row) => changeOf(row, write) ?? []),
  );
  if (changes.length > 0)
    await sql`update recording set title = given.title, isrc = given.isrc
      from unnest(${changes.map(({ id }) => id)}::uuid[], ${changes.map(({ title }) => title)}::text[],
        ${changes.map(({ isrc }) => isrc)}::text[]) as given (id, title, isrc)
      where recording.id = given.id`.execute(trx);
  const named = changes.flatMap(({ id, workId, credits }) =>
    credits ? [{ workId, recordingId: id, contributors: credits }] : [],
  );
  await nameAllContributors(trx, house, named);
}

type Row = {
  id: string;
  workId: string;
  disc: number;
  position: number;
  title: string;
  isrc: string | null;
};

function changeOf(row: Row, { known, sent }: Write) {
  const { disc, position, isrc } = row;
  const place = { disc, position, ...(isrc !== null && { isrc }) };
  const now = sent.fields.tracks?.find((each) => isSameTrack(each, place));
  if (!now) return undefined;
  const former = known.claims
    .filter((claim) => claim.field === "tracks" && wasSent(claim))
    .flatMap(({ value }) => (Array.isArray(value) ? (value as SentTrack[]) : []))
    .find((each) => isSameTrack(each, place));
  const current = known.record.fields.tracks?.find(
    (each) => each.disc === disc && each.position === position,
  );
  const credits = JSON.stringify(current?.credits ?? []);
  const isTheirs = credits === "[]" || credits === JSON.stringify(former?.credits);
  return {
    ...{ id: row.id, workId: row.workId },
    title: row.title === "" || row.title === former?.title ? now.title : row.title,
    isrc: isrc === null || isrc === former?.isrc ? (now.isrc ?? isrc) : isrc,
    credits: isTheirs && now.credits.length > 0 ? now.credits : null,
  };
}
