import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";

const perSweep = 500;

/**
 * Finds what no event told: open sales are asked of Stripe every two minutes, paid ones without their split too, events received
 * and never applied are applied, open sales with a withdrawn work are closed, and those whose page was never opened expire.
 * `everything`: without waiting for the two minutes, at the start of a worker. Only rings doorbells: running it twice does no harm.
 */
export async function sweepSales(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { everything = false }: { everything?: boolean } = {},
): Promise<void> {
  const now = house.clock.now();
  const before = everything ? now : new Date(now.getTime() - 2 * 60_000);
  await inTransaction(db, async (trx) => {
    await trx
      .updateTable("sale")
      .set({ state: "expired" })
      .where("state", "=", "open")
      .where("stripe_session", "is", null)
      .where("expires_at", "<", now)
      .execute();
    const { rows: unfinished } = await sql<{ id: string; state: string; withdrawn: boolean }>`
      update sale set looked_at = ${now} where id in (
        select id from sale
        where ((state = 'open' and stripe_session is not null) or (state = 'paid' and split_at is null))
          and coalesce(looked_at, paid_at, opened_at) <= ${before}
        order by opened_at limit ${perSweep} for update skip locked)
      returning id, state, state = 'open' and exists (
        select from sale_line join work on work.id = sale_line.work_id
        where sale_line.sale_id = sale.id and work.state = 'withdrawn') as withdrawn`.execute(trx);
    const jobOf = (sale: (typeof unfinished)[number]) =>
      sale.state === "paid" ? "split-sale" : sale.withdrawn ? "expire-sale" : "settle-sale";
    for (const job of ["split-sale", "expire-sale", "settle-sale"] as const) {
      const due = unfinished.filter((sale) => jobOf(sale) === job);
      await enqueueAll(
        trx,
        house,
        job,
        due.map(({ id }) => ({ saleId: id })),
      );
    }
    const events = await trx
      .selectFrom("stripe_event")
      .select("id")
      .where("applied_at", "is", null)
      .where("received_at", "<=", before)
      .orderBy("received_at")
      .limit(perSweep)
      .execute();
    await enqueueAll(
      trx,
      house,
      "apply-stripe-event",
      events.map(({ id }) => ({ eventId: id })),
    );
  });
}
