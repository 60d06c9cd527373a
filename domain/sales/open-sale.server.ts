import { setTimeout as pause } from "node:timers/promises";
import { type Database, inTransaction } from "#db/connection.ts";
import { StripeFailure } from "#gateways/stripe.ts";
import type { House } from "../house.ts";
import { plainCode } from "../offers/code.ts";
import { Refusal } from "../refusal.ts";
import { type CheckoutWords, checkoutLines } from "./checkout-lines.ts";
import { expireSale } from "./expire-sale.server.ts";
import { linesToTax } from "./price.ts";
import { priceGoodsNow } from "./price-cart.server.ts";
import { linesToCharge } from "./sold-lines.server.ts";
import { type Order, type QuotedTaxes, storeSale } from "./store-sale.server.ts";
import { taxEngine } from "./tax-engines.server.ts";

/** The person waits for the answer: a broken connection is tried again at once, twice, with the same key. */
const pauses = [200, 800];

/**
 * Opens a sale and its payment page. One transaction reads prices, taxes, rules and shares again and pins them; after it, Stripe is
 * asked with the key stored on the sale, so that asking twice opens one page. Returns where the buyer pays.
 * The same `saleId` again answers with the same page. Refuses what `priceGoods` finds (price_changed, work_withdrawn,
 * price_below_minimum, amount_above_maximum, too_many_lines, mixed_currencies), why a coupon takes nothing off (`coupon_…`), `cart_empty`, `nothing_to_pay` (claim it),
 * `session_expired` (that sale is over), and `payment_unavailable` when Stripe does not answer: nothing was charged.
 */
export async function openSale(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe" | "settings">,
  order: Order & {
    /** Where Stripe sends the buyer back; the same for the same sale. */
    urls(saleId: string): { successUrl: string; cancelUrl: string };
    words?: CheckoutWords;
  },
): Promise<{ saleId: string; url: string }> {
  const known = order.saleId === undefined ? undefined : await findOpen(db, house, order.saleId);
  const write = async () => store(db, house, order, await quoteTaxes(db, house, order));
  const saleId =
    known ??
    (await write().catch(async (error: unknown) => {
      // They turned back from a payment page that still reserves their coupon: that page is closed, and they pay here.
      if (!(await freedCoupon(db, house, order, error))) throw error;
      return write();
    }));
  return { saleId, url: await openCheckout(db, house, saleId, order) };
}

/** Whether a coupon was refused as used, and pages that this very buyer left open with it are closed now. */
async function freedCoupon(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  order: Order,
  error: unknown,
): Promise<boolean> {
  if (!(error instanceof Refusal) || !/^coupon_used/.test(error.code) || !order.coupon) return false;
  const left = await db
    .selectFrom("sale")
    .innerJoin("coupon", "coupon.id", "sale.coupon_id")
    .select("sale.id")
    .where("coupon.code", "=", plainCode(order.coupon))
    .where("sale.email", "=", order.email.trim().toLowerCase())
    .where("sale.state", "=", "open")
    .where("sale.stripe_session", "is not", null)
    .limit(5)
    .execute();
  const now = await Promise.all(left.map(({ id }) => expireSale(db, house, { saleId: id })));
  return now.includes("expired");
}

/** Where Stripe reckons the taxes it is asked before the transaction, which checks that what they are of did not change. */
async function quoteTaxes(
  db: Database,
  house: Pick<House, "clock" | "stripe" | "settings">,
  order: Order,
): Promise<QuotedTaxes | null> {
  if (house.settings.taxEngine !== "stripe") return null;
  const goods = await priceGoodsNow(db, { ...order, at: house.clock.now() });
  // What cannot be sold as it is needs no taxes: the transaction says why.
  if (goods.troubles.length > 0) return null;
  const lines = linesToTax(goods);
  const asked = { lines, currency: goods.currency, place: order.place ?? null, at: house.clock.now() };
  try {
    return { lines, quote: await taxEngine(db, house).quote(asked) };
  } catch (error) {
    if (!(error instanceof StripeFailure)) throw error;
    throw Object.assign(new Refusal("payment_unavailable"), { cause: error });
  }
}

async function store(
  db: Database,
  house: Pick<House, "clock">,
  order: Order,
  quoted: QuotedTaxes | null,
): Promise<string> {
  try {
    return (await inTransaction(db, (trx) => storeSale(trx, house, order, "open", quoted))).saleId;
  } catch (error) {
    // The same form sent twice at once: the other one has just written this sale.
    if (order.saleId === undefined || (error as { code?: unknown }).code !== "23505") throw error;
    return (await findOpen(db, house, order.saleId)) ?? order.saleId;
  }
}

async function findOpen(
  db: Database,
  { clock }: Pick<House, "clock">,
  saleId: string,
): Promise<string | undefined> {
  const sale = await db
    .selectFrom("sale")
    .select(["state", "expires_at"])
    .where("id", "=", saleId)
    .executeTakeFirst();
  if (sale && (sale.state !== "open" || sale.expires_at <= clock.now())) throw new Refusal("session_expired");
  return sale && saleId;
}

async function openCheckout(
  db: Database,
  { stripe }: Pick<House, "stripe">,
  saleId: string,
  order: Pick<Parameters<typeof openSale>[2], "urls" | "words">,
): Promise<string> {
  const sale = await db.selectFrom("sale").selectAll().where("id", "=", saleId).executeTakeFirstOrThrow();
  const lines = await linesToCharge(db, saleId);
  const ask = () =>
    stripe.openCheckout(
      {
        lines: checkoutLines(lines, order.words),
        currency: sale.currency,
        locale: sale.locale === "en" ? "en" : "fr",
        email: sale.email,
        reference: saleId,
        transferGroup: `sale_${saleId}`,
        metadata: { sale_id: saleId },
        expiresAt: sale.expires_at,
        ...order.urls(saleId),
      },
      { idempotencyKey: sale.idempotency_key },
    );
  for (let attempt = 0; ; attempt += 1) {
    try {
      const session = await ask();
      await db.updateTable("sale").set({ stripe_session: session.id }).where("id", "=", saleId).execute();
      return session.url;
    } catch (error) {
      if (!(error instanceof StripeFailure)) throw error;
      const wait = error.outcome === "refused" ? undefined : pauses[attempt];
      if (wait !== undefined) {
        await pause(wait);
        continue;
      }
      // Left open: nobody has the address of its page, so it can only expire; the sweep writes that down.
      throw Object.assign(new Refusal("payment_unavailable"), { cause: error });
    }
  }
}
