import { sql } from "kysely";
import { z } from "zod";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { remainingOf } from "./remaining.server.ts";
import { lockSale } from "./take-from-sale.server.ts";

const address = z.email().max(254);

/**
 * Gives the works of a gift to who redeems it, once: the rights are theirs from now on, by their address and person. Lines of which
 * nothing remains after refunds give nothing. Of two who redeem it at once, one does; the same address again changes nothing. Refuses
 * `not_found` (not paid), `code_used` (somebody else did) and `gift_refunded`. The holder of the gift's link or code may.
 */
export function redeemGift(
  db: Database,
  { clock }: Pick<House, "clock">,
  input: { giftId: string; email: string; personId: string | null },
): Promise<void> {
  const email = address.parse(input.email.trim().toLowerCase());
  const now = clock.now();
  return inTransaction(db, async (trx) => {
    const known = await trx
      .selectFrom("gift")
      .select("sale_id")
      .where("id", "=", input.giftId)
      .executeTakeFirst();
    if (!known) throw new Refusal("not_found");
    // Under the lock of the sale, as refunds: what goes back and what is given never pass each other.
    const sale = await lockSale(trx, known.sale_id);
    if (sale.state !== "paid" && sale.state !== "claimed") throw new Refusal("not_found");
    const gift = await trx
      .selectFrom("gift")
      .selectAll()
      .where("id", "=", input.giftId)
      .executeTakeFirstOrThrow();
    if (gift.redeemed_email === email) return;
    if (gift.redeemed_at) throw new Refusal("code_used");
    const over = await linesOver(trx, sale);
    const { rows } = await sql`
      insert into download_right (id, sale_line_id, work_id, email, person_id, copies, granted_at)
      select line.id, line.id, work_now(line.work_id), ${email},
        coalesce(${input.personId}::uuid, (select id from person where email = ${email})), line.quantity, ${now}
      from sale_line as line where line.gift_id = ${gift.id} and not line.id = any (${over}::uuid[])
      on conflict (sale_line_id) do nothing returning id`.execute(trx);
    if (rows.length === 0) throw new Refusal("gift_refunded");
    await trx
      .updateTable("gift")
      .set({ redeemed_at: now, redeemed_email: email })
      .where("id", "=", gift.id)
      .execute();
  });
}

/** The lines from which something was taken back, and of which nothing remains. */
async function linesOver(db: Database, sale: { id: string; settled: number }): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct taken.sale_line_id as id from taken_part taken join sale_line line on line.id = taken.sale_line_id
    where line.sale_id = ${sale.id} and taken.given_back_at is null`.execute(db);
  if (rows.length === 0) return [];
  const left = await remainingOf(db, sale);
  return rows.flatMap(({ id }) =>
    left.some((slot) => slot.saleLineId === id && slot.amount !== 0) ? [] : [id],
  );
}
