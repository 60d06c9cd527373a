import { afterEach, beforeEach, expect, it } from "vitest";
import { followPayout } from "#domain/reconciliation/follow-payout.server.ts";
import { findBankPayout } from "#domain/reconciliation/queries.server.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { type BooksAndStripe, float, openBooks } from "./books-and-stripe.ts";
import { advance, sell } from "./market.ts";

let stage: Stage;
let books: BooksAndStripe;
let keeper: BooksAndStripe["keeper"];
beforeEach(async () => {
  books = await openBooks();
  ({ stage, keeper } = books);
});
afterEach(() => books.close());

it("adds up a payout from its movements, and opens it down to their entries", async () => {
  const saleId = await sell(stage, ["L1"]);
  await books.adjust(25);
  const { payout, amount } = await stage.double.control.payout();
  await drain(stage);
  await books.run();
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
  expect(await books.balanceOf("bank")).toBe(amount);
  expect(await findBankPayout(stage.db, keeper.elsewhere, payout, { limit: 10, offset: 0 })).toBeNull();
});

it("tells of a payout whose movements do not come to its amount, until they do", async () => {
  await sell(stage, ["L1"]);
  await books.run();
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
  expect((await books.shown()).open).toMatchObject([{ kind: "payout_differs", amount: -1426, payout }]);
  await books.run();
  expect(await books.shown()).toMatchObject({ open: [], closed: [{ closedBecause: "adds_up" }] });
});

it("brings back a payout that failed, and leaves those of members' own accounts alone", async () => {
  await sell(stage, ["L1"]);
  const { payout, amount } = await stage.double.control.payout({ amount: 100 });
  await drain(stage);
  expect(await books.balanceOf("bank")).toBe(amount);
  await stage.double.control.payoutFails({ payout });
  await drain(stage);
  expect(await books.balanceOf("bank")).toBe(0);
  await followPayout(stage.db, stage.house, { payoutId: "po_ofSomebodyElse" });
  await books.run();
  expect(await books.shown()).toMatchObject({
    open: [],
    waiting: 0,
    payouts: [{ state: "failed", automatic: false }],
  });
  expect((await books.entriesOf("payout")).length).toBe(2);
});

it("reads Stripe's list a page at a time, and begins where the books begin", async () => {
  await advance(stage, 24 * 60);
  for (let i = 1; i <= 130; i += 1) await books.adjust(i);
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
  await books.run(counted);
  expect(pages).toEqual([100, 30]);
  expect(await books.shown()).toMatchObject({ waiting: 130, comparison: { opening: float, difference: 0 } });
  // What is older belongs to another time, though a payout lists it.
  await stage.db.updateTable("stripe_reading").set({ read_from: stage.clock.now() }).execute();
  await stage.db.deleteFrom("balance_transaction").execute();
  await advance(stage, 60);
  await stage.double.control.payout();
  await drain(stage);
  await advance(stage, 24 * 60);
  await books.run();
  expect((await books.shown()).payouts).toMatchObject([{ listed: 130, listedNet: (130 * 131) / 2 }]);
});
