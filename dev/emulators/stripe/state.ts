// Everything the double remembers, as one plain object: what Stripe would keep, by id and in the order of making.
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Account, AccountLink } from "./accounts.ts";
import type { BalanceTransaction } from "./balance.ts";
import type { Charge, PaymentIntent } from "./charges.ts";
import type { Session } from "./checkout.ts";
import type { Timer } from "./clock.ts";
import type { DeliveryMode } from "./deliveries.ts";
import type { Dispute } from "./disputes.ts";
import type { StoredEvent } from "./events.ts";
import type { Fault } from "./faults.ts";
import type { KeptAnswer } from "./idempotency.ts";
import type { Payout } from "./payouts.ts";
import type { Refund } from "./refunds.ts";
import type { TaxCalculation } from "./tax.ts";
import type { TaxTransaction } from "./tax-transactions.ts";
import type { Reversal, Transfer } from "./transfers.ts";

export type ById<T> = Record<string, T>;
export type State = {
  sessions: ById<Session>;
  intents: ById<PaymentIntent>;
  charges: ById<Charge>;
  balanceTransactions: ById<BalanceTransaction>;
  refunds: ById<Refund>;
  transfers: ById<Transfer>;
  reversals: ById<Reversal>;
  disputes: ById<Dispute>;
  payouts: ById<Payout>;
  taxCalculations: ById<TaxCalculation>;
  taxTransactions: ById<TaxTransaction>;
  accounts: ById<Account>;
  links: ById<AccountLink>;
  events: ById<StoredEvent>;
  /** Events that have not reached the shop yet, in the order in which they came up. */
  undelivered: string[];
  deliveryMode: DeliveryMode;
  webhookUrl: string | null;
  keys: ById<KeptAnswer>;
  faults: Fault[];
  timers: Timer[];
  /** Whether money that comes in is available at once, or when the control says so. */
  funds: "at_once" | "on_request";
  /** What the account held before the first sale, in the settlement currency. */
  openingFloat: number;
};

export const emptyState = (): State => ({
  sessions: {},
  intents: {},
  charges: {},
  balanceTransactions: {},
  refunds: {},
  transfers: {},
  reversals: {},
  disputes: {},
  payouts: {},
  taxCalculations: {},
  taxTransactions: {},
  accounts: {},
  links: {},
  events: {},
  undelivered: [],
  deliveryMode: { mode: "normal" },
  webhookUrl: null,
  keys: {},
  faults: [],
  timers: [],
  funds: "at_once",
  openingFloat: 1_000_000,
});

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** Like Stripe's ids: a prefix that says what it is, then letters that say nothing. */
export function newId(prefix: string, length = 24) {
  return `${prefix}_${[...randomBytes(length)].map((byte) => LETTERS[byte % 62]).join("")}`;
}

/** Keeps the state in a file of `dataDir`, written whole beside and then put in place, so that no crash leaves half of one. */
export function openState(dataDir: string | null) {
  const state = emptyState();
  const file = dataDir && join(dataDir, "stripe.json");
  if (file) {
    mkdirSync(dataDir, { recursive: true });
    try {
      Object.assign(state, JSON.parse(readFileSync(file, "utf8")) as State);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT")
        throw new Error(`the Stripe double's state cannot be read: ${file}`, { cause: error });
    }
  }
  let due: NodeJS.Timeout | null = null;
  let pauseMs = 100;
  function save() {
    if (due) clearTimeout(due);
    due = null;
    if (!file) return;
    const began = performance.now();
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
    // The file is written whole: as it grows, it is written less often, and never takes more than a tenth of the time.
    pauseMs = Math.max(100, (performance.now() - began) * 10);
  }
  return {
    state,
    /** Something changed: written soon, many changes at once. */
    touch() {
      if (file && !due) due = setTimeout(save, pauseMs).unref();
    },
    save,
    reset() {
      const { timers, webhookUrl } = state;
      timers.length = 0;
      Object.assign(state, emptyState(), { timers, webhookUrl });
      save();
    },
  };
}
