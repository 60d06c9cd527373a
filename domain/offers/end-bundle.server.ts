import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { holdsIn } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";

/**
 * Ends a bundle: any desk whose works are in it may, as may the one that made it. Payment pages that are open keep its price. Twice
 * changes nothing; `not_found` for others.
 */
export async function endBundle(
  db: Database,
  { clock }: Pick<House, "clock">,
  { bundleId, by }: { bundleId: string; by: string },
): Promise<void> {
  const { rows } = await sql`
    update bundle set ended_at = coalesce(ended_at, ${clock.now()}), ended_by = coalesce(ended_by, ${by}::uuid)
    where id = ${bundleId} and (${holdsIn(by, "giveCoupons", sql`bundle.coop_id`)}
      or exists (select from bundle_work bw join work w on w.id = bw.work_id
        where bw.bundle_id = bundle.id and ${holdsIn(by, "giveCoupons", sql`w.coop_id`)}))
    returning id`.execute(db);
  if (rows.length === 0) throw new Refusal("not_found");
}
