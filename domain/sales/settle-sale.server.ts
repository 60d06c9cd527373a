import { sql, type Transaction } from "kysely";
import { type Database, inTransaction, isDatabaseAway } from "#db/connection.ts";
import { prepared } from "#db/prepared.ts";
import type { DB } from "#db/schema.ts";
import type { Checkout } from "#gateways/stripe.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";
import { postAll } from "../ledger/post.server.ts";
import { settlementCurrency } from "../money/amount.ts";
import { grantRights } from "./grant-rights.server.ts";
import { linesToSplit } from "./lines-to-split.server.ts";
import { saleEntry, shareOut } from "./share-out.server.ts";
import { broughtBy } from "./split-sale.server.ts";

export type SaleState = "open" | "paid" | "claimed" | "expired";

type Settling = Pick<House, "clock" | "queue" | "stripe">;
type Asked = { saleId: string; checkout: Checkout };

/**
 * Asks Stripe what became of a sale's payment page, and writes it down. Paid: in one transaction the sale is paid, entry `sale`
 * is posted, the rights are granted, the receipt is enqueued; the sale is split at once where the fee is known, otherwise the split
 * is enqueued. May be called at any time, by the return page, an
 * event or the sweep, however often: the first that finds it paid does it, the others find it done. Returns what the sale is now;
 * null where there is none. Throws `StripeFailure` where Stripe does not answer.
 */
export async function settleSale(
  db: Database,
  house: Settling,
  { saleId }: { saleId: string },
): Promise<SaleState | null> {
  const state = (await settleSales(db, house, { saleIds: [saleId] })).get(saleId)!;
  if (state instanceof Error) throw state;
  return state;
}

/**
 * The same for many: Stripe is asked about all of them at once, and what is paid is written in one transaction, by as many
 * statements as for one. Where something about one of them is wrong, each is settled by itself, so that it holds up no other.
 * Returns for each what the sale is now, or what would have been thrown.
 */
export async function settleSales(
  db: Database,
  house: Settling,
  { saleIds }: { saleIds: readonly string[] },
): Promise<Map<string, SaleState | null | Error>> {
  const found = new Map<string, SaleState | null | Error>(saleIds.map((id) => [id, null]));
  const rows = await db
    .selectFrom("sale")
    .select(["id", "state", "stripe_session"])
    .where("id", "in", [...found.keys()])
    .execute();
  const asked: Asked[] = [];
  await Promise.all(
    rows.map(async ({ id: saleId, state, stripe_session: session }) => {
      found.set(saleId, state as SaleState);
      if (state === "paid" || state === "claimed" || session === null) return;
      try {
        asked.push({ saleId, checkout: await house.stripe.fetchCheckout(session) });
      } catch (error) {
        found.set(saleId, error as Error);
      }
    }),
  );
  for (const [saleId, state] of await writeApart(db, house, asked)) found.set(saleId, state);
  return found;
}

/** All in one transaction; where that fails, each in its own. */
async function writeApart(
  db: Database,
  house: Settling,
  asked: readonly Asked[],
): Promise<Map<string, SaleState | Error>> {
  if (asked.length === 0) return new Map();
  try {
    return await inTransaction(db, (trx) => write(trx, house, asked));
  } catch (error) {
    const one = asked.length === 1 ? asked[0] : undefined;
    if (isDatabaseAway(error) || db.isTransaction || (one && one.checkout.balanceTransaction === null))
      return new Map(asked.map(({ saleId }) => [saleId, error as Error]));
    // What cannot be shared must not keep from the buyer what they paid for: the split is left to its own job, which says why.
    const again = one
      ? [[{ ...one, checkout: { ...one.checkout, balanceTransaction: null } }]]
      : asked.map((each) => [each]);
    const apart = new Map<string, SaleState | Error>();
    for (const each of again)
      for (const [saleId, state] of await writeApart(db, house, each)) apart.set(saleId, state);
    return apart;
  }
}

async function write(
  trx: Transaction<DB>,
  house: Settling,
  asked: readonly Asked[],
): Promise<Map<string, SaleState>> {
  const now = house.clock.now();
  // In the order of their ids: two that settle the same sales never wait for each other in a circle.
  const { rows } = await sql<LockedSale>`${prepared}
    select id, state, total, currency, tax_calculation is not null as "taxesToRecord" from sale
    where id = any (${asked.map(({ saleId }) => saleId)}::uuid[]) order by id for update`.execute(trx);
  const sales = new Map(rows.map((sale) => [sale.id, sale]));
  const states = new Map(rows.map((sale) => [sale.id, sale.state]));
  const open = asked.filter(({ saleId }) => !["paid", "claimed"].includes(states.get(saleId)!));
  const paid = open.filter(({ checkout }) => checkout.paymentStatus === "paid");
  for (const { saleId, checkout } of paid) refuseOther(sales.get(saleId)!, checkout);
  for (const { saleId, checkout } of open)
    states.set(saleId, paid.some((each) => each.saleId === saleId) ? "paid" : closedOr(checkout));
  const expired = open.map(({ saleId }) => saleId).filter((id) => states.get(id) === "expired");
  if (expired.length > 0)
    await trx.updateTable("sale").set({ state: "expired" }).where("id", "in", expired).execute();
  if (paid.length === 0) return states;

  const ids = paid.map(({ saleId }) => saleId);
  const lines = await linesToSplit(trx, ids);
  await grantRights(trx, house, ids);
  const ring = (those: readonly string[]) => those.map((saleId) => ({ saleId }));
  await enqueueAll(trx, house, "send-receipt", ring(ids));
  await enqueueAll(trx, house, "record-taxes", ring(ids.filter((id) => sales.get(id)!.taxesToRecord)));
  const waiting = paid.filter(({ checkout }) => checkout.balanceTransaction === null);
  await payWithoutFee(trx, now, waiting);
  // Charged in another currency: what it brought is known with the fee, and both entries wait for it (`split-sale`).
  await postAll(
    trx,
    house,
    waiting
      .filter(({ saleId }) => sales.get(saleId)!.currency === settlementCurrency)
      .map(({ saleId, checkout }) => saleEntry(saleId, checkout.chargeId!, lines.get(saleId)!)),
  );
  await enqueueAll(trx, house, "split-sale", ring(waiting.map(({ saleId }) => saleId)));
  // The fee is known already: no second call, no second transaction.
  const brought = paid.flatMap(({ saleId, checkout }) => {
    const { balanceTransaction, chargeId, paymentIntentId, amountRefunded, disputed } = checkout;
    if (!balanceTransaction) return [];
    return {
      ...{ saleId, lines: lines.get(saleId)!, ...broughtBy(saleId, balanceTransaction) },
      ...{ stripeCharge: chargeId!, withSale: true, paid: { at: now, payment: paymentIntentId } },
      ...{ refunded: amountRefunded > 0, disputed },
    };
  });
  await shareOut(trx, house, brought);
  return states;
}

type LockedSale = {
  id: string;
  state: SaleState;
  total: number;
  currency: string;
  taxesToRecord: boolean;
};

const closedOr = ({ state }: Checkout): SaleState => (state === "expired" ? "expired" : "open");

function refuseOther(sale: LockedSale, checkout: Checkout): void {
  if (
    checkout.chargeId === null ||
    checkout.amountTotal !== sale.total ||
    checkout.currency !== sale.currency
  ) {
    throw new Error(
      `sale ${sale.id} of ${sale.total} ${sale.currency} does not match ${checkout.id}: ${checkout.amountTotal} ${checkout.currency}`,
    );
  }
}

/** The sales whose fee is not known yet; the others are marked paid by the statement that splits them. */
async function payWithoutFee(trx: Transaction<DB>, now: Date, waiting: readonly Asked[]): Promise<void> {
  if (waiting.length === 0) return;
  const checkouts = waiting.map(({ checkout }) => checkout);
  await sql`${prepared}
    update sale set state = 'paid', paid_at = ${now}, looked_at = null, stripe_payment = given.payment, stripe_charge = given.charge
    from unnest(${waiting.map(({ saleId }) => saleId)}::uuid[], ${checkouts.map((each) => each.paymentIntentId)}::text[],
      ${checkouts.map((each) => each.chargeId)}::text[]) as given (id, payment, charge)
    where sale.id = given.id`.execute(trx);
}
