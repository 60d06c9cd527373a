import type { Transaction } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import type { Destination } from "../ledger/account.ts";
import { keepTrace } from "../people/keep-trace.server.ts";

export type Act = "clear" | "retry" | "share" | "notice";

/** Writes down what staff did for a payee, who and when, in the transaction of what they did. */
export async function keepAct(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  { coopId, destination }: { coopId: string; destination: Destination },
  { act, by, words = null, on = null }: { act: Act; by: string; words?: string | null; on?: string | null },
): Promise<void> {
  await trx
    .insertInto("payee_act")
    .values({
      id: v7(),
      coop_id: coopId,
      destination,
      act,
      words,
      on_day: on,
      done_by: by,
      done_at: clock.now(),
    })
    .execute();
  await keepTrace(trx, { clock }, { coopId, by, verb: `payee-${act}`, subject: destination });
}
