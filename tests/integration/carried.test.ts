import { afterEach, beforeEach, expect, it } from "vitest";
import { carryForward } from "#domain/ledger/carry-forward.server.ts";
import { booksFor } from "#domain/transparency/books-queries.server.ts";
import { coopStatement } from "#domain/transparency/statement-coop-queries.server.ts";
import type { Period } from "#domain/transparency/statement-period.ts";
import { drain } from "#tests/stories/drain.ts";
import { type BooksAndStripe, openBooks } from "./books-and-stripe.ts";
import { advance, open, pay, sell } from "./market.ts";

// Months that are over are summed once, and whoever reads the books afterwards reads the same.

let books: BooksAndStripe;
beforeEach(async () => {
  books = await openBooks();
});
afterEach(() => books.close());

const at = ({ stage }: BooksAndStripe, instant: string) =>
  advance(stage, (Date.parse(instant) - stage.clock.now().getTime()) / 60_000);
const carry = () => carryForward(books.stage.db, books.stage.house);
const month = (from: string, until: string): Period => ({
  code: from.slice(0, 7),
  kind: "month",
  from,
  until,
});
const periods = [
  month("2026-03-01", "2026-04-01"),
  month("2026-04-01", "2026-05-01"),
  month("2026-05-01", "2026-06-01"),
  { code: "2026", kind: "year", from: "2026-01-01", until: "2027-01-01" } as const,
];

async function shown() {
  const { stage, keeper } = books;
  const { db, coops } = stage;
  const statements = (personId: string, coopId: string) =>
    Promise.all(periods.map((period) => coopStatement(db, { personId, coopId, period })));
  return {
    whole: await booksFor(db, keeper.treasurer, coops.get("A")!),
    own: await booksFor(db, keeper.elsewhere, coops.get("B")!),
    statements: await statements(keeper.treasurer, coops.get("A")!),
    elsewhere: await statements(keeper.elsewhere, coops.get("B")!),
    comparison: (await books.shown()).comparison,
  };
}

it("carries each month that is over once, and changes nothing that anybody reads", async () => {
  const { stage } = books;
  await sell(stage, ["L1", "M1"], { place: "CA-QC" });
  await at(books, "2026-03-31T22:30:00-04:00"); // April already in UTC
  await sell(stage, ["L2"], { place: "CA-QC" });
  // Paid, and not shared while two months end.
  const { saleId } = await open(stage, ["L1"]);
  await pay(stage, saleId, "later");
  await drain(stage);
  await at(books, "2026-05-10T10:00:00-04:00");
  await sell(stage, ["M1"]);
  await stage.double.control.fee({ amount: -250, of: "fee" });
  await books.run();

  const before = await shown();
  expect(before.statements[1]!.groups.find(({ group }) => group === "clearing")).toBeDefined();
  expect(await carry()).toBe(2);
  expect(await shown()).toEqual(before);
  expect(await carry()).toBe(0);

  await at(books, "2026-06-01T12:00:00Z"); // less than a day after the month
  expect(await carry()).toBe(0);
  await at(books, "2026-06-02T12:00:00Z");
  expect(await Promise.all([carry(), carry()]).then((done) => Math.max(...done))).toBe(1);
  await sell(stage, ["L1"]);
  const carried = await stage.db.selectFrom("account_carried").select("until").distinct().execute();
  expect(carried).toHaveLength(3);
  expect((await shown()).statements[0]).toEqual({ ...before.statements[0], today: expect.anything() });
});

it("has nothing to carry in empty books", async () => {
  expect(await carry()).toBe(0);
});
