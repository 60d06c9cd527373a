import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import { indexWork } from "../catalogue/index-work.server.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { emptyKept } from "./fill-kept.server.ts";
import { lockWorks, type Merger, traceMerger } from "./lock-works.server.ts";
import type { WorksMoved } from "./merge-works.server.ts";

/**
 * Two works again: editions, files, numbers, rights and addresses go back where they were, a submission waits again. What somebody wrote
 * of the kept record since stays written. Undone already: nothing changes. Refuses `not_found`, `merge_covered` (a later merge of one of
 * them comes first) and `merge_sold` (somebody bought the work with all its editions since, and would lose one).
 */
export function undoWorksMerge(
  db: Database,
  house: Pick<House, "clock">,
  input: Merger & { mergeId: string },
): Promise<void> {
  const now = house.clock.now();
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<{
      keptId: string;
      goneId: string;
      moved: WorksMoved;
      mergedAt: Date;
      undone: boolean;
      covered: boolean;
    }>`
      select m.kept_id as "keptId", m.gone_id as "goneId", m.moved, m.merged_at as "mergedAt", m.undone_at is not null as undone,
        exists (select from work_merge later where later.undone_at is null and later.id > m.id
          and (m.kept_id in (later.kept_id, later.gone_id))) as covered
      from work_merge m where m.id = ${input.mergeId} for update of m`.execute(trx);
    const found = rows[0];
    if (!found) throw new Refusal("not_found");
    const { keptId, goneId, moved } = found;
    const { coopId } = await lockWorks(trx, input, [keptId, goneId]);
    if (found.undone) return;
    if (found.covered) throw new Refusal("merge_covered");
    await refuseSold(trx, found);
    await moveEditionsBack(trx, keptId, goneId, moved);
    await moveNumbersBack(trx, keptId, goneId, moved);
    await sql`update product set work_id = ${goneId}
      where work_id = ${keptId} and reference = any(${moved.products}::text[])`.execute(trx);
    await sql`delete from work_tie where ${keptId} in (one_id, other_id)
      and (one_id = any(${moved.ties}::uuid[]) or other_id = any(${moved.ties}::uuid[]))`.execute(trx);
    // Rights of what was sold as the other work, or as one that had been joined to it.
    await sql`update download_right d set work_id = ${goneId} from sale_line l
      where d.work_id = ${keptId} and l.id = d.sale_line_id and work_leads(l.work_id, ${goneId})`.execute(
      trx,
    );
    await emptyKept(trx, keptId, moved.filled);
    await sql`update work set merged_into = null, state = ${moved.state}, state_at = ${moved.stateAt}, updated_at = ${now}
      where id = ${goneId}`.execute(trx);
    if (moved.submissionId !== null)
      await sql`update submission set decision = null, decided_at = null, decided_by = null, reason_code = null
        where id = ${moved.submissionId}`.execute(trx);
    await sql`update work set updated_at = ${now} where id = ${keptId}`.execute(trx);
    await sql`update work_merge set undone_at = ${now}, undone_by = ${input.personId}
      where id = ${input.mergeId}`.execute(trx);
    await indexWork(trx, keptId);
    await indexWork(trx, goneId);
    await traceMerger(trx, house, input, {
      coopId,
      verb: "undo_works_merge",
      workId: keptId,
      after: { back: goneId },
    });
  });
}

async function refuseSold(
  trx: Transaction<DB>,
  { keptId, goneId, mergedAt, moved }: { keptId: string; goneId: string; mergedAt: Date; moved: WorksMoved },
): Promise<void> {
  const { rows } = await sql<{ copies: number }>`
    select count(*)::int as copies from download_right d join sale_line l on l.id = d.sale_line_id
    where d.work_id = ${keptId} and d.ended_at is null and d.granted_at > ${mergedAt} and not work_leads(l.work_id, ${goneId})
      and exists (select from edition e where e.id = any(${moved.editions}::uuid[]) and e.former_of is null)`.execute(
    trx,
  );
  if (rows[0]!.copies > 0) throw new Refusal("merge_sold", { copies: rows[0]!.copies });
}

async function moveEditionsBack(
  trx: Transaction<DB>,
  keptId: string,
  goneId: string,
  { editions, formers, uploads, assets }: WorksMoved,
): Promise<void> {
  await sql`update edition set work_id = ${goneId} where id = any(${editions}::uuid[]) and work_id = ${keptId}`.execute(
    trx,
  );
  await sql`update edition set former_of = null, former_at = null
    where id = any(${formers.map(({ editionId }) => editionId)}::uuid[])`.execute(trx);
  // Files that came to these editions since the merge go with them.
  const { rows } = await sql<{ uploadId: string }>`
    update asset set work_id = ${goneId} where work_id = ${keptId}
      and (edition_id = any(${editions}::uuid[]) or id = any(${assets}::uuid[]))
    returning upload_id as "uploadId"`.execute(trx);
  const former = await sql<{ id: string }>`
    select id from upload where work_id = ${keptId} and id = any(${[
      ...uploads,
      ...rows.flatMap(({ uploadId }) => (uploadId === null ? [] : [uploadId])),
    ]}::uuid[])`.execute(trx);
  const back = former.rows.map(({ id }) => id);
  await sql`update upload set work_id = ${goneId} where id = any(${back}::uuid[])`.execute(trx);
  await sql`update finding set work_id = ${goneId} where upload_id = any(${back}::uuid[])`.execute(trx);
}

async function moveNumbersBack(
  trx: Transaction<DB>,
  keptId: string,
  goneId: string,
  { identifiers }: WorksMoved,
): Promise<void> {
  for (const { scheme, value, editionId } of identifiers) {
    // The record may have been saved since: found again by what it says.
    await sql`delete from identifier where scheme = ${scheme} and value = ${value}
      and (edition_id = ${editionId}::uuid or work_id = ${keptId} or edition_id in (select id from edition where work_id = ${keptId}))`.execute(
      trx,
    );
    await sql`insert into identifier (id, work_id, scheme, value) values (${v7()}, ${goneId}, ${scheme}, ${value})
      on conflict do nothing`.execute(trx);
  }
}
