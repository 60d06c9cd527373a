import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import { indexWork } from "../catalogue/index-work.server.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { Refusal } from "../refusal.ts";
import { type FilledFields, fillKept } from "./fill-kept.server.ts";
import { lockWorks, type Merger, traceMerger } from "./lock-works.server.ts";
import { mergeObstacle } from "./merge-obstacle.ts";
import { sidesOf } from "./work-sides.server.ts";

type Former = { editionId: string; formerOf: string };

/** All that a merge moved from the one work to the other; an undoing reads nothing else. */
export type WorksMoved = {
  editions: string[];
  /** Editions of which a newer one of the same format is sold now. */
  formers: Former[];
  uploads: string[];
  /** Covers and samples, where the kept work had none. */
  assets: string[];
  identifiers: { scheme: string; value: string; editionId: string | null }[];
  products: string[];
  ties: string[];
  filled: FilledFields;
  state: string;
  stateAt: string;
  submissionId: string | null;
};

/**
 * Two records of one book become one work with its editions: those of `goneId` move to `keptId`, its address leads there, and who bought
 * either holds the files of both. Where both have a file of one format, `current` says whose is sold from now on; the other is an edition
 * of before, kept for those who bought it. Nothing that was sold is rewritten: lines, their shares, counters, expenses and entries stay
 * with the work that was sold. What waits for an answer at the desk is answered by this. Run again, it changes nothing; `undoWorksMerge`
 * puts everything back. `as: "artist"`: both are in this person's studios. Refuses `not_found`, `work_submitted` (an artist) and what
 * stands against it (`merge-obstacle.ts`).
 */
export function mergeWorks(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  input: Merger & { keptId: string; goneId: string; current: "kept" | "gone" },
): Promise<void> {
  const { keptId, goneId } = input;
  if (keptId === goneId) return Promise.reject(new Refusal("merge_same"));
  const now = house.clock.now();
  return inTransaction(db, async (trx) => {
    const { coopId } = await lockWorks(trx, input, [keptId, goneId]);
    const sides = await sidesOf(trx, { keptId, goneId, now });
    if (!sides) throw new Refusal("not_found");
    if (sides.gone.mergedInto === keptId) return;
    const obstacle = mergeObstacle(sides.kept, sides.gone);
    if (obstacle) throw new Refusal(obstacle);
    if (input.as === "artist" && [sides.kept, sides.gone].some(({ state }) => state === "submitted"))
      throw new Refusal("work_submitted");
    const editions = await moveEditions(trx, input, now);
    const assets = await movePictures(trx, keptId, goneId);
    const identifiers = await moveNumbers(trx, keptId, goneId, editions.editions[0] ?? null);
    const { rows: products } = await sql<{ reference: string }>`
      update product set work_id = ${keptId} where work_id = ${goneId} returning reference`.execute(trx);
    await sql`update download_right set work_id = ${keptId} where work_id = ${goneId}`.execute(trx);
    const moved: WorksMoved = {
      ...editions,
      assets,
      identifiers,
      products: products.map(({ reference }) => reference),
      ties: await copyTies(trx, keptId, goneId),
      filled: await fillKept(trx, keptId, goneId),
      submissionId: await answerSubmission(trx, house, input, sides.kept.state),
      ...(await leaveShop(trx, keptId, goneId, now)),
    };
    await trx
      .insertInto("work_merge")
      .values({
        id: v7(),
        kept_id: keptId,
        gone_id: goneId,
        moved: JSON.stringify(moved),
        merged_at: now,
        merged_by: input.personId,
      })
      .execute();
    await sql`update work set updated_at = ${now} where id = ${keptId}`.execute(trx);
    await indexWork(trx, keptId);
    await traceMerger(trx, house, input, {
      coopId,
      verb: "merge_works",
      workId: keptId,
      after: { gone: goneId },
    });
  });
}

/** Editions with their files, uploads and what these said; of one format the newer in the eyes of whoever merges is the one sold. */
async function moveEditions(
  trx: Transaction<DB>,
  { keptId, goneId, current }: { keptId: string; goneId: string; current: "kept" | "gone" },
  now: Date,
): Promise<Pick<WorksMoved, "editions" | "formers" | "uploads">> {
  const { rows } = await sql<{ id: string; workId: string; format: string; files: number }>`
    select e.id, e.work_id as "workId", e.format, (select count(*)::int from asset a
      where a.edition_id = e.id and a.role = 'original' and a.replaced_at is null) as files
    from edition e where e.work_id in (${keptId}, ${goneId}) and e.former_of is null order by e.id`.execute(
    trx,
  );
  const formers = rows
    .filter(({ workId }) => workId === goneId)
    .flatMap((mine): Former[] => {
      const theirs = rows.find(({ workId, format }) => workId === keptId && format === mine.format);
      if (!theirs) return [];
      // A form without a file is nobody's edition of before.
      const gives = theirs.files === 0 || (current === "gone" && mine.files > 0);
      return [gives ? { editionId: theirs.id, formerOf: keptId } : { editionId: mine.id, formerOf: goneId }];
    });
  for (const { editionId, formerOf } of formers)
    await sql`update edition set former_of = ${formerOf}, former_at = ${now} where id = ${editionId}`.execute(
      trx,
    );
  const { rows: editions } = await sql<{ id: string }>`
    update edition set work_id = ${keptId} where work_id = ${goneId} returning id`.execute(trx);
  const ids = editions.map(({ id }) => id);
  await sql`update asset set work_id = ${keptId} where edition_id = any(${ids}::uuid[])`.execute(trx);
  const sold = ids.filter((id) => !formers.some(({ editionId }) => editionId === id));
  const { rows: uploads } = await sql<{ id: string }>`
    update upload set work_id = ${keptId} where work_id = ${goneId} and state = 'accepted'
      and id in (select upload_id from asset where edition_id = any(${sold}::uuid[])) returning id`.execute(
    trx,
  );
  await sql`update finding set work_id = ${keptId}
    where upload_id = any(${uploads.map(({ id }) => id)}::uuid[])`.execute(trx);
  return { editions: ids, formers, uploads: uploads.map(({ id }) => id) };
}

/** A cover and a sample, where the kept work has none of its own. */
async function movePictures(trx: Transaction<DB>, keptId: string, goneId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update asset a set work_id = ${keptId}
    where a.work_id = ${goneId} and a.replaced_at is null and (
      a.role = 'cover' and (select cover_id from work where id = ${keptId}) is null
      or a.role in ('sample_epub', 'sample_page') and not exists (select from asset k
        where k.work_id = ${keptId} and k.role in ('sample_epub', 'sample_page') and k.replaced_at is null))
    returning a.id`.execute(trx);
  return rows.map(({ id }) => id);
}

/** Numbers that stood on the work itself name what moved: its first edition, or the kept work where nothing moved. */
async function moveNumbers(
  trx: Transaction<DB>,
  keptId: string,
  goneId: string,
  editionId: string | null,
): Promise<WorksMoved["identifiers"]> {
  const bearer =
    editionId === null
      ? sql`work_id = ${keptId}::uuid`
      : sql`work_id = null, edition_id = ${editionId}::uuid`;
  const { rows } = await sql<{ scheme: string; value: string }>`
    update identifier i set ${bearer} where i.work_id = ${goneId} and not exists (select from identifier k
      where k.scheme = i.scheme and k.value = i.value and (k.work_id = ${keptId} or k.edition_id = ${editionId}::uuid))
    returning i.scheme, i.value`.execute(trx);
  return rows.map((row) => ({ ...row, editionId }));
}

/** Translations of the one are translations of the other; what it is not, the other is not either. */
async function copyTies(trx: Transaction<DB>, keptId: string, goneId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into work_tie (one_id, other_id, tie, said_at, said_by)
    select least(${keptId}::uuid, other), greatest(${keptId}::uuid, other), tie, said_at, said_by
    from (select case when one_id = ${goneId} then other_id else one_id end as other, tie, said_at, said_by
      from work_tie where ${goneId} in (one_id, other_id)) said where other <> ${keptId}
    on conflict do nothing returning case when one_id = ${keptId} then other_id else one_id end as id`.execute(
    trx,
  );
  return rows.map(({ id }) => id);
}

/** What waits for an answer has it: it is in the shop as an edition, or it is not submitted by itself any more. */
async function answerSubmission(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  { goneId, personId }: { goneId: string; personId: string },
  keptState: string,
): Promise<string | null> {
  const decision = keptState === "published" ? "published" : "withdrawn";
  const answered = await trx
    .updateTable("submission")
    .set({ decision, decided_at: house.clock.now(), decided_by: personId, reason_code: "merged" })
    .where("work_id", "=", goneId)
    .where("decision", "is", null)
    .returning("id")
    .executeTakeFirst();
  if (answered && decision === "published")
    await enqueue(trx, house, "send-review-outcome", { submissionId: answered.id });
  return answered?.id ?? null;
}

async function leaveShop(
  trx: Transaction<DB>,
  keptId: string,
  goneId: string,
  now: Date,
): Promise<Pick<WorksMoved, "state" | "stateAt">> {
  const { rows } = await sql<Pick<WorksMoved, "state" | "stateAt">>`
    select state, to_jsonb(state_at) as "stateAt" from work where id = ${goneId}`.execute(trx);
  await trx
    .updateTable("work")
    .set({ state: "withdrawn", state_at: now, updated_at: now, merged_into: keptId })
    .where("id", "=", goneId)
    .execute();
  return rows[0]!;
}
