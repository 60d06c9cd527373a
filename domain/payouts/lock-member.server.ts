import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.ts";
import { holdsIn } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";

export type LockedMember = {
  coopId: string;
  /** Where the money of their co-op is. */
  money: "platform" | "own";
  /** In use, and may be sent money. */
  hasActiveAccount: boolean;
};

/**
 * A member with whom something is settled otherwise than by a transfer, found through who settles with the payees of their co-op (`by`;
 * null: the house). Locked with their accounts until the transaction ends: no transfer is intended and no account begins meanwhile, so that what
 * is free now stays free. Refuses `not_found`.
 */
export async function lockMember(
  trx: Transaction<DB>,
  { memberId, by }: { memberId: string; by: string | null },
): Promise<LockedMember> {
  const { rows } = await sql<Omit<LockedMember, "hasActiveAccount">>`
    select member.coop_id as "coopId", coop.money from member join coop on coop.id = member.coop_id
    where member.id = ${memberId}::uuid and ${by === null ? sql`true` : holdsIn(by, "settlePayees", sql`member.coop_id`)}
    for update of member`.execute(trx);
  const member = rows[0];
  if (!member) throw new Refusal("not_found");
  const payouts = await trx
    .selectFrom("payout_account")
    .select(["state", "replaced_at"])
    .where("member_id", "=", memberId)
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
  const hasActiveAccount = payouts.some(
    (account) => account.state === "active" && account.replaced_at === null,
  );
  return { ...member, hasActiveAccount };
}
