import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { plainCode } from "../offers/code.ts";
import { Refusal } from "../refusal.ts";
import { grantRights } from "./grant-rights.server.ts";
import { storeSale } from "./store-sale.server.ts";

/**
 * Opens the work of a press code, once: an order of 0, claimed, with its right and its letter; nothing is paid and nothing enters the
 * books. Of two who use it at once, one does. Refuses `code_unknown`, `code_used`, `code_over` (stopped) and `work_withdrawn`.
 */
export function redeemPressCode(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  input: { code: string; email: string; personId: string | null; locale: "fr" | "en" },
): Promise<{ saleId: string }> {
  return inTransaction(db, async (trx) => {
    const code = await trx
      .selectFrom("press_code")
      .select(["id", "work_id", "used_at", "stopped_at"])
      .where("code", "=", plainCode(input.code))
      .forUpdate()
      .executeTakeFirst();
    if (!code) throw new Refusal("code_unknown");
    if (code.used_at) throw new Refusal("code_used");
    if (code.stopped_at) throw new Refusal("code_over");
    const { email, personId, locale } = input;
    const lines = [{ workId: code.work_id }];
    const { saleId } = await storeSale(
      trx,
      house,
      { email, personId, locale, lines, discountBp: 10_000 },
      "claimed",
    );
    await grantRights(trx, house, [saleId]);
    await trx
      .updateTable("press_code")
      .set({ used_at: house.clock.now(), sale_id: saleId })
      .where("id", "=", code.id)
      .execute();
    await enqueue(trx, house, "send-receipt", { saleId });
    return { saleId };
  });
}
