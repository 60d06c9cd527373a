import type { Transaction } from "kysely";
import { v7 } from "uuid";
import { z } from "zod";
import type { DB } from "#db/schema.ts";
import { rulesInForce } from "../governance/queries.server.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { shareListsInForce } from "../revenue/queries.server.ts";
import type { GiftWish } from "./gift.ts";
import { type AskedLine, linesToTax, type PricedCart, withTaxes } from "./price.ts";
import { priceGoodsNow } from "./price-cart.server.ts";
import { storeGift } from "./store-gift.server.ts";
import type { LineToTax, TaxQuote } from "./tax.ts";
import { taxTable } from "./tax-engines.server.ts";

export type Order = {
  /** Chosen by the form, so that a click repeated is one sale; a new one when absent. */
  saleId?: string | undefined;
  email: string;
  personId?: string | null | undefined;
  locale: "fr" | "en";
  /** Whose taxes: ISO 3166-2, as CA-QC; absent: none. */
  place?: string | null | undefined;
  lines: readonly AskedLine[];
  /** Off the whole cart, whoever sells; in basis points. */
  discountBp?: number | undefined;
  /** The code of a coupon, as it was typed. */
  coupon?: string | null | undefined;
  /** Those that the buyer was shown. */
  bundleIds?: readonly string[] | undefined;
  /** All of it for somebody else. */
  gift?: GiftWish | null | undefined;
};

/** Checkout is open for this long; Stripe wants at least 30 minutes, counted from when the call reaches it. */
const openMinutes = 31;

const address = z.email().max(254);

/** Taxes that were asked for before the transaction, and the lines that they are of. */
export type QuotedTaxes = { lines: readonly LineToTax[]; quote: TaxQuote };

/** A price that moved between the question and the transaction would bear the taxes of another. */
function stillHolds({ lines, quote }: QuotedTaxes, now: readonly LineToTax[]): TaxQuote {
  const same =
    lines.length === now.length &&
    lines.every(({ workId, amount }, i) => workId === now[i]!.workId && amount === now[i]!.amount);
  if (!same) throw new Refusal("price_changed", { title: "" });
  return quote;
}

/**
 * Writes the order down as everything stands at this instant: prices and taxes are read again, and the rule version and the
 * share list in force are pinned on each line. `quoted`: the taxes, where Stripe reckons them. Refuses what `priceGoods` found, and `gift_invalid`. `state` says whether it is to be paid or was free.
 */
export async function storeSale(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  order: Order,
  state: "open" | "claimed",
  quoted?: QuotedTaxes | null,
): Promise<{ saleId: string; cart: PricedCart }> {
  const now = clock.now();
  const saleId = order.saleId ?? v7();
  if (order.lines.length === 0) throw new Refusal("cart_empty");
  const goods = await priceGoodsNow(trx, { ...order, at: now }, { reserving: true });
  const lines = linesToTax(goods);
  const quote = quoted
    ? stillHolds(quoted, lines)
    : await taxTable(trx).quote({ lines, currency: goods.currency, place: order.place ?? null, at: now });
  const cart = withTaxes(goods, quote.taxes);
  const [trouble] = cart.troubles;
  if (trouble) throw new Refusal(trouble.code, trouble.title === undefined ? {} : { title: trouble.title });
  if (state === "open" && cart.total === 0) throw new Refusal("nothing_to_pay");
  if (state === "claimed" && cart.total > 0) throw new Refusal("not_free");

  const sold = cart.lines.map((line) => line.work);
  const rules = await rulesInForce(trx, [...new Set(sold.map((work) => work.coopId))], now);
  const shareLists = await shareListsInForce(
    trx,
    sold.map((work) => work.id),
    now,
  );
  for (const line of cart.lines) {
    const shared = rules.has(line.work.coopId) && shareLists.has(line.work.id);
    // Publishing asks for both; a work that lost one since cannot be sold, for nobody could say whose the money is.
    if (line.amount > 0 && !shared) throw new Refusal("work_withdrawn", { title: line.work.title });
  }

  const email = address.parse(order.email.trim().toLowerCase());
  await trx
    .insertInto("sale")
    .values({
      id: saleId,
      state,
      email,
      person_id: order.personId ?? null,
      locale: order.locale,
      place: order.place ?? null,
      currency: cart.currency,
      total: cart.total,
      discount_bp: order.discountBp || null,
      coupon_id: goods.coupon?.id ?? null,
      tax_engine: quote.engine,
      tax_calculation: quote.calculation,
      idempotency_key: `checkout:${saleId}`,
      opened_at: now,
      expires_at: new Date(now.getTime() + openMinutes * 60_000),
      paid_at: state === "claimed" ? now : null,
    })
    .execute();
  const giftId = order.gift ? await storeGift(trx, saleId, order.gift, now) : null;
  const written = cart.lines.map((line, i) => ({ id: v7(), position: i + 1, line }));
  await trx
    .insertInto("sale_line")
    .values(
      written.map(({ id, position, line }) => ({
        id,
        sale_id: saleId,
        gift_id: giftId,
        bundle_id: line.bundleId,
        position,
        work_id: line.work.id,
        coop_id: line.work.coopId,
        rule_id: rules.get(line.work.coopId)?.id ?? null,
        share_list_id: shareLists.get(line.work.id) ?? null,
        title: line.work.title,
        quantity: line.quantity,
        unit_price: line.unitPrice,
        amount: line.amount,
      })),
    )
    .execute();
  const taxes = written.flatMap(({ id, line }) =>
    line.taxes.map((tax, i) => ({
      sale_line_id: id,
      code: tax.code,
      percent: tax.percent,
      amount: tax.amount,
      position: i + 1,
    })),
  );
  if (taxes.length > 0) await trx.insertInto("sale_line_tax").values(taxes).execute();
  return { saleId, cart };
}
