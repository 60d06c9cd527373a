import { v7 } from "uuid";
import { openSale } from "#domain/sales/open-sale.server.ts";
import type { ScratchDatabase } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import type { AccountState, Story } from "#tests/stories/format.ts";
import { type Stage, setStage } from "#tests/stories/stage.ts";

const from = "2026-01-01T00:00:00-05:00";
const voted = "2025-12-10T19:00:00-05:00";
const fee = { kind: "fee", borne_by: "all" };

/** Two co-ops and their works: L1 (A) of ana, benoit, chloe; L2 (A) of ana; M1 (B) of dan, eve, farid. */
export function openMarket(
  over: {
    members?: Record<string, { account?: AccountState; threshold?: number }>;
    real?: boolean;
    database?: ScratchDatabase;
  } = {},
): Promise<Stage> {
  const member = (id: string) => ({ id, account: "active" as const, ...over.members?.[id] });
  const parts = (...all: [string, number][]) => all.map(([name, share]) => ({ member: name, parts: share }));
  const story: Story = {
    name: "market",
    title: "Two co-ops",
    start: over.real ? new Date().toISOString() : "2026-03-02T10:00:00-05:00",
    currency: "cad",
    coops: [
      { id: "A", account: "platform" },
      { id: "B", account: "active" },
    ],
    members: ["ana", "benoit", "chloe", "dan", "eve", "farid"].map(member),
    rules: [
      {
        id: "R1",
        coop: "A",
        from,
        voted,
        steps: [
          fee,
          { kind: "percent", bp: 1000, to: "operating" },
          { kind: "percent", bp: 200, to: "solidarity" },
          { kind: "shares" },
        ],
      },
      {
        id: "RB",
        coop: "B",
        from,
        voted,
        steps: [fee, { kind: "percent", bp: 1500, to: "operating" }, { kind: "shares" }],
      },
    ],
    works: [
      { id: "L1", coop: "A", price: 1500, shares: parts(["ana", 50], ["benoit", 30], ["chloe", 20]) },
      { id: "L2", coop: "A", price: 800, shares: parts(["ana", 1]) },
      { id: "M1", coop: "B", price: 1200, shares: parts(["dan", 1], ["eve", 1], ["farid", 1]) },
    ],
    taxes: [
      { id: "tps", place: "CA-QC", percent: "5" },
      { id: "tvq", place: "CA-QC", percent: "9.975" },
    ],
    steps: [],
  };
  return setStage(story, { real: over.real ?? false, ...(over.database && { database: over.database }) });
}

/** Opens the sale of these works; `price` is what the buyer saw. */
export function open(
  stage: Stage,
  works: readonly (string | { work: string; price?: number; quantity?: number })[],
  more: { saleId?: string; email?: string; personId?: string; place?: string } = {},
): Promise<{ saleId: string; url: string }> {
  const lines = works.map((each) => {
    const { work, ...line } = typeof each === "string" ? { work: each } : each;
    return { workId: stage.works.get(work)!, ...line };
  });
  return openSale(stage.db, stage.house, {
    email: "acheteuse@exemple.org",
    locale: "fr",
    lines,
    urls: (saleId) => ({
      successUrl: `https://exemple.org/merci/${saleId}`,
      cancelUrl: "https://exemple.org/panier",
    }),
    saleId: v7(),
    ...more,
  });
}

async function sessionOf(stage: Stage, saleId: string): Promise<string> {
  const sale = await stage.db
    .selectFrom("sale")
    .select("stripe_session")
    .where("id", "=", saleId)
    .executeTakeFirstOrThrow();
  return sale.stripe_session!;
}

/** The buyer pays; what Stripe says of it is on its way. */
export async function pay(stage: Stage, saleId: string, fee?: "later"): Promise<void> {
  const session = await sessionOf(stage, saleId);
  const paid = await stage.double.control.pay({ session, ...(fee && { fee }) });
  if (paid.outcome !== "paid") throw new Error(`not paid: ${paid.outcome}`);
}

/** Stripe says what it kept of a sale that was paid with its fee unknown. */
export async function feeKnown(stage: Stage, saleId: string): Promise<void> {
  const session = await sessionOf(stage, saleId);
  await stage.double.control.feeKnown({ session });
}

/** Opened, paid, and everything that follows from it done. */
export async function sell(
  stage: Stage,
  works: Parameters<typeof open>[1],
  more: Parameters<typeof open>[2] = {},
): Promise<string> {
  const { saleId } = await open(stage, works, more);
  await pay(stage, saleId);
  await drain(stage);
  return saleId;
}

/** Time passes, for the house and for Stripe alike. */
export async function advance(stage: Stage, minutes: number): Promise<void> {
  stage.clock.advance(minutes * 60_000);
  await stage.double.control.clock({ to: stage.clock.now().toISOString() });
}
