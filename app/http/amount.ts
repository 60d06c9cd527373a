import { z } from "zod";
import { minorDigits } from "#i18n/formats.ts";

/**
 * An amount as people type it, in minor units: « 12,50 », “12.50”, « 12 $ », « 1 234,5 ». Two decimals at most; a comma groups
 * thousands only where a point follows. Null for what is no amount: « 12,555 » is a slip of the finger, not twelve thousand. Of a
 * currency without cents only whole amounts are: « 1 500 ¥ », “1,500”, and nothing after a point.
 */
export function readAmount(typed: string, currency = "cad"): number | null {
  const plain = typed.replace(/[\s\u00a0\u202f$€¥￥]|CA|CAD|JPY/gi, "");
  if (minorDigits(currency) === 0)
    return /^(\d{1,8}|\d{1,3}(?:[,.]\d{3})+)$/.test(plain) ? Number(plain.replace(/\D/g, "")) : null;
  const found = /^(\d{1,6}|\d{1,3}(?:,\d{3})+(?=\.))(?:[.,](\d{1,2}))?$/.exec(plain);
  if (!found) return null;
  const whole = Number((found[1] ?? "").replace(/\D/g, ""));
  return whole * 100 + Number((found[2] ?? "").padEnd(2, "0"));
}

/** A form's field that holds an amount. */
export const amountField = z.string().transform((typed, context) => {
  const amount = readAmount(typed.trim());
  if (amount !== null) return amount;
  context.addIssue({ code: "custom", message: typed.trim() === "" ? "required" : "money" });
  return z.NEVER;
});

/** A field that holds an amount in a currency that is known only later: read it with `readAmount`. */
export const typedAmount = z.string().trim().min(1, "required").max(40, "money");
