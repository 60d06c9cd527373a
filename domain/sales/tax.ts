import type { Amount } from "../money/amount.ts";
import { percentHalfUp } from "../money/percent.ts";

export type WorkKind = "book" | "album";
/** `percent` as it is published: "9.975". `kind`: of what the tax is levied; null: of everything. */
export type TaxRate = { code: string; percent: string; kind: WorkKind | null };
export type Tax = { code: string; percent: string; amount: Amount };

export type LineToTax = {
  workId: string;
  kind: WorkKind;
  /** The taxes for which the seller gave a number: who is not registered for a tax may not collect it. */
  registered: readonly string[];
  /** After discount, before tax. */
  amount: Amount;
};

/** The taxes of each line, in the order of the lines, and who reckoned them. */
export type TaxQuote = {
  engine: "table" | "stripe";
  /** Stripe's calculation, to be written down when paid; null where there is none. */
  calculation: string | null;
  taxes: Tax[][];
};

/**
 * Who says what taxes a cart bears: our own table of rates, or Stripe Tax. `place`: the buyer's, ISO 3166-2 as CA-QC; null: no place of
 * ours, no tax. The same cart, place and instant give the same taxes.
 */
export interface TaxEngine {
  quote(asked: {
    lines: readonly LineToTax[];
    currency: string;
    place: string | null;
    at: Date;
  }): Promise<TaxQuote>;
}

/** Each tax of a line by the table: half up(amount × rate), after discount, in the order of the rates. */
export function tableTaxes(line: LineToTax, rates: readonly TaxRate[]): Tax[] {
  return rates
    .filter(({ code, kind }) => (kind === null || kind === line.kind) && collects(line.registered, code))
    .map(({ code, percent }) => ({ code, percent, amount: percentHalfUp(line.amount, percent) }));
}

/** Canada gives one number for its TPS and for the TVH of the provinces that joined the two. */
function collects(registered: readonly string[], code: string): boolean {
  return registered.includes(code) || (code === "tvh" && registered.includes("tps"));
}
