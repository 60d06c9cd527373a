import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { Refusal } from "../refusal.ts";
import type { ReportReason } from "./report-states.ts";

/**
 * Keeps what somebody says of a work of the shop, for the desk of its co-op; who gave an address is told that it was received. `id` is the
 * form's: the same form sent twice is one report. Refuses `not_found` where no such work is in the shop.
 */
export function makeReport(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  input: {
    id: string;
    slug: string;
    reason: ReportReason;
    words: string;
    email: string | null;
    locale: "fr" | "en";
  },
): Promise<void> {
  const now = house.clock.now();
  return inTransaction(db, async (trx) => {
    const work = await trx
      .selectFrom("work")
      .select(["id", "coop_id"])
      .where("slug", "=", input.slug)
      .where("state", "=", "published")
      .executeTakeFirst();
    if (!work) throw new Refusal("not_found");
    const made = await trx
      .insertInto("report")
      .values({
        ...{ id: input.id, work_id: work.id, coop_id: work.coop_id },
        ...{ reason: input.reason, words: input.words.trim(), locale: input.locale },
        ...{ email: input.email, made_at: now, state: "open", state_at: now },
      })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (made && input.email) await enqueue(trx, house, "send-report-word", { reportId: input.id });
  });
}
