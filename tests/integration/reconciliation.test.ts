import { v7 } from "uuid";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { House } from "#domain/house.ts";
import { accounts } from "#domain/ledger/account.ts";
import { post } from "#domain/ledger/post.server.ts";
import { askReconciliation } from "#domain/reconciliation/ask-reconciliation.server.ts";
import { compareBalances } from "#domain/reconciliation/compare-balances.server.ts";
import { explainDifference } from "#domain/reconciliation/explain-difference.server.ts";
import { followPayout } from "#domain/reconciliation/follow-payout.server.ts";
import { findBankPayout, reconciliationFor } from "#domain/reconciliation/queries.server.ts";
import { reconcile } from "#domain/reconciliation/reconcile.server.ts";
import { refundSale } from "#domain/sales/refund-sale.server.ts";
import { settleSale } from "#domain/sales/settle-sale.server.ts";
import { officeFigures } from "#domain/transparency/office-queries.server.ts";
import type { Letter } from "#gateways/mail.ts";
import { StripeFailure } from "#gateways/stripe.ts";
import { brokenChecks } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { sendDifferences } from "#workers/tasks/send-differences.ts";
import { advance, open, openMarket, pay, sell } from "./market.ts";

const float = 1_000_000;
let stage: Stage;
const keeper = { treasurer: v7(), admin: v7(), elsewhere: v7() };

beforeEach(async () => {
  stage = await openMarket();
  const at = stage.clock.now();
  const person = (id: string, email: string, locale: "fr" | "en") => ({ id, email, locale, created_at: at });
  await stage.db
    .insertInto("person")
    .values([
      person(keeper.treasurer, "tresorerie@a.coop", "fr"),
      person(keeper.admin, "admin@a.coop", "en"),
      person(keeper.elsewhere, "tresorerie@b.coop", "fr"),
    ])
    .execute();
  const role = (coop: string, person_id: string, role: string) => ({
    coop_id: stage.coops.get(coop)!,
    person_id,
    role,
    granted_at: at,
  });
  await stage.db
    .insertInto("coop_role")
    .values([
      role("A", keeper.treasurer, "treasurer"),
      role("A", keeper.admin, "admin"),
      role("B", keeper.elsewhere, "treasurer"),
    ])
    .execute();
});
afterEach(async () => {
  expect(await brokenChecks(stage.db)).toEqual([]);
  await stage.close();
});

/** A run, and what it rings. */
async function run(over: Partial<House["stripe"]> = {}): Promise<void> {
  await reconcile(stage.db, { ...stage.house, stripe: { ...stage.house.stripe, ...over } }, {});
  await drain(stage);
}
const shown = async () => (await reconciliationFor(stage.db, stage.house, keeper.treasurer))!;
const adjust = (amount: number, description = "Stripe says so") =>
  stage.double.control.adjustment({ amount, description });
const entriesOf = (kind: string) =>
  stage.db.selectFrom("entry").select(["id", "key", "stripe_object"]).where("kind", "=", kind).execute();
async function balanceOf(account: string): Promise<number> {
  const rows = await stage.db.selectFrom("posting").select("amount").where("account", "=", account).execute();
  return rows.reduce((sum, { amount }) => sum + amount, 0);
}

it("gives every movement of a sale its entry, and finds the books equal to Stripe's to the cent", async () => {
  const saleId = await sell(stage, ["L1", "M1"], { place: "CA-QC" });
  await run();
  const moved = await stage.db
    .selectFrom("balance_transaction")
    .leftJoin("entry", "entry.id", "balance_transaction.entry_id")
    .select(["balance_transaction.type", "entry.kind", "entry.sale_id"])
    .execute();
  expect(moved.map(({ type, kind }) => `${type} ${kind}`).sort()).toEqual([
    "charge split",
    ...Array<string>(7).fill("transfer transfer"),
  ]);
  expect(moved.every(({ sale_id }) => sale_id === saleId)).toBe(true);
  const { comparison, open, waiting, last } = await shown();
  expect(comparison).toMatchObject({ opening: float, difference: 0, sales: 0, toCome: 0 });
  expect(comparison!.available + comparison!.pending).toBe(float + comparison!.inBooks);
  expect({ open, waiting }).toEqual({ open: [], waiting: 0 });
  expect(last).toMatchObject({ seen: 8, explained: 8 });
  // Again: nothing new.
  await run();
  expect((await shown()).last).toMatchObject({ seen: 0, explained: 0 });
});

it("knows what is on its way: a fee that is not known, a refund that Stripe keeps waiting", async () => {
  await sell(stage, ["L1"]);
  await run();
  await stage.double.control.events({ mode: "drop" });
  const { saleId } = await open(stage, ["L2"]);
  await pay(stage, saleId, "later");
  await settleSale(stage.db, stage.house, { saleId });
  expect(await compareBalances(stage.db, stage.house)).toMatchObject({ sales: 800, difference: 0 });
});

it("holds what nothing explains in suspense after half a day, and tells each keeper of the platform's books once", async () => {
  await sell(stage, ["L1"]);
  const { balanceTransaction } = await adjust(-1234, "Correction <2026>");
  await advance(stage, 60);
  await run();
  expect(await entriesOf("unexplained")).toEqual([]);
  expect((await shown()).comparison).toMatchObject({ toCome: -1234, difference: 0 });
  await advance(stage, 12 * 60);
  await run();
  await run();
  expect(await entriesOf("unexplained")).toMatchObject([{ stripe_object: balanceTransaction }]);
  expect(await balanceOf(`suspense/${balanceTransaction}`)).toBe(1234);
  const { open, comparison } = await shown();
  expect(comparison).toMatchObject({ toCome: 0, difference: 0 });
  expect(open).toMatchObject([
    { kind: "unexplained", amount: -1234, held: -1234, movement: { description: "Correction <2026>" } },
  ]);
  const alarms = async (personId: string, coop: string) =>
    (await officeFigures(stage.db, stage.house, personId, stage.coops.get(coop)!)).differences;
  expect(await alarms(keeper.treasurer, "A")).toBe(1);
  expect(await alarms(keeper.elsewhere, "A")).toBe(0);
  expect(await alarms(keeper.elsewhere, "B")).toBe(0);
  const { told_in: runId } = await stage.db
    .selectFrom("difference")
    .select("told_in")
    .executeTakeFirstOrThrow();
  const sent: Letter[] = [];
  const house: House = {
    ...stage.house,
    mail: {
      ...stage.house.mail,
      send: async (mail) => {
        sent.push(mail);
      },
    },
  };
  for (const personId of [keeper.treasurer, keeper.treasurer, keeper.admin, keeper.elsewhere])
    await sendDifferences(stage.db, house, { runId: runId!, personId });
  expect(sent.map(({ to }) => to)).toEqual(["tresorerie@a.coop", "admin@a.coop"]);
  expect(sent[0]!.text).toMatch(/-12,34\s\$/);
  expect(sent[0]!.text).toContain("ajustement, «\u00a0Correction <2026>\u00a0»");
  expect(sent[0]!.text).toContain("/bureau/rapprochement");
  expect(sent[0]!.html).toContain("Correction &lt;2026&gt;");
  expect(sent[1]!.subject).toBe("A difference between Stripe and the books");
});

it("holds it once, however many runs there are at once", async () => {
  await sell(stage, ["L1"]);
  await adjust(-1234);
  await advance(stage, 13 * 60);
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => reconcile(stage.db, stage.house, {})));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
  expect(await entriesOf("unexplained")).toHaveLength(1);
  expect(await shown()).toMatchObject({ open: [{ held: -1234 }], comparison: { difference: 0 } });
});

it("lets the treasurer alone say what it was: out of suspense to an account, with the reason, once", async () => {
  await adjust(-1234);
  await advance(stage, 13 * 60);
  await run();
  const { open } = await shown();
  const said = (personId: string) =>
    explainDifference(stage.db, stage.house, {
      personId,
      differenceId: open[0]!.id,
      to: "operating",
      reason: "Frais mensuels",
    });
  await expect(said(keeper.admin)).rejects.toThrow("not_found");
  await expect(said(keeper.elsewhere)).rejects.toThrow("not_found");
  await said(keeper.treasurer);
  await expect(said(keeper.treasurer)).rejects.toThrow("difference_closed");
  expect(await balanceOf(open[0]!.account!)).toBe(0);
  expect(await balanceOf(accounts.fund(stage.coops.get("A")!, "operating"))).toBe(1234);
  await advance(stage, 24 * 60);
  await run();
  const after = await shown();
  expect(after.open).toEqual([]);
  expect(after.closed).toMatchObject([{ closedBecause: "explained", reason: "Frais mensuels" }]);
  expect(after.comparison).toMatchObject({ difference: 0 });
  const audit = await stage.db
    .selectFrom("audit")
    .select("verb")
    .where("person_id", "=", keeper.treasurer)
    .execute();
  expect(audit).toEqual([{ verb: "explain_difference" }]);
});

it("gives back what was held once the entry comes after all", async () => {
  await sell(stage, ["L2"]);
  const [charge] = (await stage.double.control.snapshot()).charges;
  await stage.double.control.events({ mode: "drop" });
  await stage.double.control.refund({ charge: charge!.id, amount: 300 });
  // For a day, Stripe says of this refund that there is none.
  const silent = {
    fetchRefund: async () => {
      throw new StripeFailure("refused", "resource_missing", "no such refund", 404);
    },
  };
  await advance(stage, 10);
  await run(silent);
  await advance(stage, 13 * 60);
  await run(silent);
  expect((await shown()).open).toMatchObject([{ amount: -300, held: -300 }]);
  await advance(stage, 24 * 60);
  await run();
  await run();
  const { open, closed, comparison } = await shown();
  expect(open).toEqual([]);
  expect(closed).toMatchObject([{ closedBecause: "entry_found", held: 0, entry: { kind: "refund" } }]);
  expect(comparison).toMatchObject({ difference: 0, toCome: 0 });
  expect(await balanceOf(closed[0]!.account!)).toBe(0);
});

it("asks a verb before it holds anything: a refund and a dispute of which no event told", async () => {
  await sell(stage, ["L1"]);
  await sell(stage, ["L2"]);
  await stage.double.control.events({ mode: "drop" });
  const [first, second] = (await stage.double.control.snapshot()).charges;
  await stage.double.control.refund({ charge: first!.id });
  await stage.double.control.dispute({ charge: second!.id });
  await advance(stage, 26 * 60);
  await run();
  expect((await entriesOf("refund")).length).toBe(1);
  expect((await entriesOf("dispute_withdrawn")).length).toBe(1);
  await run();
  expect(await entriesOf("unexplained")).toEqual([]);
  expect(await shown()).toMatchObject({ open: [], waiting: 0, comparison: { difference: 0 } });
});

it("goes on with the rest where Stripe does not answer about one movement, and holds nothing unasked", async () => {
  await sell(stage, ["L1"]);
  await stage.double.control.events({ mode: "drop" });
  const [charge] = (await stage.double.control.snapshot()).charges;
  await stage.double.control.refund({ charge: charge!.id, amount: 100 });
  await adjust(77);
  await advance(stage, 20 * 60);
  const cut = {
    fetchRefund: async () => {
      throw new StripeFailure("unknown", "connection_broken", "cut", null);
    },
  };
  await run(cut);
  expect((await shown()).open).toMatchObject([{ amount: 77 }]);
  expect((await entriesOf("refund")).length).toBe(0);
  await run();
  expect((await entriesOf("refund")).length).toBe(1);
  expect((await shown()).open).toHaveLength(1);
});

it("lists an entry of which Stripe shows nothing, and closes it where Stripe does after all", async () => {
  await sell(stage, ["L1"]);
  await stage.db.transaction().execute((trx) =>
    post(trx, stage.house, {
      key: "by-hand",
      kind: "payout",
      stripeObject: "po_nowhere",
      postings: [
        { account: accounts.bank, amount: 50 },
        { account: accounts.stripe, amount: -50 },
      ],
    }),
  );
  await run();
  expect((await shown()).open).toEqual([]);
  await advance(stage, 61);
  await run();
  const { open, comparison } = await shown();
  expect(open).toMatchObject([{ kind: "not_at_stripe", amount: 50, held: 0, entry: { kind: "payout" } }]);
  // It is a difference, and not hidden by being listed.
  expect(comparison).toMatchObject({ difference: 50 });
  await stage.db
    .insertInto("balance_transaction")
    .values({
      id: "txn_late",
      type: "payout",
      category: "payout",
      source: "po_nowhere",
      amount: -50,
      fee: 0,
      net: -50,
      currency: "cad",
      created_at: stage.clock.now(),
      available_at: stage.clock.now(),
      before_books: false,
      entry_kind: "payout",
      entry_object: "po_nowhere",
      seen_at: stage.clock.now(),
    })
    .execute();
  await run();
  expect((await shown()).closed).toMatchObject([{ closedBecause: "found_at_stripe" }]);
});

it("says nothing of a refund that failed before any money had left", async () => {
  const saleId = await sell(stage, ["L1"]);
  await stage.double.control.fault({ on: "refund", fault: "pending" });
  await refundSale(stage.db, stage.house, { saleId, amount: 200, askedBy: null });
  await drain(stage);
  await advance(stage, 120);
  await run();
  expect((await shown()).open).toEqual([]);
  expect((await shown()).comparison).toMatchObject({ refunds: -200, difference: 0 });
  const [refund] = (await stage.double.control.snapshot()).refunds;
  await stage.double.control.refundFailed({ refund: refund!.id });
  await drain(stage);
  await advance(stage, 120);
  await run();
  expect(await shown()).toMatchObject({ open: [], comparison: { refunds: 0, difference: 0 } });
});

it("adds up a payout from its movements, and opens it down to their entries", async () => {
  const saleId = await sell(stage, ["L1"]);
  await adjust(25);
  const { payout, amount } = await stage.double.control.payout();
  await drain(stage);
  await run();
  const found = await findBankPayout(stage.db, keeper.treasurer, payout, { limit: 10, offset: 0 });
  expect(found!.payout).toMatchObject({ amount, listed: 5, listedNet: amount, state: "paid" });
  expect(found!.movements.map(({ type }) => type).sort()).toEqual([
    "adjustment",
    "charge",
    "transfer",
    "transfer",
    "transfer",
  ]);
  expect(found!.movements.filter(({ entry }) => entry?.saleId === saleId)).toHaveLength(4);
  expect(await balanceOf("bank")).toBe(amount);
  expect(await findBankPayout(stage.db, keeper.elsewhere, payout, { limit: 10, offset: 0 })).toBeNull();
});

it("tells of a payout whose movements do not come to its amount, until they do", async () => {
  await sell(stage, ["L1"]);
  await run();
  await stage.double.control.events({ mode: "drop" });
  const { payout } = await stage.double.control.payout();
  const { stripe } = stage.house;
  const less: typeof stripe = {
    ...stripe,
    async *pagesOfBalanceTransactions(filter) {
      for await (const page of stripe.pagesOfBalanceTransactions(filter))
        yield filter?.payoutId ? page.filter(({ type }) => type !== "charge") : page;
    },
  };
  await followPayout(stage.db, { ...stage.house, stripe: less }, { payoutId: payout });
  expect((await shown()).open).toMatchObject([{ kind: "payout_differs", amount: -1426, payout }]);
  await run();
  expect(await shown()).toMatchObject({ open: [], closed: [{ closedBecause: "adds_up" }] });
});

it("brings back a payout that failed, and leaves those of members' own accounts alone", async () => {
  await sell(stage, ["L1"]);
  const { payout, amount } = await stage.double.control.payout({ amount: 100 });
  await drain(stage);
  expect(await balanceOf("bank")).toBe(amount);
  await stage.double.control.payoutFails({ payout });
  await drain(stage);
  expect(await balanceOf("bank")).toBe(0);
  await followPayout(stage.db, stage.house, { payoutId: "po_ofSomebodyElse" });
  await run();
  expect(await shown()).toMatchObject({
    open: [],
    waiting: 0,
    payouts: [{ state: "failed", automatic: false }],
  });
  expect((await entriesOf("payout")).length).toBe(2);
});

it("reads Stripe's list a page at a time, and begins where the books begin", async () => {
  await advance(stage, 24 * 60);
  for (let i = 1; i <= 130; i += 1) await adjust(i);
  const pages: number[] = [];
  const { stripe } = stage.house;
  const counted: Pick<typeof stripe, "pagesOfBalanceTransactions"> = {
    async *pagesOfBalanceTransactions(filter) {
      for await (const page of stripe.pagesOfBalanceTransactions(filter)) {
        pages.push(page.length);
        yield page;
      }
    },
  };
  await run(counted);
  expect(pages).toEqual([100, 30]);
  expect(await shown()).toMatchObject({ waiting: 130, comparison: { opening: float, difference: 0 } });
  // What is older belongs to another time, though a payout lists it.
  await stage.db.updateTable("stripe_reading").set({ read_from: stage.clock.now() }).execute();
  await stage.db.deleteFrom("balance_transaction").execute();
  await advance(stage, 60);
  await stage.double.control.payout();
  await drain(stage);
  await advance(stage, 24 * 60);
  await run();
  expect((await shown()).payouts).toMatchObject([{ listed: 130, listedNet: (130 * 131) / 2 }]);
});

it("is asked for by those who keep the platform's books, one run at a time", async () => {
  await expect(askReconciliation(stage.db, stage.house, { personId: keeper.elsewhere })).rejects.toThrow(
    "not_found",
  );
  expect(await reconciliationFor(stage.db, stage.house, keeper.elsewhere)).toBeNull();
  await askReconciliation(stage.db, stage.house, { personId: keeper.admin });
  await askReconciliation(stage.db, stage.house, { personId: keeper.admin });
  expect((await shown()).underWay).toMatchObject({ askedBy: "admin@a.coop", endedAt: null });
  await drain(stage);
  expect(await shown()).toMatchObject({ underWay: null, last: { askedBy: "admin@a.coop" } });
  const runs = await stage.db.selectFrom("reconciliation").select("id").execute();
  expect(runs).toHaveLength(1);
});
