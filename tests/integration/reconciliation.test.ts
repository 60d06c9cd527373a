import { afterEach, beforeEach, expect, it } from "vitest";
import type { House } from "#domain/house.ts";
import { accounts } from "#domain/ledger/account.ts";
import { post } from "#domain/ledger/post.server.ts";
import { askReconciliation } from "#domain/reconciliation/ask-reconciliation.server.ts";
import { compareBalances } from "#domain/reconciliation/compare-balances.server.ts";
import { explainDifference } from "#domain/reconciliation/explain-difference.server.ts";
import { reconciliationFor } from "#domain/reconciliation/queries.server.ts";
import { reconcile } from "#domain/reconciliation/reconcile.server.ts";
import { refundSale } from "#domain/sales/refund-sale.server.ts";
import { settleSale } from "#domain/sales/settle-sale.server.ts";
import { officeFigures } from "#domain/transparency/office-queries.server.ts";
import { coopStatement } from "#domain/transparency/statement-coop-queries.server.ts";
import type { Letter } from "#gateways/mail.ts";
import { StripeFailure } from "#gateways/stripe.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { sendDifferences } from "#workers/tasks/send-differences.ts";
import { type BooksAndStripe, float, openBooks } from "./books-and-stripe.ts";
import { advance, open, pay, sell } from "./market.ts";

let stage: Stage;
let books: BooksAndStripe;
let keeper: BooksAndStripe["keeper"];
beforeEach(async () => {
  books = await openBooks();
  ({ stage, keeper } = books);
});
afterEach(() => books.close());

it("gives every movement of a sale its entry, and finds the books equal to Stripe's to the cent", async () => {
  const saleId = await sell(stage, ["L1", "M1"], { place: "CA-QC" });
  await books.run();
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
  const { comparison, open, waiting, last } = await books.shown();
  expect(comparison).toMatchObject({ opening: float, difference: 0, sales: 0, toCome: 0 });
  expect(comparison!.available + comparison!.pending).toBe(float + comparison!.inBooks);
  expect({ open, waiting }).toEqual({ open: [], waiting: 0 });
  expect(last).toMatchObject({ seen: 8, explained: 8 });
  // Again: nothing new.
  await books.run();
  expect((await books.shown()).last).toMatchObject({ seen: 0, explained: 0 });
});

it("knows what is on its way: a fee that is not known, a refund that Stripe keeps waiting", async () => {
  await sell(stage, ["L1"]);
  await books.run();
  await stage.double.control.events({ mode: "drop" });
  const { saleId } = await open(stage, ["L2"]);
  await pay(stage, saleId, "later");
  await settleSale(stage.db, stage.house, { saleId });
  expect(await compareBalances(stage.db, stage.house)).toMatchObject({ sales: 800, difference: 0 });
});

it("holds what nothing explains in suspense after half a day, and tells each keeper of the platform's books once", async () => {
  await sell(stage, ["L1"]);
  const { balanceTransaction } = await books.adjust(-1234, "Correction <2026>");
  await advance(stage, 60);
  await books.run();
  expect(await books.entriesOf("unexplained")).toEqual([]);
  expect((await books.shown()).comparison).toMatchObject({ toCome: -1234, difference: 0 });
  await advance(stage, 12 * 60);
  await books.run();
  await books.run();
  expect(await books.entriesOf("unexplained")).toMatchObject([{ stripe_object: balanceTransaction }]);
  expect(await books.balanceOf(`suspense/${balanceTransaction}`)).toBe(1234);
  const { open, comparison } = await books.shown();
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
  await books.adjust(-1234);
  await advance(stage, 13 * 60);
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => reconcile(stage.db, stage.house, {})));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
  expect(await books.entriesOf("unexplained")).toHaveLength(1);
  expect(await books.shown()).toMatchObject({ open: [{ held: -1234 }], comparison: { difference: 0 } });
});

it("books what Stripe takes by itself as a cost of the house, at once, and gives nobody an alarm", async () => {
  await sell(stage, ["L1"]);
  const fee = async (amount: number, of: "fee" | "tax") =>
    (await stage.double.control.fee({ amount, of, description: "Connect (2026-03)" })).balanceTransaction;
  const taken = await fee(-250, "fee");
  await fee(-37, "tax");
  await fee(20, "fee");
  await books.run();
  await books.run();
  const entries = await books.entriesOf("stripe_fee");
  expect(entries).toHaveLength(3);
  expect(entries.map(({ key }) => key)).toContain(`stripe_fee:${taken}`);
  expect(await books.balanceOf("cost:stripe_fees")).toBe(230);
  expect(await books.balanceOf("cost:stripe_fee_taxes")).toBe(37);
  expect(await books.shown()).toMatchObject({
    open: [],
    waiting: 0,
    comparison: { difference: 0, toCome: 0 },
  });
  await advance(stage, 25 * 60);
  await books.run();
  expect(await books.entriesOf("unexplained")).toEqual([]);
  const period = { code: "2026", kind: "year", from: "2026-01-01", until: "2027-01-01" } as const;
  const statement = await coopStatement(stage.db, {
    personId: keeper.treasurer,
    coopId: stage.coops.get("A")!,
    period,
  });
  expect(statement!.groups.filter(({ group }) => group.startsWith("cost:"))).toMatchObject([
    { group: "cost:stripe_fee_taxes", closing: 37 },
    { group: "cost:stripe_fees", closing: 230 },
  ]);
});

it("lets the treasurer alone say what it was: out of suspense to an account, with the reason, once", async () => {
  await books.adjust(-1234);
  await advance(stage, 13 * 60);
  await books.run();
  const { open } = await books.shown();
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
  expect(await books.balanceOf(open[0]!.account!)).toBe(0);
  expect(await books.balanceOf(accounts.fund(stage.coops.get("A")!, "operating"))).toBe(1234);
  await advance(stage, 24 * 60);
  await books.run();
  const after = await books.shown();
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
  await books.run(silent);
  await advance(stage, 13 * 60);
  await books.run(silent);
  expect((await books.shown()).open).toMatchObject([{ amount: -300, held: -300 }]);
  await advance(stage, 24 * 60);
  await books.run();
  await books.run();
  const { open, closed, comparison } = await books.shown();
  expect(open).toEqual([]);
  expect(closed).toMatchObject([{ closedBecause: "entry_found", held: 0, entry: { kind: "refund" } }]);
  expect(comparison).toMatchObject({ difference: 0, toCome: 0 });
  expect(await books.balanceOf(closed[0]!.account!)).toBe(0);
});

it("asks a verb before it holds anything: a refund and a dispute of which no event told", async () => {
  await sell(stage, ["L1"]);
  await sell(stage, ["L2"]);
  await stage.double.control.events({ mode: "drop" });
  const [first, second] = (await stage.double.control.snapshot()).charges;
  await stage.double.control.refund({ charge: first!.id });
  await stage.double.control.dispute({ charge: second!.id });
  await advance(stage, 26 * 60);
  await books.run();
  expect((await books.entriesOf("refund")).length).toBe(1);
  expect((await books.entriesOf("dispute_withdrawn")).length).toBe(1);
  await books.run();
  expect(await books.entriesOf("unexplained")).toEqual([]);
  expect(await books.shown()).toMatchObject({ open: [], waiting: 0, comparison: { difference: 0 } });
});

it("goes on with the rest where Stripe does not answer about one movement, and holds nothing unasked", async () => {
  await sell(stage, ["L1"]);
  await stage.double.control.events({ mode: "drop" });
  const [charge] = (await stage.double.control.snapshot()).charges;
  await stage.double.control.refund({ charge: charge!.id, amount: 100 });
  await books.adjust(77);
  await advance(stage, 20 * 60);
  const cut = {
    fetchRefund: async () => {
      throw new StripeFailure("unknown", "connection_broken", "cut", null);
    },
  };
  await books.run(cut);
  expect((await books.shown()).open).toMatchObject([{ amount: 77 }]);
  expect((await books.entriesOf("refund")).length).toBe(0);
  await books.run();
  expect((await books.entriesOf("refund")).length).toBe(1);
  expect((await books.shown()).open).toHaveLength(1);
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
  await books.run();
  expect((await books.shown()).open).toEqual([]);
  await advance(stage, 61);
  await books.run();
  const { open, comparison } = await books.shown();
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
  await books.run();
  expect((await books.shown()).closed).toMatchObject([{ closedBecause: "found_at_stripe" }]);
});

it("says nothing of a refund that failed before any money had left", async () => {
  const saleId = await sell(stage, ["L1"]);
  await stage.double.control.fault({ on: "refund", fault: "pending" });
  await refundSale(stage.db, stage.house, { saleId, amount: 200, askedBy: null });
  await drain(stage);
  await advance(stage, 120);
  await books.run();
  expect((await books.shown()).open).toEqual([]);
  expect((await books.shown()).comparison).toMatchObject({ refunds: -200, difference: 0 });
  const [refund] = (await stage.double.control.snapshot()).refunds;
  await stage.double.control.refundFailed({ refund: refund!.id });
  await drain(stage);
  await advance(stage, 120);
  await books.run();
  expect(await books.shown()).toMatchObject({ open: [], comparison: { refunds: 0, difference: 0 } });
});

it("is asked for by those who keep the platform's books, one run at a time", async () => {
  await expect(askReconciliation(stage.db, stage.house, { personId: keeper.elsewhere })).rejects.toThrow(
    "not_found",
  );
  expect(await reconciliationFor(stage.db, stage.house, keeper.elsewhere)).toBeNull();
  await askReconciliation(stage.db, stage.house, { personId: keeper.admin });
  await askReconciliation(stage.db, stage.house, { personId: keeper.admin });
  expect((await books.shown()).underWay).toMatchObject({ askedBy: "admin@a.coop", endedAt: null });
  await drain(stage);
  expect(await books.shown()).toMatchObject({ underWay: null, last: { askedBy: "admin@a.coop" } });
  const runs = await stage.db.selectFrom("reconciliation").select("id").execute();
  expect(runs).toHaveLength(1);
});
