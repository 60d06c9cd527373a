import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { type TaxEngine, type TaxRate, tableTaxes, type WorkKind } from "./tax.ts";

/** The engine that this house was set up with (`TAX_ENGINE`). A transaction has the table only: Stripe is never called within one. */
export function taxEngine(db: Database, house: Pick<House, "stripe" | "settings">): TaxEngine {
  return house.settings.taxEngine === "stripe" ? stripeTaxes(house) : taxTable(db);
}

/** Our own effective-dated rates (`db/seeds/tax-rates.sql`, and what a treasurer enters after them). */
export function taxTable(db: Database): TaxEngine {
  return {
    async quote({ lines, place, at }) {
      const rates = await ratesOf(db, place, at);
      return { engine: "table", calculation: null, taxes: lines.map((line) => tableTaxes(line, rates)) };
    },
  };
}

/** A tax changes at midnight where it is levied; the days of Québec serve for all until a co-op sells elsewhere with tax. */
const zone = "America/Toronto";

async function ratesOf(db: Database, place: string | null, at: Date): Promise<TaxRate[]> {
  if (place === null) return [];
  const day = sql<string>`(${at}::timestamptz at time zone ${zone})::date`;
  const rows = await db
    .selectFrom("tax_rate")
    .select(["code", "percent", "kind"])
    .where("place", "=", place)
    .where("in_force_from", "<=", day)
    .where((or) => or.or([or("in_force_until", "is", null), or("in_force_until", ">", day)]))
    .orderBy("position")
    .orderBy("code")
    .execute();
  return rows.map((rate) => ({ ...rate, kind: rate.kind as WorkKind | null }));
}

/** Stripe's codes for what we sell: downloaded, kept for ever (docs.stripe.com/tax/tax-codes). */
const taxCodes: Record<WorkKind, string> = { book: "txcd_10302000", album: "txcd_10401100" };
/** What a tax is called in our books and on receipts; any other keeps Stripe's name. */
const codes: Record<string, string> = { gst: "tps", qst: "tvq", hst: "tvh", pst: "tvp", vat: "tva" };

/** Stripe Tax: it knows the rates of many countries, and collects where the platform's account is registered at Stripe. */
function stripeTaxes({ stripe }: Pick<House, "stripe">): TaxEngine {
  return {
    async quote({ lines, currency, place }) {
      const none = { engine: "stripe" as const, calculation: null, taxes: lines.map(() => []) };
      const charged = lines.filter((line) => line.amount > 0);
      if (place === null || charged.length === 0) return none;
      const [country = "", state] = place.split("-");
      const calculated = await stripe.calculateTax({
        currency,
        country,
        state,
        lines: charged.map(({ workId, kind, amount }) => ({
          reference: workId,
          amount,
          taxCode: taxCodes[kind],
        })),
      });
      const of = new Map(calculated.lines.map((line) => [line.reference, line.taxes]));
      return {
        engine: "stripe",
        calculation: calculated.id,
        taxes: lines.map(({ workId }) =>
          (of.get(workId) ?? []).map(({ type, percent, amount }) => ({
            code: codes[type] ?? type,
            percent,
            amount,
          })),
        ),
      };
    },
  };
}
