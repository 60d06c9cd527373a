import { type RawBuilder, sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import { indexWork } from "../catalogue/index-work.server.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { keepTrace } from "../people/keep-trace.server.ts";
import { Refusal } from "../refusal.ts";
import { type ReportState, type StepKind, stateAfter, stepsAfter } from "./report-states.ts";

type Locked = {
  workId: string;
  coopId: string;
  workState: string;
  state: ReportState;
  unlisted: boolean;
  appealed: boolean;
};

/**
 * What every step shares: finds the report through the person (`mine` says how, of report `r` and its work `w`), locks both, writes the step,
 * where the report stands, the trace, and rings the mails. The same step again changes nothing. A work leaves the shop or comes back with
 * the step that says so. Refuses `not_found` and `report_moved` (what may not follow where the report now stands).
 */
export async function takeStep(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  input: {
    reportId: string;
    by: string;
    mine: RawBuilder<boolean>;
    kind: StepKind;
    words: string;
    unlist?: boolean;
  },
): Promise<void> {
  const { reportId, by, kind } = input;
  const { rows } = await sql<Locked>`
    select w.id as "workId", w.coop_id as "coopId", w.state as "workState", r.state, r.unlisted_at is not null as unlisted,
      exists (select from report_step s where s.report_id = r.id and s.kind = 'appeal') as appealed
    from report r join work w on w.id = r.work_id
    where r.id = ${reportId} and ${input.mine} for update of r, w`.execute(trx);
  const found = rows[0];
  if (!found) throw new Refusal("not_found");
  if (found.state === stateAfter(kind)) return;
  if (!stepsAfter(found.state, found.appealed).includes(kind)) throw new Refusal("report_moved");
  const now = house.clock.now();
  const leaves = (kind === "removed" || input.unlist === true) && found.workState === "published";
  const back =
    kind === "kept" &&
    found.unlisted &&
    found.workState === "withdrawn" &&
    !(await isKeptOut(trx, found.workId, reportId));
  if (leaves || back)
    await trx
      .updateTable("work")
      .set({ state: leaves ? "withdrawn" : "published", state_at: now, updated_at: now })
      .where("id", "=", found.workId)
      .execute();
  if (back) await indexWork(trx, found.workId);
  await trx
    .updateTable("report")
    .set({
      state: stateAfter(kind),
      state_at: now,
      ...(leaves && { unlisted_at: now, unlisted_by: by }),
      ...(kind === "kept" && { unlisted_at: null, unlisted_by: null }),
    })
    .where("id", "=", reportId)
    .execute();
  const stepId = v7();
  await trx
    .insertInto("report_step")
    .values({
      ...{ id: stepId, report_id: reportId, kind, words: input.words.trim() },
      ...{ unlisted: leaves, at: now, person_id: by },
    })
    .execute();
  await keepTrace(trx, house, {
    ...{ coopId: found.coopId, by, verb: `report_${kind}`, subject: `report:${reportId}` },
    before: { state: found.state, work: found.workState },
    after: { state: stateAfter(kind), work: leaves ? "withdrawn" : back ? "published" : found.workState },
  });
  // An appeal waits at the desk, where it is seen; nobody else has to be told.
  if (kind !== "appeal") await enqueue(trx, house, "send-report-word", { reportId, stepId });
}

/** Another report keeps the work out of the shop. */
async function isKeptOut(trx: Transaction<DB>, workId: string, besides: string): Promise<boolean> {
  const { rows } = await sql`select from report where work_id = ${workId} and id <> ${besides}
    and unlisted_at is not null limit 1`.execute(trx);
  return rows.length > 0;
}
