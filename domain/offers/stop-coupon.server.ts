import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { holdsIn } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";

/**
 * Ends a coupon at once; payment pages that are open with it keep what they showed. Its artist may, and who may give coupons in its
 * co-op; for others it does not exist (`not_found`). Twice changes nothing.
 */
export async function stopCoupon(
  db: Database,
  { clock }: Pick<House, "clock">,
  { couponId, by }: { couponId: string; by: string },
): Promise<void> {
  const { rows } = await sql`
    update coupon set stopped_at = coalesce(stopped_at, ${clock.now()}), stopped_by = coalesce(stopped_by, ${by}::uuid)
    where id = ${couponId} and (${holdsIn(by, "giveCoupons", sql`coupon.coop_id`)}
      or exists (select from member m where m.id = coupon.member_id and m.person_id = ${by}::uuid and m.left_at is null))
    returning id`.execute(db);
  if (rows.length === 0) throw new Refusal("not_found");
}
