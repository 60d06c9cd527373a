import { z } from "zod";

const cents = z.int().positive();
const moment = z.iso.datetime({ offset: true });

/** What is kept of a proposal: the very words that its verb will be asked, by kind. Amounts in cents. */
export const actTerms = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("refund"),
    saleId: z.uuid(),
    lines: z.array(z.int().positive()),
    amount: cents,
    reason: z.string(),
    refundId: z.uuid(),
  }),
  z.object({ kind: z.literal("write_off"), memberId: z.uuid(), amount: cents, reason: z.string() }),
  z.object({
    kind: z.literal("outside_payment"),
    memberId: z.uuid(),
    amount: cents,
    paidOn: z.iso.date(),
    reference: z.string(),
  }),
  z.object({ kind: z.literal("hand_over"), memberId: z.uuid(), amount: cents }),
  z.object({
    kind: z.literal("adopt_rule"),
    ruleId: z.uuid(),
    votedAt: moment,
    inForceFrom: moment,
    minutes: z.string(),
  }),
  z.object({ kind: z.literal("limit"), above: z.int().nonnegative().nullable() }),
]);

export type ActTerms = z.infer<typeof actTerms>;

/** To what an act is done, as the audit names it. */
export function subjectOf(terms: ActTerms, coopId: string): string {
  if ("saleId" in terms) return `sale:${terms.saleId}`;
  if ("memberId" in terms) return `member:${terms.memberId}`;
  return "ruleId" in terms ? `rule:${terms.ruleId}` : `coop:${coopId}`;
}

export const amountOf = (terms: ActTerms): number | null => ("amount" in terms ? terms.amount : null);
