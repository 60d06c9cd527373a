import { z } from "zod";
import type { NewCoupon } from "#domain/offers/make-coupon.server.ts";
import { readAmount } from "./amount.ts";
import { dayOf, instantOf } from "./day.ts";

const day = z
  .string()
  .trim()
  .default("")
  .transform((typed, context) => {
    if (typed === "") return null;
    const at = instantOf(typed);
    if (at && typed.length === 10) return at;
    context.addIssue({ code: "custom", message: "invalid" });
    return z.NEVER;
  });
const count = z
  .string()
  .trim()
  .default("")
  .transform((typed, context) => {
    if (typed === "") return null;
    if (/^[1-9]\d{0,5}$/.test(typed)) return Number(typed);
    context.addIssue({ code: "custom", message: "number" });
    return z.NEVER;
  });

/** What a person sends from the page of coupons: a new one, or the end of one. */
export const couponForm = z.discriminatedUnion("act", [
  z.object({
    act: z.literal("make"),
    whose: z.uuid(),
    code: z.string().trim().min(1, "required").max(60, "tooLong"),
    kind: z.enum(["percent", "amount"]),
    value: z.string().trim().min(1, "required").max(20, "tooLong"),
    from: day,
    until: day,
    mostUses: count,
    mostEach: count,
    works: z.array(z.uuid()).max(500).default([]),
  }),
  z.object({ act: z.literal("stop"), coupon: z.uuid() }),
]);

/** The coupon that the form describes; null where its value is no amount and no percentage. The last day is inside. */
export function couponOf(form: Extract<z.output<typeof couponForm>, { act: "make" }>): NewCoupon | null {
  // Both have two decimals: 12,5 % is 1250 basis points, 12,50 $ is 1250 cents.
  const value = readAmount(form.value.replace("%", ""));
  if (value === null) return null;
  return {
    code: form.code,
    off: form.kind === "percent" ? { bp: value } : { amount: value },
    startsAt: form.from,
    endsAt: form.until && instantOf(dayOf(form.until, 1)),
    mostUses: form.mostUses,
    mostEach: form.mostEach,
    workIds: form.works,
  };
}
