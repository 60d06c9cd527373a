import type { RefusalCode } from "#i18n/fr/refusals.ts";
import type { Amount } from "../money/amount.ts";

/** A coupon as a cart meets it. */
export type CouponNow = {
  id: string;
  code: string;
  coopName: string;
  /** Exactly one of the two; `amount` in minor units of `currency`. */
  bp: number | null;
  amount: Amount | null;
  currency: string;
  startsAt: Date;
  endsAt: Date | null;
  stoppedAt: Date | null;
  mostUses: number | null;
  mostEach: number | null;
  /** Sales that are not expired: in all, and of this buyer. */
  used: number;
  usedByBuyer: number;
  /** Of the works asked about, those that it is for. */
  covered: string[];
};

/** Why a coupon takes nothing off this cart now; null: it does. */
export function couponTrouble(coupon: CouponNow | null, currency: string, at: Date): RefusalCode | null {
  if (!coupon) return "coupon_unknown";
  if (coupon.stoppedAt !== null || (coupon.endsAt !== null && coupon.endsAt <= at)) return "coupon_over";
  if (coupon.startsAt > at) return "coupon_to_come";
  if (coupon.covered.length === 0 || (coupon.amount !== null && coupon.currency !== currency))
    return "coupon_elsewhere";
  if (coupon.mostUses !== null && coupon.used >= coupon.mostUses) return "coupon_used_up";
  if (coupon.mostEach !== null && coupon.usedByBuyer >= coupon.mostEach) return "coupon_used_by_you";
  return null;
}
