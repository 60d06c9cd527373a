import type { ShownCoupon } from "#app/components/coupon-room.tsx";
import type { CouponRow } from "#domain/offers/coupon-queries.server.ts";

/** A coupon as its page shows it at this instant. */
export function shownCoupon(row: CouponRow, now: Date): ShownCoupon {
  const state =
    row.stoppedAt !== null
      ? "stopped"
      : row.endsAt !== null && row.endsAt <= now
        ? "over"
        : row.startsAt > now
          ? "toCome"
          : row.mostUses !== null && row.used >= row.mostUses
            ? "usedUp"
            : "on";
  const { id, code, memberName, bp, amount, currency, startsAt, mostUses, mostEach, used, given, works } =
    row;
  const lastDay = row.endsAt && new Date(row.endsAt.getTime() - 1);
  const facts = { id, code, memberName, bp, amount, currency, startsAt, lastDay, mostUses, mostEach };
  return { ...facts, used, given, works, state };
}
