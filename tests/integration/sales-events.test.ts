import { afterAll, beforeAll, expect, test } from "vitest";
import { sign } from "#dev/emulators/stripe/deliveries.ts";
import { receiveStripeEvent } from "#domain/sales/receive-stripe-event.server.ts";
import { settleSale } from "#domain/sales/settle-sale.server.ts";
import { splitSale } from "#domain/sales/split-sale.server.ts";
import { sweepSales } from "#domain/sales/sweep-sales.server.ts";
import { brokenChecks } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { advance, open, openMarket, pay } from "./market.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openMarket();
});
afterAll(() => stage.close());

const secret = "whsec_histoire";
const count = async (table: "entry" | "transfer" | "stripe_event", saleId?: string) => {
  const { total } = await stage.db
    .selectFrom(table)
    .select((of) => of.fn.countAll<number>().as("total"))
    .$if(saleId !== undefined, (query) => query.where("sale_id" as never, "=", saleId as never))
    .executeTakeFirstOrThrow();
  return total;
};
const inOrder = async () => {
  expect(await brokenChecks(stage.db)).toEqual([]);
  const { transfers } = await stage.double.control.snapshot();
  expect(transfers).toHaveLength(await count("transfer"));
};

/** One held event arrives, alone. */
async function deliver(id: string): Promise<void> {
  const listed = await fetch(`${stage.double.url}/v1/events/${id}`, {
    headers: { authorization: "Bearer sk_test_histoire" },
  });
  const rawBody = await listed.text();
  const signature = sign(rawBody, secret, Math.floor(stage.clock.now().getTime() / 1000));
  expect(await receiveStripeEvent(stage.db, stage.house, { rawBody, signature })).toEqual({
    received: "new",
  });
}

function permutations<T>(list: readonly T[]): T[][] {
  return list.length === 0
    ? [[]]
    : list.flatMap((first, i) =>
        permutations(list.filter((_, j) => j !== i)).map((rest) => [first, ...rest]),
      );
}

test("the four events of a payment in all 24 orders, each done with before the next: one sale, one split, three transfers", async () => {
  const { control } = stage.double;
  await control.events({ mode: "hold" });
  const types = [
    "charge.updated",
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.completed",
  ];
  for (const order of permutations(types)) {
    const { saleId } = await open(stage, ["L1"]);
    await pay(stage, saleId);
    for (const type of order) {
      const held = (await control.snapshot()).undelivered.findLast((event) => event.type === type);
      expect(held, type).toBeDefined();
      await deliver(held!.id);
      await drain(stage);
    }
    expect(await count("entry", saleId), order.join()).toBe(5);
    expect(await count("transfer", saleId)).toBe(3);
  }
  await control.events({ mode: "normal" });
  await inOrder();
}, 180_000);

test("late: the events come two days after the sweep has found the payment", async () => {
  await stage.double.control.events({ mode: "hold" });
  const { saleId } = await open(stage, ["L1"]);
  await pay(stage, saleId);
  await advance(stage, 5);
  await sweepSales(stage.db, stage.house);
  await drain(stage);
  expect(await count("entry", saleId)).toBe(5);
  await advance(stage, 2 * 24 * 60);
  await stage.double.control.deliver({});
  await stage.double.control.events({ mode: "normal" });
  await drain(stage);
  expect(await count("entry", saleId)).toBe(5);
  await inOrder();
});

test("never: an unpaid page expires, found by the sweep alone", async () => {
  await stage.double.control.events({ mode: "drop" });
  const { saleId } = await open(stage, ["L1"]);
  await advance(stage, 32);
  await sweepSales(stage.db, stage.house);
  await drain(stage);
  await stage.double.control.events({ mode: "normal" });
  const sale = await stage.db
    .selectFrom("sale")
    .select("state")
    .where("id", "=", saleId)
    .executeTakeFirstOrThrow();
  expect(sale.state).toBe("expired");
  expect(await count("entry", saleId)).toBe(0);
});

test("the return page, the event and the sweep at the same instant: one sale", async () => {
  await stage.double.control.events({ mode: "hold" });
  const { saleId } = await open(stage, ["L1", "M1"]);
  await pay(stage, saleId);
  const states = await Promise.all(
    Array.from({ length: 10 }, () => settleSale(stage.db, stage.house, { saleId })),
  );
  expect(new Set(states)).toEqual(new Set(["paid"]));
  await Promise.all(Array.from({ length: 5 }, () => splitSale(stage.db, stage.house, { saleId })));
  await stage.double.control.events({ mode: "normal" });
  await drain(stage);
  expect(await count("entry", saleId)).toBe(9);
  await inOrder();
});

test("a fee that is not known yet is waited for, never computed", async () => {
  const { saleId } = await open(stage, ["L1"]);
  await pay(stage, saleId, "later");
  await drain(stage);
  expect(await splitSale(stage.db, stage.house, { saleId })).toBe("waiting");
  expect(await count("entry", saleId)).toBe(1);
  const { stripe_session: session } = await stage.db
    .selectFrom("sale")
    .select("stripe_session")
    .where("id", "=", saleId)
    .executeTakeFirstOrThrow();
  await stage.double.control.feeKnown({ session: session!, fee: 81 });
  await drain(stage);
  const sale = await stage.db
    .selectFrom("sale")
    .select("fee")
    .where("id", "=", saleId)
    .executeTakeFirstOrThrow();
  expect(sale.fee).toBe(81);
  await inOrder();
});

test("a forged event is refused and nothing of it is kept: other secret, no signature, changed body, wrong mode, no event", async () => {
  const before = await count("stripe_event");
  const now = Math.floor(stage.clock.now().getTime() / 1000);
  const event = (over: object = {}) =>
    JSON.stringify({
      id: "evt_forged",
      object: "event",
      type: "charge.succeeded",
      livemode: false,
      created: now,
      data: { object: { id: "ch_x" } },
      ...over,
    });
  const receive = (rawBody: string, signature: string | null) =>
    receiveStripeEvent(stage.db, stage.house, { rawBody, signature });
  expect(await receive(event(), sign(event(), "whsec_other", now))).toEqual({ refused: "signature" });
  expect(await receive(event(), null)).toEqual({ refused: "signature" });
  expect(await receive(event({ type: "payout.paid" }), sign(event(), secret, now))).toEqual({
    refused: "signature",
  });
  expect(await receive(event({ livemode: true }), sign(event({ livemode: true }), secret, now))).toEqual({
    refused: "wrong_mode",
  });
  expect(await receive("[]", sign("[]", secret, now))).toEqual({ refused: "malformed" });
  expect(await receive(event(), sign(event(), secret, now - 301))).toEqual({ refused: "too_old" });
  expect(await count("stripe_event")).toBe(before);
  expect(await receive(event(), sign(event(), secret, now - 299))).toEqual({ received: "new" });
  expect(await receive(event(), sign(event(), secret, now))).toEqual({ received: "again" });
  await drain(stage);
  expect(await count("stripe_event")).toBe(before + 1);
});
