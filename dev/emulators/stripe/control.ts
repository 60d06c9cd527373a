// What makes things happen at the double that a shop cannot do by the API: buyers, banks, Stripe's own people, bad luck
// and time. The same verbs are functions in the process and, under /_double/<verb>, POSTs of JSON.
import { z } from "zod";
import { accountNamed, newAccount, setState } from "./accounts.ts";
import type { Api } from "./api.ts";
import { attempt } from "./attempts.ts";
import { adjust, fundsAvailable, takeFee } from "./balance.ts";
import { cardOf } from "./cards.ts";
import { type Charge, chargeNamed, settle } from "./charges.ts";
import { expire, sessionNamed } from "./checkout.ts";
import type { Deliveries, DeliveryMode } from "./deliveries.ts";
import { deposit } from "./deposits.ts";
import { disputeNamed, endDispute, inquire, openDispute } from "./disputes.ts";
import type { Double } from "./double.ts";
import { payOut, payoutFails, payoutNamed } from "./payouts.ts";
import type { recorder } from "./record.ts";
import { refund, refundFails, refundNamed, refundSucceeds } from "./refunds.ts";
import { snapshotOf } from "./snapshot.ts";

export type World = {
  api: Api;
  double: Double;
  deliveries: Deliveries;
  record: ReturnType<typeof recorder>;
  touch(): void;
  reset(): void;
};

const id = z.string().min(1);
const amount = z.int();
/** A charge, named by itself or by the session that it paid. */
const ofSale = { session: id.optional(), charge: id.optional() };
const operation = z.enum(["session", "transfer", "reversal", "refund"]);
const instant = z.iso.datetime({ offset: true });
const mode = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("normal") }),
  z.strictObject({ mode: z.literal("repeat"), times: z.int().min(1) }),
  z.strictObject({ mode: z.literal("shuffle"), seed: z.int() }),
  z.strictObject({ mode: z.literal("hold") }),
  z.strictObject({ mode: z.literal("drop") }),
  z.strictObject({ mode: z.literal("late"), seconds: z.number().positive() }),
]) satisfies z.ZodType<DeliveryMode>;
const faultKind = z.enum([
  "drop_before",
  "drop_after",
  "error_500",
  "rate_limit",
  "lock_timeout",
  "balance_insufficient",
  "account_invalid",
  "idempotency_error",
  "pending",
]);
const accountState = z.enum(["to_complete", "in_review", "active", "restricted", "closed"]);

function chargeOf(
  double: Double,
  sale: { session?: string | undefined; charge?: string | undefined },
): Charge {
  if (sale.charge !== undefined) return chargeNamed(double, sale.charge);
  const { payment_intent } = sessionNamed(double, sale.session ?? "").shown;
  const intent = payment_intent === null ? undefined : double.state.intents[payment_intent];
  return chargeNamed(double, intent?.latest_charge ?? "");
}

const verb = <S extends z.ZodType, R>(schema: S, run: (world: World, input: z.output<S>) => R) => ({
  schema,
  run,
});
const nothing = z.strictObject({});

const VERBS = {
  /** A buyer pays an open session, without a browser. `fee: "later"`: its balance transaction waits for `feeKnown`. */
  pay: verb(
    z.strictObject({
      session: id,
      card: z.string().optional(),
      fee: z.union([z.literal("later"), amount]).optional(),
      settled: amount.optional(),
      email: z.email().optional(),
      /** Of a card that asks for it: whether the buyer confirms. */
      confirms: z.boolean().optional(),
    }),
    ({ double }, input) => {
      const card = cardOf(input.card ?? "accepted");
      if (!card) throw new Error(`no test card is called ${input.card}`);
      const session = sessionNamed(double, input.session);
      const result = attempt(double, session, card, {
        email: input.email ?? "acheteuse@exemple.org",
        authenticated: input.confirms ?? true,
        feeLater: input.fee === "later",
        fee: typeof input.fee === "number" ? input.fee : undefined,
        settled: input.settled,
      });
      return { outcome: result.outcome, charge: result.outcome === "paid" ? result.charge.id : null };
    },
  ),
  /** The balance transaction of a charge appears; in another currency, `settled` is what it brought. */
  feeKnown: verb(
    z.strictObject({ ...ofSale, fee: amount.optional(), settled: amount.optional() }),
    ({ double }, input) => {
      const made = chargeOf(double, input);
      settle(double, made, input);
      return { balanceTransaction: made.balance_transaction };
    },
  ),
  expireSession: verb(z.strictObject({ session: id }), ({ double }, { session }) => {
    expire(double, sessionNamed(double, session));
  }),
  /** Someone refunds in Stripe's dashboard. */
  refund: verb(
    z.strictObject({ ...ofSale, amount: amount.optional(), pending: z.boolean().optional() }),
    ({ double }, input) => ({ refund: refund(double, chargeOf(double, input), input).id }),
  ),
  refundSucceeded: verb(z.strictObject({ refund: id }), ({ double }, input) => {
    refundSucceeds(double, refundNamed(double, input.refund));
  }),
  refundFailed: verb(z.strictObject({ refund: id, reason: z.string().optional() }), ({ double }, input) => {
    refundFails(double, refundNamed(double, input.refund), input.reason);
  }),
  /** The buyer's bank takes the money back, or (`inquiry`) only asks. */
  dispute: verb(
    z.strictObject({
      ...ofSale,
      amount: amount.optional(),
      reason: z.string().optional(),
      inquiry: z.boolean().optional(),
    }),
    ({ double }, input) => {
      const start = input.inquiry ? inquire : openDispute;
      return { dispute: start(double, chargeOf(double, input), input).shown.id };
    },
  ),
  disputeEnds: verb(
    z.strictObject({ dispute: id, how: z.enum(["won", "lost", "inquiry_closed"]) }),
    ({ double }, input) => endDispute(double, disputeNamed(double, input.dispute), input.how),
  ),
  createAccount: verb(
    z.strictObject({
      state: accountState.optional(),
      displayName: z.string().optional(),
      country: z.string().length(2).optional(),
      metadata: z.record(z.string(), z.string()).optional(),
    }),
    ({ double }, { state, displayName, country, metadata }) => {
      const account = newAccount(double, {
        displayName: displayName ?? null,
        metadata: metadata ?? {},
        ...(country !== undefined && { country: country.toLowerCase() }),
      });
      if (state !== undefined) setState(double, account, state);
      return { account: account.id };
    },
  ),
  /** `dueAt`: until when Stripe waits for what it asks; absent: that is over. */
  account: verb(
    z.strictObject({ account: id, state: accountState, dueAt: instant.optional() }),
    ({ double }, input) => {
      const account = accountNamed(double, input.account);
      account.dueAt = input.dueAt ?? null;
      setState(double, account, input.state);
    },
  ),
  /** A connected account is paid out to its owner's bank, which may send it back. */
  deposit: verb(
    z.strictObject({ account: id, amount, fails: z.boolean().optional() }),
    ({ double }, input) => ({ payout: deposit(double, input).id }),
  ),
  /** Whether money that comes in can be sent on at once. */
  funds: verb(
    z.strictObject({ arrive: z.enum(["at_once", "on_request"]).optional(), openingFloat: amount.optional() }),
    ({ double }, input) => {
      if (input.arrive !== undefined) double.state.funds = input.arrive;
      if (input.openingFloat !== undefined) double.state.openingFloat = input.openingFloat;
    },
  ),
  /** What was pending is available, and Stripe says so. */
  fundsAvailable: verb(nothing, ({ double }) => fundsAvailable(double)),
  payout: verb(z.strictObject({ amount: amount.optional() }), ({ double }, input) => {
    const payout = payOut(double, input.amount === undefined ? {} : { amount: input.amount }).shown;
    return { payout: payout.id, amount: payout.amount };
  }),
  payoutFails: verb(z.strictObject({ payout: id }), ({ double }, { payout }) =>
    payoutFails(double, payoutNamed(double, payout)),
  ),
  /** A movement that nothing explains. */
  adjustment: verb(z.strictObject({ amount, description: z.string().optional() }), ({ double }, input) => ({
    balanceTransaction: adjust(double, input.amount, input.description ?? null).id,
  })),
  /** A fee of Stripe's own, or the tax on one: negative, as Stripe lists it. */
  fee: verb(
    z.strictObject({ amount, of: z.enum(["fee", "tax"]), description: z.string().optional() }),
    ({ double }, input) => ({
      balanceTransaction: takeFee(double, input.amount, input.of, input.description ?? null).id,
    }),
  ),
  events: verb(mode, ({ deliveries }, input) => deliveries.setMode(input)),
  /** Held events arrive: one of each named type first, in that order, then the others. */
  deliver: verb(z.strictObject({ order: z.array(z.string()).optional() }), ({ deliveries }, { order }) =>
    deliveries.deliver(order),
  ),
  /** Waits until every event that is due has been sent. */
  settled: verb(nothing, ({ deliveries }) => deliveries.settled()),
  retryNow: verb(nothing, ({ deliveries }) => deliveries.retryNow()),
  webhook: verb(z.strictObject({ url: z.url().nullable() }), ({ double, deliveries }, { url }) => {
    double.state.webhookUrl = url;
    deliveries.resume();
  }),
  fault: verb(
    z.strictObject({
      on: operation,
      fault: faultKind,
      destination: id.optional(),
      times: z.union([z.int().min(1), z.literal("always")]).optional(),
    }),
    ({ double }, input) => {
      double.state.faults.push({ ...input, times: input.times ?? 1 });
    },
  ),
  clearFaults: verb(nothing, ({ double }) => {
    double.state.faults.length = 0;
  }),
  rateLimit: verb(
    z.strictObject({ on: operation, perSecond: z.int().min(1).nullable() }),
    ({ api }, { on, perSecond }) => api.limiter.set(on, perSecond),
  ),
  /** Every answer takes so long (real milliseconds). */
  latency: verb(z.strictObject({ ms: z.number().min(0) }), ({ api }, { ms }) => {
    api.latencyMs = ms;
  }),
  /** Freezes the clock at an instant, or moves a frozen one; what is due on the way happens. */
  clock: verb(
    z.strictObject({
      freeze: instant.optional(),
      to: instant.optional(),
      advanceSeconds: z.number().positive().optional(),
    }),
    ({ double: { clock } }, input) => {
      if (input.freeze !== undefined) clock.freeze(input.freeze);
      if (input.to !== undefined) clock.moveTo(input.to);
      if (input.advanceSeconds !== undefined) clock.moveTo(clock.now() + input.advanceSeconds * 1000);
      return { now: clock.iso() };
    },
  ),
  snapshot: verb(nothing, ({ double }) => snapshotOf(double)),
  exchanges: verb(nothing, ({ record }) => record.lines()),
  reset: verb(nothing, ({ reset }) => reset()),
};

type Verbs = typeof VERBS;
type Arguments<I> = Record<string, never> extends I ? [input?: I] : [input: I];
export type Control = {
  [V in keyof Verbs]: (
    ...input: Arguments<z.input<Verbs[V]["schema"]>>
  ) => Promise<Awaited<ReturnType<Verbs[V]["run"]>>>;
};

/** `undefined` when there is no such verb; throws a ZodError when the input is not what the verb takes. */
export async function control(world: World, name: string, input: unknown): Promise<unknown> {
  if (!Object.hasOwn(VERBS, name)) return undefined;
  const { schema, run } = VERBS[name as keyof Verbs] as {
    schema: z.ZodType;
    run: (w: World, i: unknown) => unknown;
  };
  try {
    return (await run(world, schema.parse(input ?? {}))) ?? {};
  } finally {
    world.touch();
  }
}

export const controlOf = (world: World): Control =>
  Object.fromEntries(
    Object.keys(VERBS).map((name) => [name, (input?: unknown) => control(world, name, input)]),
  ) as unknown as Control;
