import type { Database } from "#db/connection.ts";
import { StripeFailure } from "#gateways/stripe.ts";
import type { House } from "../house.ts";
import { bundlesAmong } from "../offers/bundle-queries.server.ts";
import { couponTrouble } from "../offers/coupon.ts";
import { findCoupon } from "../offers/coupon-queries.server.ts";
import {
  type AskedLine,
  linesToTax,
  type PricedCart,
  type PricedGoods,
  priceGoods,
  type WorkForSale,
  withTaxes,
} from "./price.ts";
import { taxEngine } from "./tax-engines.server.ts";

type CartToPrice = {
  lines: readonly AskedLine[];
  /** Whose taxes: ISO 3166-2, as CA-QC; absent: none. */
  place?: string | null | undefined;
  at: Date;
  /** Off the whole cart, whoever sells. */
  discountBp?: number | undefined;
  /** A code as it was typed; what it takes off is of the works that it is for. */
  coupon?: string | null | undefined;
  /** The bundles that the buyer was shown; one that is not sold any more is a trouble. */
  bundleIds?: readonly string[] | undefined;
  /** The buyer's, where it is known: a coupon may be for so many uses of one. */
  email?: string | undefined;
};

/** The goods and the coupon that was applied to them; null: none was asked for, or it takes nothing off, and `troubles` say why. */
type GoodsNow = PricedGoods & { coupon: { id: string; code: string } | null };

/**
 * The cart as it stands now: works and prices are read again, taxes are those of `place` at `at`, by the engine of this house. What
 * changed since the prices were shown is in `troubles` and, line by line, in `shown`. Where Stripe is to say the taxes and does not
 * answer, there are none yet, and `payment_unavailable` is among the troubles.
 * A coupon that takes nothing off is a trouble too: nobody is charged more than they were promised.
 */
export async function priceCartNow(
  db: Database,
  house: Pick<House, "stripe" | "settings">,
  input: CartToPrice,
): Promise<PricedCart & Pick<GoodsNow, "coupon">> {
  const goods = await priceGoodsNow(db, input);
  const { currency } = goods;
  const asked = { lines: linesToTax(goods), currency, place: input.place ?? null, at: input.at };
  try {
    const { taxes } = await taxEngine(db, house).quote(asked);
    return { ...withTaxes(goods, taxes), coupon: goods.coupon };
  } catch (error) {
    if (!(error instanceof StripeFailure)) throw error;
    const cart = withTaxes(goods, []);
    return { ...cart, troubles: [...cart.troubles, { code: "payment_unavailable" }], coupon: goods.coupon };
  }
}

/** Its goods alone, before tax. `reserving`: in the transaction that opens the sale, so that no use of a coupon is given twice. */
export async function priceGoodsNow(
  db: Database,
  asked: Omit<CartToPrice, "place">,
  { reserving = false }: { reserving?: boolean } = {},
): Promise<GoodsNow> {
  const goods = await priceWithCoupon(db, asked, reserving);
  const gone = asked.bundleIds?.some((id) => goods.bundles.every((bundle) => bundle.id !== id));
  return gone ? { ...goods, troubles: [...goods.troubles, { code: "bundle_over" }] } : goods;
}

async function priceWithCoupon(
  db: Database,
  { lines, discountBp, coupon: code, email, at }: Omit<CartToPrice, "place">,
  reserving: boolean,
): Promise<GoodsNow> {
  const workIds = lines.map((line) => line.workId);
  const [works, bundles] = [await worksForSale(db, workIds), await bundlesAmong(db, workIds)];
  if (!code) return { ...priceGoods(lines, works, { bp: discountBp ?? 0 }, bundles), coupon: null };
  const coupon = await findCoupon(db, { code, workIds, email, lock: reserving });
  const currency = works.get(workIds[0] ?? "")?.currency ?? "cad";
  const trouble = couponTrouble(coupon, currency, at);
  if (!coupon || trouble) {
    const goods = priceGoods(lines, works, undefined, bundles);
    return { ...goods, troubles: [...goods.troubles, { code: trouble ?? "coupon_unknown" }], coupon: null };
  }
  const off = coupon.bp === null ? { amount: coupon.amount! } : { bp: coupon.bp };
  const goods = priceGoods(lines, works, { ...off, works: new Set(coupon.covered) }, bundles);
  return { ...goods, coupon: { id: coupon.id, code: coupon.code } };
}

async function worksForSale(db: Database, ids: readonly string[]): Promise<Map<string, WorkForSale>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("work")
    .innerJoin("coop", "coop.id", "work.coop_id")
    .select([
      "work.id",
      "work.coop_id",
      "coop.name as coop_name",
      "work.title",
      "work.slug",
      "work.kind",
      "work.cover_id",
      "coop.tax_numbers",
    ])
    .select(["work.state", "work.price_kind", "work.price", "work.suggested_price", "work.currency"])
    .where("work.id", "in", [...ids])
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        coopId: row.coop_id,
        coopName: row.coop_name,
        title: row.title,
        slug: row.slug,
        kind: row.kind as WorkForSale["kind"],
        coverId: row.cover_id,
        onSale: row.state === "published",
        priceKind: row.price_kind as WorkForSale["priceKind"],
        price: row.price,
        suggestedPrice: row.suggested_price,
        currency: row.currency,
        registered: registrations(row.tax_numbers),
      },
    ]),
  );
}

/** A number that was left blank is none. */
function registrations(numbers: unknown): string[] {
  return Object.entries(numbers as Record<string, unknown>).flatMap(([code, number]) =>
    typeof number === "string" && number.trim() !== "" ? [code] : [],
  );
}
