import { v7 } from "uuid";
import { expect } from "vitest";
import type { House } from "#domain/house.ts";
import { type ReconciliationShown, reconciliationFor } from "#domain/reconciliation/queries.server.ts";
import { reconcile } from "#domain/reconciliation/reconcile.server.ts";
import { brokenChecks } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { openMarket } from "./market.ts";

/** What the double's account held before the first sale. */
export const float = 1_000_000;

type Keepers = Record<"treasurer" | "admin" | "elsewhere", string>;
export type BooksAndStripe = {
  stage: Stage;
  /** Of co-op A, which owns the platform (French, English), and of co-op B. */
  keeper: Keepers;
  /** A run, and what it rings; `over`: what Stripe answers otherwise than the double. */
  run(over?: Partial<House["stripe"]>): Promise<void>;
  /** What the treasurer of A sees. */
  shown(): Promise<ReconciliationShown>;
  adjust(amount: number, description?: string): Promise<{ balanceTransaction: string }>;
  entriesOf(kind: string): Promise<{ id: string; key: string; stripe_object: string | null }[]>;
  balanceOf(account: string): Promise<number>;
  /** The books are in order to the end. */
  close(): Promise<void>;
};

/** A market with people who keep its books, and Stripe beside it. */
export async function openBooks(): Promise<BooksAndStripe> {
  const stage = await openMarket();
  const { db, double } = stage;
  const keeper = { treasurer: v7(), admin: v7(), elsewhere: v7() };
  const at = stage.clock.now();
  const person = (id: string, email: string, locale: "fr" | "en") => ({ id, email, locale, created_at: at });
  await db
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
  await db
    .insertInto("coop_role")
    .values([
      role("A", keeper.treasurer, "treasurer"),
      role("A", keeper.admin, "admin"),
      role("B", keeper.elsewhere, "treasurer"),
    ])
    .execute();
  return {
    stage,
    keeper,
    async run(over = {}) {
      await reconcile(db, { ...stage.house, stripe: { ...stage.house.stripe, ...over } }, {});
      await drain(stage);
    },
    shown: async () => (await reconciliationFor(db, stage.house, keeper.treasurer))!,
    adjust: (amount, description = "Stripe says so") => double.control.adjustment({ amount, description }),
    entriesOf: (kind) =>
      db.selectFrom("entry").select(["id", "key", "stripe_object"]).where("kind", "=", kind).execute(),
    async balanceOf(account) {
      const rows = await db.selectFrom("posting").select("amount").where("account", "=", account).execute();
      return rows.reduce((sum, { amount }) => sum + amount, 0);
    },
    async close() {
      expect(await brokenChecks(db)).toEqual([]);
      await stage.close();
    },
  };
}
