import { join } from "node:path";
import { v7 } from "uuid";
import { inTransaction } from "#db/connection.ts";
import { type StripeDouble, startStripe } from "#dev/emulators/stripe/server.ts";
import { adoptRule } from "#domain/governance/adopt-rule.server.ts";
import { proposeRule } from "#domain/governance/propose-rule.server.ts";
import type { House } from "#domain/house.ts";
import { Refusal } from "#domain/refusal.ts";
import { setShares } from "#domain/revenue/set-shares.server.ts";
import { receiveStripeEvent } from "#domain/sales/receive-stripe-event.server.ts";
import { realClock, type SetClock, setClock } from "#gateways/clock.ts";
import { createStripe } from "#gateways/stripe.ts";
import { freshDatabase, type ScratchDatabase } from "#tests/database.ts";
import { breaking, type Crashes } from "./crashes.ts";
import type { AccountState, RefusalShown, Story, StoryWork } from "./format.ts";

const apiKey = "sk_test_histoire";
const webhookSecret = "whsec_histoire";

/** A story on its stage: a scratch database, a fresh double, a clock that stands still, and who is who. */
export type Stage = {
  story: Story;
  database: ScratchDatabase;
  db: ScratchDatabase["db"];
  house: House;
  clock: SetClock;
  double: StripeDouble;
  crashes: Crashes;
  coops: Map<string, string>;
  members: Map<string, { id: string; personId: string }>;
  works: Map<string, string>;
  /** Label of a sale → its id; those refused before they were sales are absent. */
  sales: Map<string, { id: string; card?: "foreign" | undefined }>;
  /** Label of a refund → ours, or Stripe's where it was made in the dashboard. */
  refunds: Map<string, { ours: string } | { stripe: string }>;
  /** Label of a dispute → Stripe's id. */
  disputes: Map<string, string>;
  /** Label of a payout of the platform, and of an adjustment → Stripe's id. */
  payouts: Map<string, string>;
  adjustments: Map<string, string>;
  /** Stripe account → label: `dan`, then `dan#2`. */
  accounts: Map<string, string>;
  /** Sale → when its balance transaction appeared at Stripe. */
  feeKnownAt: Map<string, Date>;
  refusals: RefusalShown[];
  /** How often the worker was killed. */
  crashed: number;
  /** What people will try again when the clock has moved. */
  again: (() => Promise<void>)[];
  close(): Promise<void>;
};

/** `real`: once the stage is set, house and double go by the machine's clock, for tests with processes of their own. */
export async function setStage(
  story: Story,
  { real = false, database }: { real?: boolean; database?: ScratchDatabase } = {},
): Promise<Stage> {
  return raise(story, real, database ?? (await freshDatabase({ max: 8 })));
}

async function raise(story: Story, real: boolean, database: ScratchDatabase): Promise<Stage> {
  const clock = setClock(story.start);
  const { db } = database;
  // Histories are held to the contract one by one, in the process that plays them.
  const records = database.underFire ? undefined : recordsOf(story);
  // Filled once the double, which needs it to deliver its events, has started.
  let house: House | undefined;
  const double = await startStripe({
    apiKey,
    webhookSecret,
    clock: real ? "real" : { at: story.start },
    currency: story.currency,
    ...(records ? { record: records } : {}),
    receiver: async (rawBody, signature) => {
      const receive = () => receiveStripeEvent(db, house!, { rawBody, signature });
      const receipt = await (database.underFire ? database.underFire(receive) : receive());
      return "received" in receipt ? 200 : 400;
    },
  });
  const crashes: Crashes = [];
  const stripe = createStripe({
    apiKey,
    webhookSecret,
    apiBase: double.url,
    now: () => house!.clock.now(),
    // Where thousands of histories are played one after another, a wire would take a third of the time.
    ...(database.underFire && { fetch: double.fetch }),
  });
  const settings = {
    stripe: { live: false },
    sessionSecret: "s".repeat(32),
    publicUrl: "http://127.0.0.1:3000",
  };
  house = {
    clock,
    queue: database.queue,
    stripe: breaking(stripe, crashes),
    // Letters and files are no part of a story; a verb that touched them would fail here.
    mail: { send: async () => {}, verify: async () => {}, close: () => {} },
    storage: undefined as never,
    settings: settings as House["settings"],
  };
  const stage: Stage = {
    story,
    database,
    db,
    house,
    clock,
    double,
    crashes,
    coops: new Map(),
    members: new Map(),
    works: new Map(),
    sales: new Map(),
    refunds: new Map(),
    disputes: new Map(),
    payouts: new Map(),
    adjustments: new Map(),
    accounts: new Map(),
    feeKnownAt: new Map(),
    refusals: [],
    crashed: 0,
    again: [],
    async close() {
      await double.close();
      await database.close();
    },
  };
  await double.control.events({ mode: "drop" });
  await inTransaction(db, (trx) => fill({ ...stage, db: trx }));
  await double.control.events({ mode: "normal" });
  if (real) stage.house.clock = realClock;
  return stage;
}

/**
 * Where what is said to the double is kept for the check of the contract that ends a run of all tests (`tests/stripe-contract.ts`).
 * Not of a story sold in another currency: the checker adds transfers in the one up against a charge in the other.
 */
function recordsOf(story: Story): string | undefined {
  const folder = process.env.STRIPE_RECORDS;
  if (!folder || story.works.some((work) => (work.currency ?? story.currency) !== story.currency)) return;
  return join(folder, `${slug(story.name)}-${v7()}.jsonl`);
}

const slug = (label: string) => label.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

async function fill(stage: Stage): Promise<void> {
  const { story, db, clock } = stage;
  const start = new Date(story.start);
  for (const coop of story.coops) stage.coops.set(coop.id, v7());
  for (const member of story.members) stage.members.set(member.id, { id: v7(), personId: v7() });
  // Everybody collects the taxes of the story.
  const taxNumbers = JSON.stringify(Object.fromEntries(story.taxes.map(({ id }) => [id, "RT0001"])));
  const coops = story.coops.map((coop) => ({
    id: stage.coops.get(coop.id)!,
    slug: slug(coop.id),
    name: coop.id,
    legal_form: "coop_qc" as const,
    place: "CA-QC",
    money: coop.account === "platform" ? ("platform" as const) : ("own" as const),
    tax_numbers: taxNumbers,
    created_at: start,
  }));
  await db.insertInto("coop").values(coops).execute();
  if (story.members.length > 0) await fillMembers(stage);
  await openAccounts(stage);
  for (const rule of [...story.rules].sort((a, b) => Date.parse(a.voted!) - Date.parse(b.voted!))) {
    clock.set(rule.voted!);
    await adopt(stage, rule);
  }
  clock.set(story.start);
  for (const work of story.works) await addWork(stage, work);
  await db.deleteFrom("tax_rate").execute();
  const taxes = story.taxes.map((tax, i) => ({
    id: v7(),
    code: tax.id,
    place: tax.place,
    percent: tax.percent,
    position: i + 1,
    in_force_from: "2000-01-01",
  }));
  if (taxes.length > 0) await db.insertInto("tax_rate").values(taxes).execute();
}

async function fillMembers({ story, db, coops, members }: Stage): Promise<void> {
  const start = new Date(story.start);
  // A member is of a co-op whose works share with them; one who shares in none is of the first.
  const coopOf = (member: string) =>
    story.works.find((work) => work.shares.some((share) => share.member === member))?.coop ??
    story.coops[0]!.id;
  const people = story.members.map(({ id }) => ({
    id: members.get(id)!.personId,
    email: `${slug(id)}@exemple.org`,
    name: id,
    created_at: start,
  }));
  await db.insertInto("person").values(people).execute();
  const rows = story.members.map(({ id, threshold }) => ({
    id: members.get(id)!.id,
    coop_id: coops.get(coopOf(id))!,
    person_id: members.get(id)!.personId,
    slug: slug(id),
    name: id,
    joined_at: start,
    threshold: threshold ?? 0,
  }));
  await db.insertInto("member").values(rows).execute();
}

/** Proposed now; adopted at its vote where that is known (its result is recorded then, or now where the vote was before). */
export function adopt(stage: Stage, rule: Story["rules"][number]): Promise<void> {
  const coopId = stage.coops.get(rule.coop)!;
  const { id: code, steps } = rule;
  return inTransaction(stage.db, async (trx) => {
    const asked = { coopId, code, steps, inForceFrom: new Date(rule.from), by: null };
    const { ruleId } = await proposeRule(trx, stage.house, asked);
    if (rule.voted === null) return;
    const votedAt = new Date(rule.voted);
    const recorded = votedAt > stage.clock.now() ? setClock(rule.voted) : stage.clock;
    await adoptRule(trx, { clock: recorded }, { coopId, ruleId, votedAt, by: null });
  });
}

async function addWork(stage: Stage, work: StoryWork): Promise<void> {
  const { db, clock } = stage;
  const id = v7();
  stage.works.set(work.id, id);
  const now = clock.now();
  await db
    .insertInto("work")
    .values({
      id,
      coop_id: stage.coops.get(work.coop)!,
      member_id: stage.members.get(work.shares[0]!.member)!.id,
      slug: slug(work.id),
      kind: "book",
      title: work.id,
      price_kind: work.min === undefined ? "fixed" : "open",
      price: work.price ?? work.min ?? 0,
      currency: work.currency ?? stage.story.currency,
      state: "published",
      state_at: now,
      published_at: now,
      created_at: now,
      updated_at: now,
    })
    .execute();
  await share(stage, work.id, work.shares);
  if (work.expenses) await addExpense(stage, work.id, work.expenses);
}

export async function share(
  stage: Stage,
  work: string,
  shares: { member: string; parts: number }[],
  from?: string,
): Promise<void> {
  const list = shares.map((each) => ({ memberId: stage.members.get(each.member)!.id, parts: each.parts }));
  await setShares(stage.db, stage.house, {
    workId: stage.works.get(work)!,
    shares: list,
    ...(from && { from: new Date(from) }),
    // In a story everybody has accepted; what an acceptance changes has its own test.
    accepted: list.map((each) => each.memberId),
  });
}

/** Approved expenses are a total in a story: what is more than the former total is a new expense. */
export async function addExpense(stage: Stage, work: string, total: number): Promise<void> {
  const { db, clock } = stage;
  const workId = stage.works.get(work)!;
  const before = await db.selectFrom("expense").select("amount").where("work_id", "=", workId).execute();
  const amount = total - before.reduce((all, expense) => all + expense.amount, 0);
  if (amount <= 0) return;
  const now = clock.now();
  await db
    .insertInto("expense")
    .values({ id: v7(), work_id: workId, label: "dépenses", amount, approved_at: now, created_at: now })
    .execute();
}

export type Owner = { member: string } | { coop: string };
export const ownerLabel = (owner: Owner) => ("member" in owner ? owner.member : `coop${owner.coop}`);

/** Before the story begins: the accounts are there, each in its state, and nobody heard of how they came. */
async function openAccounts({ story, db, double, clock, ...stage }: Stage): Promise<void> {
  const now = clock.now();
  const owners: { owner: Owner; state: AccountState }[] = [
    ...story.coops.flatMap(({ id, account }) =>
      account === "platform" ? [] : [{ owner: { coop: id }, state: account }],
    ),
    ...story.members.map(({ id, account }) => ({ owner: { member: id }, state: account })),
  ];
  const rows = [];
  for (const { owner, state } of owners) {
    if (state === "none") continue;
    const { account } = await double.control.createAccount({ state, displayName: ownerLabel(owner) });
    rows.push({
      id: v7(),
      member_id: "member" in owner ? stage.members.get(owner.member)!.id : null,
      coop_id: "coop" in owner ? stage.coops.get(owner.coop)! : null,
      stripe_account: account,
      state,
      state_at: now,
      created_at: now,
    });
    nameAccount(stage, owner, account);
  }
  if (rows.length > 0) await db.insertInto("payout_account").values(rows).execute();
}

export function nameAccount(stage: Pick<Stage, "accounts">, owner: Owner, account: string): void {
  if (stage.accounts.has(account)) return;
  const label = ownerLabel(owner);
  const nth =
    [...stage.accounts.values()].filter((known) => known === label || known.startsWith(`${label}#`)).length +
    1;
  stage.accounts.set(account, nth === 1 ? label : `${label}#${nth}`);
}

/** The payout account of a destination's label, the latest; undefined where it has none. */
export function accountOf(stage: Stage, label: string): string | undefined {
  return [...stage.accounts]
    .filter(([, known]) => known === label || known.startsWith(`${label}#`))
    .at(-1)?.[0];
}

/** Runs what may be refused, and keeps the refusal under the label of what was asked. */
export async function asking<T>(stage: Stage, about: string, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // A seller who saves too low a price reads other words than a buyer who names one; it is the same refusal.
    const code = error.code === "price_too_small" ? "price_below_minimum" : error.code;
    stage.refusals.push({ about, code });
    return undefined;
  }
}
