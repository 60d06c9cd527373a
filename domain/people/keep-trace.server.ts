import { v7 } from "uuid";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";

/**
 * Writes in the audit who did what, in the transaction of the deed. `subject`: `noun:id`. `before` and `after` hold ids, states and
 * amounts; the names and addresses of people stay out, for what is written here is never changed again.
 */
export async function keepTrace(
  db: Database,
  { clock }: Pick<House, "clock">,
  trace: {
    coopId: string | null;
    /** Null: the house itself. */
    by: string | null;
    verb: string;
    subject: string;
    before?: object;
    after?: object;
  },
): Promise<void> {
  await db
    .insertInto("audit")
    .values({
      id: v7(),
      coop_id: trace.coopId,
      person_id: trace.by,
      verb: trace.verb,
      subject: trace.subject,
      before: trace.before ? JSON.stringify(trace.before) : null,
      after: trace.after ? JSON.stringify(trace.after) : null,
      at: clock.now(),
    })
    .execute();
}
