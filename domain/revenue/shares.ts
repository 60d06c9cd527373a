import { z } from "zod";

/** Who shares in a work, in the order shown: whole parts, not all 0, each member once. */
export const shareList = z
  .array(z.object({ memberId: z.uuid(), parts: z.int().min(0).max(2_147_483_647) }))
  .min(1)
  .max(1000)
  .refine((list) => list.some((share) => share.parts > 0))
  .refine((list) => new Set(list.map((share) => share.memberId)).size === list.length);

export type ShareList = z.infer<typeof shareList>;

/**
 * Whether a member who accepted `before` need not be asked about `now`: their fraction has not become smaller. Both lists are
 * valid; a member absent from `before` is always asked.
 */
export function keepsAcceptance(before: ShareList, now: ShareList, memberId: string): boolean {
  const of = (list: ShareList) => BigInt(list.find((share) => share.memberId === memberId)?.parts ?? 0);
  const whole = (list: ShareList) => list.reduce((all, share) => all + BigInt(share.parts), 0n);
  const was = before.find((share) => share.memberId === memberId);
  return was !== undefined && of(now) * whole(before) >= of(before) * whole(now);
}
