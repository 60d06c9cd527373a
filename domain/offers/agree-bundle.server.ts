import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { holdsIn } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";

/** Says yes to a bundle for the works of the co-ops where this person may; once all have, it is sold. `not_found` where there are none. */
export async function agreeToBundle(
  db: Database,
  { clock }: Pick<House, "clock">,
  { bundleId, by }: { bundleId: string; by: string },
): Promise<void> {
  const { rows } = await sql`
    update bundle_work bw set agreed_at = coalesce(bw.agreed_at, ${clock.now()}), agreed_by = coalesce(bw.agreed_by, ${by}::uuid)
    from work w, bundle b
    where bw.bundle_id = ${bundleId} and w.id = bw.work_id and b.id = bw.bundle_id and b.ended_at is null
      and ${holdsIn(by, "giveCoupons", sql`w.coop_id`)}
    returning bw.work_id`.execute(db);
  if (rows.length === 0) throw new Refusal("not_found");
}
