// The form of a story (docs/money.md): what is there, what happens, what must come of it.

export type AccountState = "none" | "active" | "restricted" | "closed";
export type StoryRule = { id: string; coop: string; from: string; voted: string | null; steps: unknown };
export type StoryShares = { member: string; parts: number }[];
export type StoryWork = {
  id: string;
  coop: string;
  price?: number;
  min?: number;
  currency?: string;
  shares: StoryShares;
  expenses?: number;
};
export type StoryLine = { work: string; quantity?: number; price?: number };

export type FaultName =
  | "drop_before"
  | "drop_after"
  | "error_500"
  | "rate_limit"
  | "lock_timeout"
  | "crash_before_call"
  | "crash_after_call"
  | "crash_before_commit"
  | "crash_after_commit"
  | "balance_insufficient"
  | "account_invalid"
  | "idempotency_error"
  | "pending"
  | "none";
export type Operation = "session" | "transfer" | "reversal" | "refund";

export type Step =
  | {
      do: "checkout";
      sale: string;
      lines: StoryLine[];
      place?: string;
      coupon?: { bp: number };
      card?: "foreign";
    }
  | { do: "claim"; sale: string; lines: StoryLine[] }
  | { do: "pay"; sale: string; fee?: "later"; returns?: true }
  | { do: "fee_known"; sale: string; fee?: number; settled?: number }
  | { do: "refund"; refund: string; sale: string; lines?: number[]; amount?: number; by?: "stripe" }
  | { do: "refund_failed"; refund: string }
  | { do: "refund_succeeded"; refund: string }
  | {
      do: "dispute";
      dispute: string;
      status: "opened" | "inquiry" | "won" | "lost" | "inquiry_closed";
      sale?: string;
      amount?: number;
    }
  | { do: "account"; member?: string; coop?: string; state: AccountState; new?: true }
  | { do: "rule"; rule: StoryRule }
  | {
      do: "work";
      work: string;
      price?: number;
      min?: number;
      shares?: StoryShares;
      from?: string;
      expenses?: number;
      withdrawn?: true;
    }
  | { do: "clock"; to: string }
  | { do: "events"; mode: "normal" | "repeat" | "shuffle" | "hold" | "drop"; times?: number; seed?: number }
  | { do: "deliver"; order: string[] }
  | { do: "fault"; on: Operation; fault: FaultName; destination?: string; times?: number | "always" }
  | { do: "available" }
  | { do: "payout"; payout: string; amount?: number }
  /** The bank sends it back; a step of our own. */
  | { do: "payout_failed"; payout: string }
  | { do: "adjustment"; adjustment: string; amount: number }
  /** Only where the database may be struck: all its connections are cut at the nth statement of the work that follows. */
  | { do: "cut"; statements: number; answer: "none" | "lost" }
  /** PostgreSQL is stopped and started again, between two steps. */
  | { do: "restart" }
  | {
      do: "close_year";
      coop: string;
      year: number;
      surplus: number;
      reserve_bp: number;
      non_member_bp?: number;
      patronage?: { member: string; amount: number }[];
    }
  | { do: "unclaimed"; member: string; notice: boolean }
  /** These three are steps of our own. */
  | { do: "reclaim"; member: string }
  | { do: "outside_payment"; member: string; amount: number; reference: string }
  | { do: "write_off"; coop: string; member: string; amount?: number }
  | { do: "at_once"; steps: Step[] };

export type EntryShown = { key: string; kind: string; sale?: string; postings: Record<string, number> };
export type TransferShown = { sale?: string; destination: string; amount: number; reversed: number };
export type RefusalShown = { about: string; code: string };
export type Sections = {
  entries: EntryShown[];
  transfers: TransferShown[];
  balances: Record<string, number>;
  rights: Record<string, number>;
  refusals: RefusalShown[];
};

export type Story = {
  name: string;
  title: string;
  start: string;
  currency: string;
  coops: { id: string; account: "platform" | AccountState }[];
  members: { id: string; account: AccountState; threshold?: number }[];
  rules: StoryRule[];
  works: StoryWork[];
  taxes: { id: string; place: string; percent: string }[];
  steps: Step[];
  expect?: Partial<Sections>;
};

/** A step of the conventions that the house does not do yet. */
export class NotYet extends Error {}

const known = new Set<Step["do"]>([
  "checkout",
  "claim",
  "pay",
  "fee_known",
  "refund",
  "refund_failed",
  "refund_succeeded",
  "dispute",
  "account",
  "rule",
  "work",
  "clock",
  "events",
  "deliver",
  "fault",
  "available",
  "payout",
  "payout_failed",
  "adjustment",
  "cut",
  "restart",
  "close_year",
  "unclaimed",
  "reclaim",
  "outside_payment",
  "write_off",
  "at_once",
]);

/** Reads a story; throws where it is none, or `NotYet` where it needs what the house does not do yet. */
export function readStory(text: string): Story {
  const story = JSON.parse(text) as Story;
  for (const list of ["coops", "members", "rules", "works", "taxes", "steps"] as const) {
    if (!Array.isArray(story[list])) throw new Error(`no story: ${list} is missing`);
  }
  const walk = (steps: readonly Step[]) => {
    for (const step of steps) {
      if (!known.has(step.do)) throw new NotYet(`the step "${step.do}" is not played yet`);
      if (step.do === "at_once") walk(step.steps);
    }
  };
  walk(story.steps);
  return story;
}
