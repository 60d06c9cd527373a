import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { type Amount, largestCharge } from "../money/amount.ts";
import { insist } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";
import { isCode, plainCode } from "./code.ts";

export type NewCoupon = {
  code: string;
  /** Basis points, or minor units of Canadian dollars. */
  off: { bp: number } | { amount: Amount };
  /** From this instant (at once where absent) and before that one. */
  startsAt?: Date | null;
  endsAt?: Date | null;
  mostUses?: number | null;
  mostEach?: number | null;
  /** [] = all the works of whose it is, those to come too. */
  workIds: readonly string[];
};

/**
 * Makes a coupon: of an artist, for works of their own studio (`memberId`, found through the person `by`), or of a co-op, by who may
 * give coupons there. Refuses `not_found`, `coupon_invalid` (a code of other than 3 to 24 letters, digits and hyphens, a rate that is
 * none, an end before the beginning, another's work) and `coupon_taken` (the code is another coupon's).
 */
export async function makeCoupon(
  db: Database,
  { clock }: Pick<House, "clock">,
  input: NewCoupon & { by: string; whose: { memberId: string } | { coopId: string } },
): Promise<{ couponId: string }> {
  const now = clock.now();
  const code = plainCode(input.code);
  const startsAt = input.startsAt ?? now;
  if (
    !isCode(code) ||
    !holds(input.off) ||
    (input.endsAt && input.endsAt <= (startsAt > now ? startsAt : now))
  )
    throw new Refusal("coupon_invalid");
  return inTransaction(db, async (trx) => {
    const { coopId, memberId } = await ownerOf(trx, input);
    await refuseOthersWorks(trx, { workIds: input.workIds, coopId, memberId });
    const couponId = v7();
    const made = await trx
      .insertInto("coupon")
      .values({
        id: couponId,
        coop_id: coopId,
        member_id: memberId,
        code,
        bp: "bp" in input.off ? input.off.bp : null,
        amount: "amount" in input.off ? input.off.amount : null,
        starts_at: startsAt,
        ends_at: input.endsAt ?? null,
        most_uses: input.mostUses ?? null,
        most_each: input.mostEach ?? null,
        created_by: input.by,
        created_at: now,
      })
      .onConflict((oc) => oc.column("code").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!made) throw new Refusal("coupon_taken", { code });
    const works = [...new Set(input.workIds)].map((workId) => ({ coupon_id: couponId, work_id: workId }));
    if (works.length > 0) await trx.insertInto("coupon_work").values(works).execute();
    return { couponId };
  });
}

const holds = (off: NewCoupon["off"]): boolean =>
  "bp" in off
    ? Number.isInteger(off.bp) && off.bp >= 1 && off.bp <= 10_000
    : Number.isInteger(off.amount) && off.amount >= 1 && off.amount <= largestCharge;

async function ownerOf(
  trx: Transaction<DB>,
  { by, whose }: { by: string; whose: { memberId: string } | { coopId: string } },
): Promise<{ coopId: string; memberId: string | null }> {
  if ("coopId" in whose) {
    await insist(trx, { by, verb: "giveCoupons", coopId: whose.coopId });
    return { coopId: whose.coopId, memberId: null };
  }
  const member = await trx
    .selectFrom("member")
    .select(["id", "coop_id"])
    .where("id", "=", whose.memberId)
    .where("person_id", "=", by)
    .where("left_at", "is", null)
    .executeTakeFirst();
  if (!member) throw new Refusal("not_found");
  return { coopId: member.coop_id, memberId: member.id };
}

async function refuseOthersWorks(
  trx: Transaction<DB>,
  { workIds, coopId, memberId }: { workIds: readonly string[]; coopId: string; memberId: string | null },
): Promise<void> {
  const { rows } = await sql`
    select from unnest(${[...workIds]}::uuid[]) as asked (id) left join work w on w.id = asked.id and w.coop_id = ${coopId}
      and (${memberId}::uuid is null or w.member_id = ${memberId}::uuid)
    where w.id is null limit 1`.execute(trx);
  if (rows.length > 0) throw new Refusal("coupon_invalid");
}
