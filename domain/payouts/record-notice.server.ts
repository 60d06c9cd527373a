import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import type { Destination } from "../ledger/account.ts";
import { Refusal } from "../refusal.ts";
import { keepAct } from "./keep-act.server.ts";
import { findPayee } from "./payee-queries.server.ts";

/**
 * Staff write down that a payee who cannot be found was given the notice that the law asks for, on which day and how. Without it,
 * nothing unclaimed is handed over. Refuses `not_found`, and `notice_in_future`.
 */
export async function recordNotice(
  db: Database,
  house: Pick<House, "clock">,
  notice: { destination: Destination; personId: string; on: string; words: string },
): Promise<void> {
  const payee = await findPayee(db, notice.personId, notice.destination);
  if (!payee) throw new Refusal("not_found");
  if (notice.on > house.clock.now().toISOString().slice(0, 10)) throw new Refusal("notice_in_future");
  await inTransaction(db, (trx) =>
    keepAct(trx, house, payee, { act: "notice", by: notice.personId, words: notice.words, on: notice.on }),
  );
}
