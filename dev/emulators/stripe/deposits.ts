// Deposits of connected accounts at their owners' banks: payouts of theirs, not of the platform. Their balance is not kept.
import { accountInvalid, accountNamed } from "./accounts.ts";
import type { Double } from "./double.ts";
import { newPayout, type Payout } from "./payouts.ts";

/** A connected account is paid out to its owner's bank, which takes the money or sends it back. */
export function deposit(
  double: Double,
  { account, amount, fails = false }: { account: string; amount: number; fails?: boolean | undefined },
): Payout["shown"] {
  const owner = accountNamed(double, account);
  const { shown } = newPayout(double, { amount, automatic: true });
  owner.deposits = [...(owner.deposits ?? []), shown];
  double.emit("payout.created", shown, { account });
  if (fails) {
    Object.assign(shown, {
      status: "failed",
      failure_code: "account_closed",
      failure_message: "The bank account has been closed.",
    });
    double.emit("payout.failed", shown, { account });
  } else double.emit("payout.paid", shown, { account });
  return shown;
}

/** Those of a connected account, for who calls in its name (`Stripe-Account`). */
export function depositsOf(double: Double, account: string): Payout["shown"][] {
  const owner = double.state.accounts[account];
  if (!owner || owner.state === "closed") throw accountInvalid(account);
  return owner.deposits ?? [];
}
