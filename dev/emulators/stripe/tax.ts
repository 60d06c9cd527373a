// Stripe Tax, as far as the shop uses it (docs: "Calculate tax", "Tax transactions"; types of the package). The rates are a few, of
// Canada and France; elsewhere nothing is collected, as where an account has no registration.
import { z } from "zod";
import type { Call, Double, Routes } from "./double.ts";
import { listOf } from "./lists.ts";
import { currency, expand, integer, page, read, text } from "./parameters.ts";
import { missing, Refusal, wrongParameter } from "./refusal.ts";
import { newId } from "./state.ts";

type TaxType = "gst" | "qst" | "hst" | "vat";
type Rate = { type: TaxType; percent: string; name: string; level: "country" | "state" };
const gst: Rate = { type: "gst", percent: "5.0", name: "GST", level: "country" };
const hst = (percent: string): Rate => ({ type: "hst", percent, name: "HST", level: "country" });
const canada: Record<string, Rate[]> = {
  QC: [gst, { type: "qst", percent: "9.975", name: "QST", level: "state" }],
  ON: [hst("13.0")],
  NS: [hst("14.0")],
  NB: [hst("15.0")],
  NL: [hst("15.0")],
  PE: [hst("15.0")],
};
/** A downloaded book is not taxed as the rest. */
const books = "txcd_10302000";

function ratesOf({ country, state }: { country: string; state?: string | undefined }, code: string): Rate[] {
  if (country === "CA") return (state && canada[state]) || [gst];
  if (country === "FR")
    return [{ type: "vat", percent: code === books ? "5.5" : "20.0", name: "VAT", level: "country" }];
  return [];
}

function halfUp(amount: number, percent: string): number {
  const [units = "", decimals = ""] = percent.split(".");
  const scale = 100n * 10n ** BigInt(decimals.length);
  return Number((2n * BigInt(amount) * BigInt(units + decimals) + scale) / (2n * scale));
}

const lineParameters = z.strictObject({
  amount: integer,
  reference: text,
  tax_behavior: z.enum(["exclusive"]).optional(),
  tax_code: z
    .string()
    .regex(/^txcd_\d{8}$/, "Invalid tax code")
    .optional(),
  quantity: integer.optional(),
});
const calculateParameters = z.strictObject({
  currency,
  customer_details: z.strictObject({
    address: z.strictObject({
      country: z.string().regex(/^[A-Z]{2}$/),
      state: text.optional(),
      postal_code: text.optional(),
    }),
    address_source: z.enum(["billing", "shipping"]),
  }),
  line_items: z.array(lineParameters).min(1),
  expand,
});
type Asked = z.output<typeof calculateParameters>;

const DAY = 86_400;
const emptyAddress = { city: null, line1: null, line2: null, postal_code: null, state: null };

/** What one rate takes of a line; of nothing collected, why. */
type Levy = {
  amount: number;
  jurisdiction: { country: string; display_name: string; level: Rate["level"]; state: string | null };
  sourcing: "destination";
  tax_rate_details: { display_name: string; percentage_decimal: string; tax_type: TaxType } | null;
  taxability_reason: "standard_rated" | "not_collecting";
  taxable_amount: number;
};

function newLine(asked: Asked["line_items"][number], address: Asked["customer_details"]["address"]) {
  const tax_code = asked.tax_code ?? "txcd_10000000";
  const rates = ratesOf(address, tax_code);
  const jurisdiction = (level: Rate["level"]) => ({
    country: address.country,
    display_name: level === "state" ? (address.state ?? address.country) : address.country,
    level,
    state: level === "state" ? (address.state ?? null) : null,
  });
  const levied = rates.map(
    ({ type, percent, name, level }): Levy => ({
      amount: halfUp(asked.amount, percent),
      jurisdiction: jurisdiction(level),
      sourcing: "destination",
      tax_rate_details: { display_name: name, percentage_decimal: percent, tax_type: type },
      taxability_reason: "standard_rated",
      taxable_amount: asked.amount,
    }),
  );
  const nothing: Levy = {
    amount: 0,
    jurisdiction: jurisdiction("country"),
    sourcing: "destination",
    tax_rate_details: null,
    taxability_reason: "not_collecting",
    taxable_amount: 0,
  };
  return {
    shown: {
      id: newId("tax_li", 14),
      object: "tax.calculation_line_item" as const,
      amount: asked.amount,
      amount_tax: levied.reduce((sum, each) => sum + each.amount, 0),
      livemode: false,
      metadata: null,
      performance_location: null,
      product: null,
      quantity: asked.quantity ?? 1,
      reference: asked.reference,
      tax_behavior: "exclusive" as const,
      tax_code,
    },
    breakdown: levied.length > 0 ? levied : [nothing],
  };
}

function newCalculation(double: Double, asked: Asked) {
  const now = double.clock.seconds();
  const { address, address_source } = asked.customer_details;
  const lines = asked.line_items.map((line) => newLine(line, address));
  const tax = lines.reduce((sum, { shown }) => sum + shown.amount_tax, 0);
  const byRate = new Map<string, { amount: number; taxable_amount: number; of: Levy }>();
  for (const each of lines.flatMap(({ breakdown }) => breakdown)) {
    const key = JSON.stringify(each.tax_rate_details);
    const before = byRate.get(key);
    byRate.set(key, {
      amount: (before?.amount ?? 0) + each.amount,
      taxable_amount: (before?.taxable_amount ?? 0) + each.taxable_amount,
      of: each,
    });
  }
  return {
    lines,
    shown: {
      id: newId("taxcalc"),
      object: "tax.calculation" as const,
      amount_total: lines.reduce((sum, { shown }) => sum + shown.amount, 0) + tax,
      currency: asked.currency,
      customer: null,
      customer_details: {
        address: { ...emptyAddress, ...address },
        address_source,
        ip_address: null,
        tax_ids: [],
        taxability_override: "none" as const,
      },
      expires_at: now + 90 * DAY,
      livemode: false,
      ship_from_details: null,
      shipping_cost: null,
      tax_amount_exclusive: tax,
      tax_amount_inclusive: 0,
      tax_breakdown: [...byRate.values()].map(({ amount, taxable_amount, of }) => ({
        amount,
        inclusive: false,
        tax_rate_details: {
          country: of.jurisdiction.country,
          flat_amount: null,
          percentage_decimal: of.tax_rate_details?.percentage_decimal ?? "0.0",
          rate_type: of.tax_rate_details ? ("percentage" as const) : null,
          state: of.jurisdiction.state,
          tax_type: of.tax_rate_details?.tax_type ?? null,
        },
        taxability_reason: of.taxability_reason,
        taxable_amount,
      })),
      tax_date: now,
    },
  };
}
export type TaxCalculation = ReturnType<typeof newCalculation>;

export const calculationNamed = (double: Double, id: string): TaxCalculation => {
  const found = double.state.taxCalculations[id];
  if (!found) throw missing("tax calculation", id);
  return found;
};

/** A list in the order of the lines, as the API gives it; `breakdown`: with what is only shown when asked. */
function linesOf(calculation: TaxCalculation, breakdown: boolean) {
  return calculation.lines.map((line) =>
    breakdown ? { ...line.shown, tax_breakdown: line.breakdown } : line.shown,
  );
}

function calculate(double: Double, { input }: Call) {
  const asked = read(calculateParameters, input);
  const negative = asked.line_items.findIndex(({ amount }) => amount < 0);
  if (negative >= 0)
    throw wrongParameter(undefined, `line_items[${negative}][amount]`, "Amounts must not be negative.");
  const references = new Set(asked.line_items.map(({ reference }) => reference));
  if (references.size < asked.line_items.length)
    throw wrongParameter(undefined, "line_items", "Each line needs a reference of its own.");
  const calculation = newCalculation(double, asked);
  double.state.taxCalculations[calculation.shown.id] = calculation;
  const paths = asked.expand ?? [];
  const known = ["line_items", "line_items.data.tax_breakdown"];
  if (paths.some((path) => !known.includes(path)))
    throw new Refusal(400, "This property cannot be expanded.", { param: "expand", kept: false });
  if (paths.length === 0) return calculation.shown;
  const all = linesOf(calculation, paths.includes("line_items.data.tax_breakdown"));
  const url = `/v1/tax/calculations/${calculation.shown.id}/line_items`;
  const line_items = { object: "list" as const, data: all.slice(0, 10), has_more: all.length > 10, url };
  return { ...calculation.shown, line_items };
}

const pageParameters = z.strictObject(page);

export const taxRoutes: Routes = {
  "POST /v1/tax/calculations": calculate,
  "GET /v1/tax/calculations/:id/line_items": (double, { ids, input }) => {
    const asked = read(pageParameters, input);
    const calculation = calculationNamed(double, ids.id ?? "");
    const all = linesOf(calculation, asked.expand?.includes("data.tax_breakdown") ?? false);
    // Newest first is what lists are; lines are told in their order.
    return listOf(all.toReversed(), `/v1/tax/calculations/${calculation.shown.id}/line_items`, asked);
  },
};
