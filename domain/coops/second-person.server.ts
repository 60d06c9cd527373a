import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import type { Amount } from "../money/amount.ts";
import { Refusal } from "../refusal.ts";

/** What takes two people above an amount; a rule and the amount itself have none. */
export type KindOfAct = "refund" | "write_off" | "outside_payment" | "hand_over" | "adopt_rule" | "limit";

/** The audit's word for each, by which what somebody did alone is found. */
const verbs = {
  refund: "refund-sale",
  write_off: "write-off",
  outside_payment: "record-outside-payment",
  hand_over: "hand-over-unclaimed",
  adopt_rule: "adopt-rule",
  limit: "set-two-people",
} as const satisfies Record<KindOfAct, string>;

const withinMs = 7 * 24 * 3_600_000;

/**
 * The last word of a verb that moves money: refuses `second_person_needed` where the co-op asks for two people, and nobody confirmed this
 * very act (`approvedAs`: its id, confirmed by another and not run yet). `amount`: cents, to which comes what the same person did alone to the
 * same subject within seven days; null: no sum, always for two. `by` null is the house itself, which asks nobody. Of several co-ops
 * the strictest counts.
 */
export async function insistOnSecond(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  act: {
    kind: KindOfAct;
    coopIds: readonly string[];
    subject: string;
    amount: Amount | null;
    by: string | null;
    approvedAs: string | undefined;
  },
): Promise<void> {
  if (act.by === null) return;
  const since = new Date(clock.now().getTime() - withinMs);
  const { rows } = await sql<{ above: number | null; alone: number; approved: boolean }>`
    select (select min(two_people_above) from coop where id = any(${act.coopIds}::uuid[])) as above,
      (select coalesce(sum((after ->> 'amount')::bigint), 0) from audit where person_id = ${act.by}::uuid
        and verb = ${verbs[act.kind]} and subject = ${act.subject} and at > ${since})::int as alone,
      exists (select from money_act where id = ${act.approvedAs ?? null}::uuid and kind = ${act.kind} and subject = ${act.subject}
        and amount is not distinct from ${act.amount}::int and proposed_by = ${act.by}::uuid and decision = 'confirmed'
        and made_id is null) as approved`.execute(trx);
  const { above, alone, approved } = rows[0]!;
  if (approved || above === null || (act.amount !== null && act.amount + alone <= above)) return;
  throw new Refusal("second_person_needed", { amount: act.amount ?? 0 });
}
