import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { type Amount, sum } from "../money/amount.ts";
import { Refusal } from "../refusal.ts";
import { auditSettlement, postRemittance } from "./keep-settlement.server.ts";
import { lockMember } from "./lock-member.server.ts";

export type Remittance = {
  memberId: string;
  /** Who received it: Revenu Québec, the Caisse des Dépôts. */
  authority: string;
  /** YYYY-MM-DD, when the co-op paid; not later than today. */
  paidOn: string;
  /** What proves it: number of the statement, of the payment. */
  reference: string;
  /** A treasurer or admin of the member's co-op; null: the house. */
  by: string | null;
};

/**
 * Writes down that a co-op paid to the State what was set aside for a member who cannot be found (entry `remittance`): all that is set
 * aside and not handed over yet. The member asks it there from then on. A co-op that owns the platform paid from its bank; any other is
 * owed what it paid, on its operating fund, as for a payment made outside. Only `takeBackRemittance` undoes it, by an entry of its own. Refuses
 * `not_found`, `proof_missing`, `authority_missing`, `payment_in_future`, `payment_recorded` (that day and reference) and `nothing_unclaimed`.
 */
export async function remitUnclaimed(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { memberId, paidOn, by, ...given }: Remittance,
): Promise<{ remittanceId: string; amount: Amount }> {
  const reference = given.reference.trim();
  const authority = given.authority.trim();
  if (reference === "") throw new Refusal("proof_missing");
  if (authority === "") throw new Refusal("authority_missing");
  const now = house.clock.now();
  if (Date.parse(`${paidOn}T00:00:00Z`) > now.getTime()) throw new Refusal("payment_in_future");
  return inTransaction(db, async (trx) => {
    const member = await lockMember(trx, { memberId, by });
    const known = await trx
      .selectFrom("remittance")
      .select("id")
      .where("member_id", "=", memberId)
      .where("paid_on", "=", paidOn)
      .where("reference", "=", reference)
      .where("undone_at", "is", null)
      .executeTakeFirst();
    if (known) throw new Refusal("payment_recorded");
    const aside = await trx
      .selectFrom("unclaimed_amount")
      .select(["id", "amount"])
      .where("member_id", "=", memberId)
      .where("reclaimed_at", "is", null)
      .where("remittance_id", "is", null)
      .execute();
    if (aside.length === 0) throw new Refusal("nothing_unclaimed");
    const amount = sum(aside.map((each) => each.amount));
    const id = v7();
    await trx
      .insertInto("remittance")
      .values({
        id,
        member_id: memberId,
        amount,
        authority,
        paid_on: paidOn,
        reference,
        recorded_by: by,
        recorded_at: now,
      })
      .execute();
    await trx
      .updateTable("unclaimed_amount")
      .set({ remittance_id: id })
      .where(
        "id",
        "in",
        aside.map((each) => each.id),
      )
      .execute();
    await postRemittance(trx, house, member, { key: `remittance:${id}`, memberId, amount });
    const settled = { coopId: member.coopId, memberId, by, verb: "remit-unclaimed" };
    await auditSettlement(trx, house, settled, {
      after: { remittanceId: id, amount, authority, paidOn, reference },
    });
    return { remittanceId: id, amount };
  });
}
