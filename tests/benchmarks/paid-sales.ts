import { v7 } from "uuid";
import type { Database } from "#db/connection.ts";
import type { House } from "#domain/house.ts";
import { openSale } from "#domain/sales/open-sale.server.ts";
import { settleSale, settleSales } from "#domain/sales/settle-sale.server.ts";
import { setClock } from "#gateways/clock.ts";
import type { Checkout, StripeGateway } from "#gateways/stripe.ts";
import type { ScratchDatabase } from "#tests/database.ts";
import type { Story } from "#tests/stories/format.ts";
import { setStage } from "#tests/stories/stage.ts";
import { withClients } from "./durable.ts";

/** The day on which the sales are made. */
export const today = "2026-03-02T10:00:00-05:00";

// A co-op that sells, with a Stripe that answers at once from memory: what is measured of a sale is our books and PostgreSQL.

/** Of `house`, every page of payment that was opened is paid. */
export type Shop = { db: Database; house: House; workIds: string[] };

/** A house on that database which goes by that instant. */
export function payingHouse({ queue }: Pick<ScratchDatabase, "queue">, at: string): House {
  const stripe: Partial<StripeGateway> = {
    openCheckout: async () => ({ id: `cs_${v7()}`, url: "https://stripe.test" }) as never,
    fetchCheckout: async (id) => paid(id),
  };
  const settings: Partial<House["settings"]> = {
    sessionSecret: "s".repeat(32),
    publicUrl: "http://127.0.0.1:3000",
  };
  return {
    clock: setClock(at),
    queue,
    stripe: stripe as StripeGateway,
    mail: undefined as never,
    storage: undefined as never,
    settings: settings as House["settings"],
  };
}

/** Three members who share in each work as 1, 2, 3; rule 10 % and 2 %, in force since `since`. */
export async function openShop(
  database: ScratchDatabase,
  { works, since = "2026-01-01T00:00:00-05:00" }: { works: number; since?: string },
): Promise<Shop & { coopId: string }> {
  const members = ["ana", "benoit", "chloe"];
  const story: Story = {
    name: "settling",
    title: "Many sales",
    start: since,
    currency: "cad",
    coops: [{ id: "A", account: "platform" }],
    members: members.map((id) => ({ id, account: "none" as const })),
    rules: [
      {
        id: "R1",
        coop: "A",
        from: since,
        voted: since,
        steps: [
          { kind: "fee", borne_by: "all" },
          { kind: "percent", bp: 1000, to: "operating" },
          { kind: "percent", bp: 200, to: "solidarity" },
          { kind: "shares" },
        ],
      },
    ],
    works: Array.from({ length: works }, (_, i) => ({
      id: `W${i}`,
      coop: "A",
      price: 1500,
      shares: members.map((member, parts) => ({ member, parts: parts + 1 })),
    })),
    taxes: [{ id: "tps", place: "CA-QC", percent: "5" }],
    steps: [],
  };
  const stage = await setStage(story, { database });
  await stage.double.close();
  const house = payingHouse(database, today);
  return { db: database.db, house, workIds: [...stage.works.values()], coopId: stage.coops.get("A")! };
}

const paid = (id: string): Checkout =>
  ({
    id,
    state: "complete",
    paymentStatus: "paid",
    paymentIntentId: `pi_${id}`,
    chargeId: `ch_${id}`,
    balanceTransaction: { id: `txn_${id}`, amount: 1575, fee: 76, net: 1499, currency: "cad" },
    amountRefunded: 0,
    disputed: false,
    amountTotal: 1575,
    currency: "cad",
  }) as never;

/** Sales of one work each, in turn, waiting on Stripe's page. Their ids. */
export async function openSales(
  { db, house, workIds }: Shop,
  { clients, count }: { clients: number; count: number },
): Promise<string[]> {
  const sales: string[] = [];
  await withClients(clients, count, async (i) => {
    const { saleId } = await openSale(db, house, {
      email: `lectrice-${i}@exemple.org`,
      locale: "fr",
      place: "CA-QC",
      lines: [{ workId: workIds[i % workIds.length]!, quantity: 1 }],
      urls: () => ({ successUrl: "https://shop.test/a", cancelUrl: "https://shop.test/b" }),
    });
    sales.push(saleId);
  });
  return sales;
}

/** Settles them, each by itself or `atOnce` in a transaction, as the worker does with those that wait; how many a second. */
export async function settleAll(
  { db, house }: Pick<Shop, "db" | "house">,
  { clients, sales, atOnce = 1 }: { clients: number; sales: readonly string[]; atOnce?: number },
): Promise<number> {
  const begun = performance.now();
  await withClients(clients, Math.ceil(sales.length / atOnce), async (i) => {
    const saleIds = sales.slice(i * atOnce, (i + 1) * atOnce);
    if (saleIds.length === 1) await settleSale(db, house, { saleId: saleIds[0]! });
    else await settleSales(db, house, { saleIds });
  });
  return sales.length / ((performance.now() - begun) / 1000);
}
