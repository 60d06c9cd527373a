import { sql } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { Refusal } from "../refusal.ts";
import { answeredBy } from "./dispute-queries.server.ts";
import { columnsOf, type EvidenceTexts } from "./keep-evidence.server.ts";

/**
 * A person corrects what answers a bank and, where `send` says so, sends it: who and when are kept with the key that the call will
 * carry, and `submit-evidence` is rung. It is sent once; sent twice by a double click, it is one. Refuses `not_found` (a dispute that
 * is not theirs to answer), `dispute_decided`, `evidence_sent`.
 */
export async function answerDispute(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  {
    personId,
    disputeId,
    texts,
    send,
  }: { personId: string; disputeId: string; texts: EvidenceTexts; send: boolean },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const now = house.clock.now();
    const { rows } = await sql<{ state: string; evidence: string; attempt: number; saleId: string }>`
      select dispute.state, evidence.state as evidence, evidence.attempt, dispute.sale_id as "saleId"
      from dispute join dispute_evidence as evidence on evidence.dispute_id = dispute.id
      where dispute.id = ${disputeId}::uuid and ${answeredBy(personId)} for update of evidence`.execute(trx);
    const found = rows[0];
    if (!found) throw new Refusal("not_found");
    if (found.evidence === "asked" && send) return;
    if (found.evidence === "asked" || found.evidence === "sent") throw new Refusal("evidence_sent");
    if (found.state !== "open" && found.state !== "inquiry") throw new Refusal("dispute_decided");
    const attempt = found.attempt + 1;
    await trx
      .updateTable("dispute_evidence")
      .set({
        ...columnsOf(texts),
        edited_at: now,
        edited_by: personId,
        ...(send && {
          state: "asked",
          state_at: now,
          sent_by: personId,
          key: `ev:${disputeId}:${attempt}`,
          attempt,
          calls: 0,
          refusal: null,
        }),
      })
      .where("dispute_id", "=", disputeId)
      .execute();
    if (!send) return;
    await trx
      .insertInto("audit")
      .values({
        id: v7(),
        person_id: personId,
        verb: "answer-dispute",
        subject: `dispute:${disputeId}`,
        after: JSON.stringify(texts),
        at: now,
      })
      .execute();
    await enqueue(trx, house, "submit-evidence", { disputeId });
  });
}
