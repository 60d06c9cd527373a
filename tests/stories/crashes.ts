import type { StripeGateway } from "#gateways/stripe.ts";
import type { FaultName, Operation } from "./format.ts";

/** The worker is killed here: nothing after this instant is done, nothing is caught. */
export class Crash extends Error {}

export type Crashes = {
  on: Operation;
  fault: FaultName;
  account?: string | undefined;
  times: number | "always";
}[];

/** The next crash that this call meets; it then counts one time less. */
function met(
  crashes: Crashes,
  on: Operation,
  matches: (crash: Crashes[number]) => boolean,
): FaultName | undefined {
  const found = crashes.find((crash) => crash.on === on && matches(crash));
  if (!found) return undefined;
  if (found.times !== "always") {
    found.times -= 1;
    if (found.times === 0) crashes.splice(crashes.indexOf(found), 1);
  }
  return found.fault;
}

/**
 * A gateway before or after which the process dies. Dying before the commit of what a call brought, or just after the call, is
 * the same for who looks from outside: Stripe acted, and nothing was written. `crash_after_commit` is not met here: the job ends
 * well and the process dies before it can say so (`diesAfter`).
 */
export function breaking(stripe: StripeGateway, crashes: Crashes): StripeGateway {
  const around = async <T>(on: Operation, call: () => Promise<T>, account?: string): Promise<T> => {
    const here = (crash: Crashes[number]) =>
      crash.fault !== "crash_after_commit" && (crash.account === undefined || crash.account === account);
    const fault = met(crashes, on, here);
    if (fault === "crash_before_call") throw new Crash(`killed before a ${on}`);
    const answer = await call();
    if (fault) throw new Crash(`killed after a ${on}`);
    return answer;
  };
  return {
    ...stripe,
    openCheckout: (input, options) => around("session", () => stripe.openCheckout(input, options)),
    sendTransfer: (input, options) =>
      around("transfer", () => stripe.sendTransfer(input, options), input.destination),
    createRefund: (input, options) => around("refund", () => stripe.createRefund(input, options)),
    reverseTransfer: async (input, options) => {
      const named = crashes.some((crash) => crash.on === "reversal" && crash.account !== undefined);
      const account = named ? (await stripe.fetchTransfer(input.transferId)).destination : undefined;
      return around("reversal", () => stripe.reverseTransfer(input, options), account);
    },
  };
}

/** Which call a job makes. */
const callOf: Record<string, Operation> = {
  "pay-out": "transfer",
  "make-refund": "refund",
  "reverse-transfer": "reversal",
};

/** Whether the process dies between the end of this job and the word that it ended. */
export function diesAfter(job: string, crashes: Crashes): boolean {
  const on = callOf[job];
  return on !== undefined && met(crashes, on, (crash) => crash.fault === "crash_after_commit") !== undefined;
}
