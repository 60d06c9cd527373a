import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settleSale, settleSales } from "#domain/sales/settle-sale.server.ts";
import { brokenChecks } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import { type Stage, setStage } from "#tests/stories/stage.ts";
import { open, openMarket, pay } from "./market.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openMarket();
});
afterAll(() => stage.close());

const settle = (saleIds: readonly string[]) => settleSales(stage.db, stage.house, { saleIds });
const openPaid = async (works: readonly string[], fee?: "later") => {
  const { saleId } = await open(stage, works);
  await pay(stage, saleId, fee);
  return saleId;
};
const inTurn = async (carts: readonly string[][]) => {
  const ids: string[] = [];
  for (const works of carts) ids.push(await openPaid(works));
  return ids;
};

/** What the parts of these sales sum to, for each account. */
async function parts(saleIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ account: string; amount: number }>`
    select account, sum(split_part.amount)::integer as amount from split_part join sale_line on sale_line.id = sale_line_id
    where sale_id = any (${[...saleIds]}::uuid[]) group by account order by account`.execute(stage.db);
  return new Map(rows.map(({ account, amount }) => [account, amount]));
}

test("many in one transaction are what each by itself would have been, cent by cent", async () => {
  const carts = [["L1"], ["M1", "L1"], ["L1", "L2"], ["L1"], ["L2"], ["M1"], ["L1", "M1", "L2"]];
  const together = await inTurn(carts);
  const transactions = async () =>
    (
      await sql<{
        of: string;
      }>`select distinct transaction as of from entry where sale_id = any (${together}::uuid[])`.execute(
        stage.db,
      )
    ).rows.length;
  expect(new Set((await settle(together)).values())).toEqual(new Set(["paid"]));
  expect(await transactions()).toBe(1);
  const apart = await openMarket();
  try {
    const ids: string[] = [];
    for (const works of carts) {
      const { saleId } = await open(apart, works);
      await pay(apart, saleId);
      await settleSale(apart.db, apart.house, { saleId });
      ids.push(saleId);
    }
    const amounts = async (of: Stage, saleIds: readonly string[]) => {
      const { rows } = await sql`
        select array_agg(split_part.amount order by sale_line.position, split_part.position) as parts from split_part
        join sale_line on sale_line.id = sale_line_id where sale_id = any (${[...saleIds]}::uuid[])
        group by sale_id order by array_position(${[...saleIds]}::uuid[], sale_id)`.execute(of.db);
      return rows;
    };
    expect(await amounts(stage, together)).toEqual(await amounts(apart, ids));
  } finally {
    await apart.close();
  }
  expect(await settle(together)).toEqual(new Map(together.map((id) => [id, "paid"])));
  expect(await brokenChecks(stage.db)).toEqual([]);
}, 60_000);

test("what is not paid stays open, what waits for its fee is paid, and what there is not is null", async () => {
  const paid = await openPaid(["L1"]);
  const waiting = await openPaid(["L1"], "later");
  const { saleId: unpaid } = await open(stage, ["M1"]);
  const none = "0199d5a2-0000-7000-8000-000000000001";
  const settled = await settle([unpaid, paid, none, waiting]);
  expect(Object.fromEntries(settled)).toEqual({
    [unpaid]: "open",
    [paid]: "paid",
    [none]: null,
    [waiting]: "paid",
  });
  expect(await parts([waiting, unpaid])).toEqual(new Map());
  const { rows } = await sql<{ copies: number }>`
    select download_right.copies from download_right join sale_line on sale_line.id = sale_line_id
    where sale_id = any (${[waiting, unpaid]}::uuid[])`.execute(stage.db);
  expect(rows).toEqual([{ copies: 1 }]);
  await drain(stage);
});

test("one that is not what we asked for is told, and holds up no other", async () => {
  const [first, wrong, last] = await inTurn([["L1"], ["L2"], ["M1"]]);
  await stage.db.updateTable("sale").set({ total: 1 }).where("id", "=", wrong!).execute();
  const settled = await settle([first!, wrong!, last!]);
  expect(settled.get(first!)).toBe("paid");
  expect(settled.get(last!)).toBe("paid");
  expect(String(settled.get(wrong!))).toContain("does not match");
  await sql`update sale set total = (select sum(amount) from sale_line where sale_id = sale.id)
    + coalesce((select sum(tax.amount) from sale_line_tax as tax join sale_line on sale_line.id = sale_line_id where sale_id = sale.id), 0)
    where id = ${wrong!}`.execute(stage.db);
  expect(await settle([wrong!])).toEqual(new Map([[wrong!, "paid"]]));
});

test("one of which Stripe does not answer is told, and the others are settled", async () => {
  const [first, silent] = await inTurn([["L1"], ["L2"]]);
  const { stripe_session: session } = await stage.db
    .selectFrom("sale")
    .select("stripe_session")
    .where("id", "=", silent!)
    .executeTakeFirstOrThrow();
  const { stripe } = stage.house;
  const settled = await settleSales(
    stage.db,
    {
      ...stage.house,
      stripe: {
        ...stripe,
        fetchCheckout: async (id) => {
          if (id === session) throw new Error("Stripe is away");
          return stripe.fetchCheckout(id);
        },
      },
    },
    { saleIds: [first!, silent!] },
  );
  expect(settled.get(first!)).toBe("paid");
  expect(String(settled.get(silent!))).toContain("Stripe is away");
  await settle([silent!]);
});

test("four at a time of the same works, each list in another order: no deadlock, and every stage exact", async () => {
  const sales = await inTurn(Array.from({ length: 16 }, (_, i) => (i % 2 ? ["L1", "M1"] : ["M1", "L2"])));
  const shuffled = Array.from({ length: 4 }, (_, i) => [...sales.slice(i * 4), ...sales.slice(0, i * 4)]);
  await Promise.all(shuffled.map(settle));
  await drain(stage);
  expect(await brokenChecks(stage.db)).toEqual([]);
}, 60_000);

test("expenses are taken back no further than they go, though two sales of the work are settled together", async () => {
  const from = "2026-01-01T00:00:00-05:00";
  const pooled = await setStage({
    ...{
      name: "pool",
      title: "Expenses",
      start: "2026-03-02T10:00:00-05:00",
      currency: "cad",
      taxes: [],
      steps: [],
    },
    coops: [{ id: "A", account: "platform" }],
    members: [{ id: "ana", account: "active" }],
    rules: [
      {
        ...{ id: "R1", coop: "A", from, voted: from },
        steps: [{ kind: "fee", borne_by: "all" }, { kind: "recoup", bp: 10_000 }, { kind: "shares" }],
      },
    ],
    works: [{ id: "L1", coop: "A", price: 1500, shares: [{ member: "ana", parts: 1 }], expenses: 2000 }],
  });
  try {
    const saleIds: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      const { saleId } = await open(pooled, ["L1"]);
      await pay(pooled, saleId);
      saleIds.push(saleId);
    }
    await settleSales(pooled.db, pooled.house, { saleIds });
    const { rows } = await sql<{ taken: number }>`
      select sum(amount)::integer as taken from split_part where stage = 'pool'`.execute(pooled.db);
    expect(rows).toEqual([{ taken: 2000 }]);
    expect(await brokenChecks(pooled.db)).toEqual([]);
  } finally {
    await pooled.close();
  }
});

test("a statement that is asked at every sale is planned once for a connection", async () => {
  const name = await stage.db.transaction().execute(async (trx) => {
    await settleSale(trx, stage.house, { saleId: await openPaid(["L1"]) });
    const { rows } = await sql<{ count: number }>`
      select count(*)::integer as count from pg_prepared_statements where statement like '%post_entries%'`.execute(
      trx,
    );
    return rows[0]!.count;
  });
  expect(name).toBe(1);
});
