import type { Step } from "./format.ts";
import type { Stage } from "./stage.ts";

type Play<S extends Step["do"]> = (stage: Stage, step: Extract<Step, { do: S }>) => Promise<void>;

/** Stripe pays out what the platform has, to its bank. */
export const payout: Play<"payout"> = async (stage, { payout: label, amount }) => {
  const made = await stage.double.control.payout(amount === undefined ? {} : { amount });
  stage.payouts.set(label, made.payout);
};

export const payoutFailed: Play<"payout_failed"> = async (stage, { payout: label }) => {
  await stage.double.control.payoutFails({ payout: stage.payouts.get(label)! });
};

/** Stripe moves something of which nobody of ours knows. */
export const adjustment: Play<"adjustment"> = async (stage, { adjustment: label, amount }) => {
  const description = `Adjustment ${label}`;
  const made = await stage.double.control.adjustment({ amount, description });
  stage.adjustments.set(label, made.balanceTransaction);
};
