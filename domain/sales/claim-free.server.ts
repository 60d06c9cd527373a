import { sql, type Transaction } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { Refusal } from "../refusal.ts";
import { grantRights } from "./grant-rights.server.ts";
import { type Order, storeSale } from "./store-sale.server.ts";

/** Each is a letter to an address that nobody has proved. */
const mostInAnHour = 30;

/**
 * Takes a cart whose total is 0: download rights and a receipt, no call to Stripe, nothing in the books.
 * Refuses `not_free`, what `openSale` refuses of a cart, and `too_many_requests` above 30 in an hour for one address, whoever asks and
 * from wherever. The same `saleId` again changes nothing.
 */
export async function claimFree(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  order: Order,
): Promise<{ saleId: string }> {
  const known = order.saleId === undefined ? undefined : await find(db, order.saleId);
  if (known) return { saleId: known };
  try {
    return await inTransaction(db, async (trx) => {
      await refuseTooMany(trx, house, order.email);
      const { saleId } = await storeSale(trx, house, order, "claimed");
      await grantRights(trx, house, [saleId]);
      await enqueue(trx, house, "send-receipt", { saleId });
      return { saleId };
    });
  } catch (error) {
    // The same form sent twice at once: the other one has just written this sale.
    if (order.saleId === undefined || (error as { code?: unknown }).code !== "23505") throw error;
    return { saleId: order.saleId };
  }
}

async function refuseTooMany(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  email: string,
): Promise<void> {
  // One at a time for an address: those that come at the same instant may not slip under the limit together.
  await sql`select pg_advisory_xact_lock(hashtext(${`claim:${email}`}))`.execute(trx);
  const { count } = await trx
    .selectFrom("sale")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("email", "=", email)
    .where("state", "=", "claimed")
    .where("opened_at", ">", new Date(clock.now().getTime() - 3_600_000))
    .executeTakeFirstOrThrow();
  if (count >= mostInAnHour) throw new Refusal("too_many_requests");
}

async function find(db: Database, saleId: string): Promise<string | undefined> {
  return (await db.selectFrom("sale").select("id").where("id", "=", saleId).executeTakeFirst())?.id;
}
