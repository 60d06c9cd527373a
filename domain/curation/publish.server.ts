import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import { indexWork } from "../catalogue/index-work.server.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { decide } from "./decide.server.ts";

/**
 * Puts a submitted work in the shop: state, date, search, audit and the artist's mail in one transaction. Run again, it changes
 * nothing. Refuses `not_found`, `already_decided`, and `work_not_ready` where it could not be sold: no title, no file, nobody
 * who shares, or a price without a rule in force to split it.
 */
export function publish(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  input: { personId: string; submissionId: string },
): Promise<{ workId: string }> {
  return inTransaction(db, async (trx) => {
    const { workId, again } = await decide(trx, house, {
      ...input,
      decision: "published",
      reasonCode: null,
      reason: null,
    });
    if (again) return { workId };
    const now = house.clock.now();
    const { rows } = await sql<{ ready: boolean }>`
      select w.title <> ''
        and exists (select from asset a where a.work_id = w.id and a.role = 'original' and a.replaced_at is null)
        and exists (select from share_list l join share s on s.share_list_id = l.id
          where l.work_id = w.id and l.in_force_from <= ${now} and s.parts > 0)
        and (w.price = 0 and w.price_kind = 'fixed' or exists (select from rule r
          where r.coop_id = w.coop_id and r.voted_at <= ${now} and r.in_force_from <= ${now})) as ready
      from work w where w.id = ${workId}`.execute(trx);
    if (!rows[0]?.ready) throw new Refusal("work_not_ready");
    await indexWork(trx, workId);
    return { workId };
  });
}
