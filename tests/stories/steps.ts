import { v7 } from "uuid";
import { isDatabaseAway } from "#db/connection.ts";
import { Refusal as SaidNo } from "#dev/emulators/stripe/refusal.ts";
import { setPrice } from "#domain/catalogue/set-price.server.ts";
import { withdrawWork } from "#domain/catalogue/withdraw-work.server.ts";
import { startOnboarding } from "#domain/payouts/start-onboarding.server.ts";
import { Refusal } from "#domain/refusal.ts";
import { claimFree } from "#domain/sales/claim-free.server.ts";
import { openSale } from "#domain/sales/open-sale.server.ts";
import { refundSale } from "#domain/sales/refund-sale.server.ts";
import { settleSale } from "#domain/sales/settle-sale.server.ts";
import { sweepSales } from "#domain/sales/sweep-sales.server.ts";
import { Crash } from "./crashes.ts";
import { tick } from "./drain.ts";
import type { Step, StoryLine } from "./format.ts";
import {
  accountOf,
  addExpense,
  adopt,
  asking,
  nameAccount,
  type Owner,
  ownerLabel,
  type Stage,
  share,
} from "./stage.ts";
import { adjustment, payout, payoutFailed } from "./steps-stripe.ts";
import { close_year, outside_payment, reclaim, unclaimed, write_off } from "./steps-year.ts";

type Play = { [S in Step as S["do"]]: (stage: Stage, step: S) => Promise<void> };

/** Each step by the real verbs of the house, and by the double's hand where it is the buyer's, the bank's or Stripe's turn. */
const play: Play = {
  async checkout(stage, step) {
    const saleId = v7();
    const open = () =>
      openSale(stage.db, stage.house, {
        saleId,
        email: "acheteuse@exemple.org",
        locale: "fr",
        place: step.place,
        lines: linesOf(stage, step.lines),
        discountBp: step.coupon?.bp,
        urls: (id) => ({
          successUrl: `https://exemple.org/merci/${id}`,
          cancelUrl: "https://exemple.org/panier",
        }),
      });
    const opened = await asking(stage, step.sale, () => again(open));
    if (opened === "later") stage.again.push(() => play.checkout(stage, step));
    else if (opened) stage.sales.set(step.sale, { id: opened.saleId, card: step.card });
  },
  async claim(stage, step) {
    const claimed = await asking(stage, step.sale, () =>
      claimFree(stage.db, stage.house, {
        email: "acheteuse@exemple.org",
        locale: "fr",
        lines: linesOf(stage, step.lines),
      }),
    );
    if (claimed) stage.sales.set(step.sale, { id: claimed.saleId });
  },
  async pay(stage, step) {
    const sale = stage.sales.get(step.sale);
    const session = sale && (await sessionOf(stage, sale.id));
    if (!sale || !session) return;
    const { control } = stage.double;
    const paid = await control.pay({
      session,
      ...(sale.card && { card: sale.card }),
      ...(step.fee && { fee: step.fee }),
    });
    if (paid.outcome === "closed") {
      await asking(stage, step.sale, async () => {
        throw new Refusal("session_expired");
      });
      return;
    }
    if (!step.fee) stage.feeKnownAt.set(sale.id, stage.clock.now());
    // The buyer's browser comes back while Stripe's events arrive.
    if (step.returns)
      await Promise.all([control.settled(), settleSale(stage.db, stage.house, { saleId: sale.id })]);
  },
  async fee_known(stage, step) {
    const sale = stage.sales.get(step.sale);
    const session = sale && (await sessionOf(stage, sale.id));
    const { sessions } = await stage.double.control.snapshot();
    // Never paid: there is no charge whose fee could be known.
    if (!sale || !session || sessions.find((each) => each.id === session)?.status !== "complete") return;
    const { fee, settled } = step;
    await stage.double.control.feeKnown({
      session,
      ...(fee !== undefined && { fee }),
      ...(settled !== undefined && { settled }),
    });
    stage.feeKnownAt.set(sale.id, stage.clock.now());
  },
  async refund(stage, step) {
    const sale = stage.sales.get(step.sale);
    const session = sale && (await sessionOf(stage, sale.id));
    if (!sale || !session) return;
    const { amount } = step;
    if (step.by === "stripe") {
      const made = await atStripe(() => stage.double.control.refund({ session, ...(amount && { amount }) }));
      if (made) stage.refunds.set(step.refund, { stripe: made.refund });
      return;
    }
    const asked = { saleId: sale.id, lines: step.lines, amount, askedBy: null };
    const refund = await asking(stage, step.refund, () => refundSale(stage.db, stage.house, asked));
    if (refund) stage.refunds.set(step.refund, { ours: refund.refundId });
  },
  async refund_failed(stage, step) {
    const refund = await stripeRefundOf(stage, step.refund);
    if (refund) await stage.double.control.refundFailed({ refund });
  },
  async refund_succeeded(stage, step) {
    const refund = await stripeRefundOf(stage, step.refund);
    if (refund) await stage.double.control.refundSucceeded({ refund });
  },
  async dispute(stage, step) {
    const { control } = stage.double;
    if (step.status === "opened" || step.status === "inquiry") {
      const sale = stage.sales.get(step.sale!);
      const session = sale && (await sessionOf(stage, sale.id));
      if (!session) return;
      const { amount } = step;
      const inquiry = step.status === "inquiry";
      const made = await atStripe(() => control.dispute({ session, inquiry, ...(amount && { amount }) }));
      if (made) stage.disputes.set(step.dispute, made.dispute);
      return;
    }
    const dispute = stage.disputes.get(step.dispute);
    const how = step.status;
    if (dispute) await atStripe(() => control.disputeEnds({ dispute, how }));
  },
  async account(stage, step) {
    const owner: Owner = step.member === undefined ? { coop: step.coop! } : { member: step.member };
    const label = ownerLabel(owner);
    let account = accountOf(stage, label);
    if (step.state === "none") {
      // Disconnected: Stripe says that the account is closed to us.
      if (account) await stage.double.control.account({ account, state: "closed" });
      return;
    }
    if (!account || step.new) {
      const id =
        "member" in owner
          ? { memberId: stage.members.get(owner.member)!.id }
          : { coopId: stage.coops.get(owner.coop)! };
      const { stripeAccount } = await startOnboarding(stage.db, stage.house, {
        owner: id,
        email: `${label.toLowerCase()}@exemple.org`,
        displayName: label,
        country: "CA",
        locale: "fr",
        returnUrl: "https://exemple.org/retour",
        refreshUrl: "https://exemple.org/encore",
        replace: step.new ?? false,
      });
      nameAccount(stage, owner, stripeAccount);
      account = stripeAccount;
    }
    await stage.double.control.account({ account, state: step.state });
  },
  async rule(stage, step) {
    await asking(stage, step.rule.id, () => adopt(stage, step.rule));
  },
  async work(stage, step) {
    const workId = stage.works.get(step.work)!;
    const first = stage.story.works.find((work) => work.id === step.work)!.shares[0]!.member;
    const { personId } = stage.members.get(first)!;
    const { price, min, shares, expenses } = step;
    await asking(stage, step.work, async () => {
      if (price !== undefined) {
        const fixed = price === 0 ? { kind: "free" as const } : { kind: "fixed" as const, amount: price };
        await setPrice(stage.db, stage.house, { personId, workId, price: fixed });
      }
      if (min !== undefined) {
        await setPrice(stage.db, stage.house, {
          personId,
          workId,
          price: { kind: "open", floor: min, suggested: null },
        });
      }
      if (shares) await share(stage, step.work, shares, step.from);
      if (expenses !== undefined) await addExpense(stage, step.work, expenses);
      if (step.withdrawn) {
        await withdrawWork(stage.db, stage.house, { personId, workId });
        // The worker's next sweep closes the pages that are open.
        await sweepSales(stage.db, stage.house, { everything: true });
      }
    });
  },
  async clock(stage, step) {
    stage.clock.set(step.to);
    await stage.double.control.clock({ to: step.to });
    for (const ask of stage.again.splice(0)) await ask();
    await tick(stage);
  },
  async events(stage, step) {
    const { control } = stage.double;
    if (step.mode === "repeat") await control.events({ mode: "repeat", times: step.times ?? 2 });
    else if (step.mode === "shuffle") await control.events({ mode: "shuffle", seed: step.seed ?? 1 });
    else await control.events({ mode: step.mode });
  },
  async deliver(stage, step) {
    await stage.double.control.deliver({ order: step.order });
  },
  async fault(stage, step) {
    const { control } = stage.double;
    if (step.fault === "none") {
      stage.crashes.length = 0;
      await control.clearFaults();
      return;
    }
    const destination = step.destination && accountOf(stage, step.destination);
    const times = step.times ?? 1;
    if (step.fault.startsWith("crash_")) {
      stage.crashes.push({ on: step.on, fault: step.fault, account: destination, times });
      return;
    }
    const fault = step.fault as Exclude<typeof step.fault, "none" | `crash_${string}`>;
    await control.fault({ on: step.on, fault, times, ...(destination && { destination }) });
  },
  async available(stage) {
    await stage.double.control.fundsAvailable();
  },
  payout,
  payout_failed: payoutFailed,
  adjustment,
  async cut(stage, { statements, answer }) {
    stage.database.cutAt?.({ statements, answer });
  },
  async restart(stage) {
    await stage.database.restart?.();
  },
  close_year,
  unclaimed,
  reclaim,
  outside_payment,
  write_off,
  async at_once(stage, step) {
    await Promise.all(step.steps.map((each) => playStep(stage, each)));
  },
};

export async function playStep(stage: Stage, step: Step): Promise<void> {
  const run = play[step.do] as (stage: Stage, step: Step) => Promise<void>;
  try {
    await run(stage, step);
  } catch (error) {
    // The database went away in the midst of it: once it is back, the person loads the page again.
    if (!isDatabaseAway(error)) throw error;
    await stage.double.control.settled();
    await run(stage, step);
  }
}

function linesOf(stage: Stage, lines: readonly StoryLine[]) {
  return lines.map(({ work, quantity, price }) => ({ workId: stage.works.get(work)!, quantity, price }));
}

async function sessionOf({ db }: Stage, saleId: string): Promise<string | null> {
  const sale = await db
    .selectFrom("sale")
    .select("stripe_session")
    .where("id", "=", saleId)
    .executeTakeFirst();
  return sale?.stripe_session ?? null;
}

/** What somebody does in Stripe's dashboard, or a bank: undefined where Stripe says no. */
async function atStripe<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof SaidNo) return undefined;
    throw error;
  }
}

/** What Stripe calls a refund: told to us, or known to the double by our id where its answer was lost. */
async function stripeRefundOf(stage: Stage, label: string): Promise<string | undefined> {
  const refund = stage.refunds.get(label);
  if (!refund || "stripe" in refund) return refund?.stripe;
  const { refunds } = await stage.double.control.snapshot();
  return refunds.find((each) => each.metadata.refund_id === refund.ours)?.id;
}

/**
 * A person whose page died, or says that payment is not available, asks again with the same form. "later": five calls have failed,
 * and the person comes back when the clock has moved.
 */
async function again<T>(ask: () => Promise<T>): Promise<T | "later"> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      const busy = error instanceof Refusal && error.code === "payment_unavailable";
      if (!(error instanceof Crash) && !busy) throw error;
      // The house itself has called three times before it says so.
      if (tries >= (busy ? 2 : 5)) return "later";
    }
  }
}
