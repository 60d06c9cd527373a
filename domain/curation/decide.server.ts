import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { rolesFor } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";
import type { ReturnReason } from "./reasons.ts";

type Decision =
  | { decision: "published"; reasonCode: null; reason: null }
  | { decision: "returned"; reasonCode: ReturnReason; reason: string | null };

/**
 * What both decisions share: finds the submission through the person (curator or admin of the work's co-op), locks it and its
 * work, writes the decision, the state and the audit row, rings the mail. The same decision again changes nothing and answers
 * `again: true`. Refuses `not_found` (nothing there, or another co-op's) and `already_decided`.
 */
export async function decide(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  input: { personId: string; submissionId: string } & Decision,
): Promise<{ workId: string; again: boolean }> {
  const found = await findLocked(trx, input.personId, input.submissionId);
  if (!found) throw new Refusal("not_found");
  if (found.decision === input.decision) return { workId: found.workId, again: true };
  if (found.decision !== null) throw new Refusal("already_decided");
  const now = house.clock.now();
  await trx
    .updateTable("submission")
    .set({
      decision: input.decision,
      decided_at: now,
      decided_by: input.personId,
      reason_code: input.reasonCode,
      reason: input.reason,
    })
    .where("id", "=", input.submissionId)
    .execute();
  await trx
    .updateTable("work")
    .set({
      state: input.decision,
      state_at: now,
      updated_at: now,
      // A work that returns to the shop keeps the day on which it was first published.
      ...(input.decision === "published" && { published_at: sql<Date>`coalesce(published_at, ${now})` }),
    })
    .where("id", "=", found.workId)
    .execute();
  await trx
    .insertInto("audit")
    .values({
      id: v7(),
      coop_id: found.coopId,
      person_id: input.personId,
      verb: input.decision === "published" ? "publish" : "return_submission",
      subject: `work:${found.workId}`,
      before: JSON.stringify({ state: found.state }),
      after: JSON.stringify({
        state: input.decision,
        submission: input.submissionId,
        reason: input.reasonCode,
      }),
      at: now,
    })
    .execute();
  await enqueue(trx, house, "send-review-outcome", { submissionId: input.submissionId });
  return { workId: found.workId, again: false };
}

async function findLocked(trx: Transaction<DB>, personId: string, submissionId: string) {
  const { rows } = await sql<{ workId: string; coopId: string; state: string; decision: string | null }>`
    select w.id as "workId", w.coop_id as "coopId", w.state, s.decision
    from submission s join work w on w.id = s.work_id
    where s.id = ${submissionId} and exists (
      select from coop_role r
      where r.coop_id = w.coop_id and r.person_id = ${personId} and r.role in (${rolesFor("judgeWorks")}))
    for update of s, w`.execute(trx);
  return rows[0];
}
