import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import type { Amount } from "../money/amount.ts";
import { Refusal } from "../refusal.ts";
import { auditSettlement, postRemittance } from "./keep-settlement.server.ts";
import { lockMember } from "./lock-member.server.ts";

/**
 * What was paid to the State came back (refused, sent back, written down by mistake): entry `remittance`, backwards, and the amount is set
 * aside again, to hand over anew or to be reclaimed. Refuses `not_found`, `reason_missing`, and `nothing_remitted` where it was
 * taken back already.
 */
export async function takeBackRemittance(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  {
    remittanceId,
    memberId,
    by,
    ...given
  }: { remittanceId: string; memberId: string; reason: string; by: string | null },
): Promise<{ amount: Amount }> {
  const reason = given.reason.trim();
  if (reason === "") throw new Refusal("reason_missing");
  return inTransaction(db, async (trx) => {
    const member = await lockMember(trx, { memberId, by });
    const undone = await trx
      .updateTable("remittance")
      .set({ undone_at: house.clock.now(), undone_by: by, undone_reason: reason })
      .where("id", "=", remittanceId)
      .where("member_id", "=", memberId)
      .where("undone_at", "is", null)
      .returning("amount")
      .executeTakeFirst();
    if (!undone) throw new Refusal("nothing_remitted");
    await trx
      .updateTable("unclaimed_amount")
      .set({ remittance_id: null })
      .where("remittance_id", "=", remittanceId)
      .execute();
    const { amount } = undone;
    const key = `remittance_back:${remittanceId}`;
    await postRemittance(trx, house, member, { key, memberId, amount: -amount });
    const settled = { coopId: member.coopId, memberId, by, verb: "take-back-remittance" };
    await auditSettlement(trx, house, settled, { after: { remittanceId, amount, reason } });
    return { amount };
  });
}
