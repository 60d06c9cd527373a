import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.ts";
import { holdsIn } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";

/** The collection, locked, found through who may change it. Refuses `not_found`. */
export async function lockCollection(
  trx: Transaction<DB>,
  { collectionId, by }: { collectionId: string; by: string },
): Promise<{ coopId: string; publishedAt: Date | null; works: number }> {
  const { rows } = await sql<{ coopId: string; publishedAt: Date | null; works: number }>`
    select c.coop_id as "coopId", c.published_at as "publishedAt",
      (select count(*)::int from collection_work cw join work w on w.id = cw.work_id
        where cw.collection_id = c.id and w.state = 'published') as works
    from collection c where c.id = ${collectionId} and ${holdsIn(by, "composeShop", sql`c.coop_id`)}
    for update of c`.execute(trx);
  if (!rows[0]) throw new Refusal("not_found");
  return rows[0];
}
