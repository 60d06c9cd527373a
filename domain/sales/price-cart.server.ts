import type { Database } from "#db/connection.ts";
import { StripeFailure } from "#gateways/stripe.ts";
import type { House } from "../house.ts";
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
  discountBp?: number | undefined;
};

/**
 * The cart as it stands now: works and prices are read again, taxes are those of `place` at `at`, by the engine of this house. What
 * changed since the prices were shown is in `troubles` and, line by line, in `shown`. Where Stripe is to say the taxes and does not
 * answer, there are none yet, and `payment_unavailable` is among the troubles.
 */
export async function priceCartNow(
  db: Database,
  house: Pick<House, "stripe" | "settings">,
  input: CartToPrice,
): Promise<PricedCart> {
  const goods = await priceGoodsNow(db, input);
  const { currency } = goods;
  const asked = { lines: linesToTax(goods), currency, place: input.place ?? null, at: input.at };
  try {
    const { taxes } = await taxEngine(db, house).quote(asked);
    return withTaxes(goods, taxes);
  } catch (error) {
    if (!(error instanceof StripeFailure)) throw error;
    const cart = withTaxes(goods, []);
    return { ...cart, troubles: [...cart.troubles, { code: "payment_unavailable" }] };
  }
}

/** Its goods alone, before tax. */
export async function priceGoodsNow(
  db: Database,
  { lines, discountBp }: Pick<CartToPrice, "lines" | "discountBp">,
): Promise<PricedGoods> {
  const works = await worksForSale(
    db,
    lines.map((line) => line.workId),
  );
  return priceGoods(lines, works, discountBp);
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
