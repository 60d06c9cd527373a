import { describe, expect, test } from "vitest";
import type { CheckoutInput } from "#gateways/stripe.ts";
import { activeAccount, type Bench, open } from "./stripe-double.ts";

const order = async ({ now }: Bench, more: Partial<CheckoutInput> = {}): Promise<CheckoutInput> => ({
  lines: [
    { name: "Épave", description: "Roman", unitAmount: 1500, quantity: 2, metadata: { line: "1" } },
    { name: "TPS (5 %)", unitAmount: 150, quantity: 1 },
  ],
  currency: "cad",
  locale: "fr",
  email: "lise@exemple.org",
  reference: "s1",
  transferGroup: "sale_s1",
  metadata: { sale: "s1" },
  successUrl: "http://shop.test/merci?session={CHECKOUT_SESSION_ID}",
  cancelUrl: "http://shop.test/panier",
  expiresAt: new Date((await now()).getTime() + 31 * 60_000),
  ...more,
});

describe("the gateway opens a payment page", () => {
  test("with all that the shop says of the order, and pins our version of the API", async () => {
    const bench = await open();
    const input = await order(bench);
    const opened = await bench.gateway.openCheckout(input, { idempotencyKey: "checkout:s1" });
    expect(opened).toEqual({
      id: expect.stringMatching(/^cs_/),
      url: expect.stringContaining(opened.id),
      expiresAt: input.expiresAt,
    });
    expect(await bench.gateway.fetchCheckout(opened.id)).toMatchObject({
      state: "open",
      paymentStatus: "unpaid",
      url: opened.url,
      chargeId: null,
      balanceTransaction: null,
      amountTotal: 3150,
      currency: "cad",
      email: "lise@exemple.org",
      reference: "s1",
      metadata: { sale: "s1" },
      livemode: false,
    });
    const session = await bench.stripe.checkout.sessions.retrieve(opened.id);
    expect(session).toMatchObject({
      locale: "fr-CA",
      cancel_url: input.cancelUrl,
      success_url: input.successUrl,
    });
    const [asked] = await bench.double.control.exchanges();
    expect(asked).toMatchObject({
      headers: { "stripe-version": "2026-10-28.endive", "idempotency-key": "checkout:s1" },
    });
  });

  test("once for a key, whatever happens on the way", async () => {
    const bench = await open();
    const input = await order(bench);
    await bench.double.control.fault({ on: "session", fault: "drop_after" });
    const ask = () => bench.gateway.openCheckout(input, { idempotencyKey: "checkout:s1" });
    await expect(ask()).rejects.toMatchObject({ outcome: "unknown" });
    const { id } = await ask();
    expect((await bench.double.control.snapshot()).sessions.map((session) => session.id)).toEqual([id]);
  });

  test("a declined attempt leaves no charge of the sale behind", async () => {
    const bench = await open();
    const { id } = await bench.gateway.openCheckout(await order(bench), { idempotencyKey: "checkout:s1" });
    expect(await bench.double.control.pay({ session: id, card: "declined" })).toMatchObject({
      outcome: "declined",
    });
    expect(await bench.gateway.fetchCheckout(id)).toMatchObject({
      state: "open",
      chargeId: null,
      paymentIntentId: expect.any(String),
    });
    await bench.double.control.pay({ session: id, card: "authenticate" });
    expect(await bench.gateway.fetchCheckout(id)).toMatchObject({
      state: "complete",
      paymentStatus: "paid",
      url: null,
      chargeId: expect.stringMatching(/^ch_/),
      balanceTransaction: { amount: 3150, fee: 121, net: 3029 },
    });
  });
});

describe("the gateway closes a payment page", () => {
  test("and says what has become of it", async () => {
    const bench = await open();
    const { gateway, double } = bench;
    const first = await gateway.openCheckout(await order(bench), { idempotencyKey: "checkout:s1" });
    expect(await gateway.expireCheckout(first.id)).toBe("expired");
    expect(await gateway.expireCheckout(first.id)).toBe("expired");
    const second = await gateway.openCheckout(await order(bench), { idempotencyKey: "checkout:s2" });
    await double.control.pay({ session: second.id });
    expect(await gateway.expireCheckout(second.id)).toBe("complete");
    await expect(gateway.expireCheckout("cs_test_none")).rejects.toMatchObject({
      outcome: "refused",
      code: "resource_missing",
      httpStatus: 404,
    });
  });
});

describe("the gateway sends money", () => {
  test("with what is needed to find it again", async () => {
    const bench = await open();
    const { gateway, double } = bench;
    const { id } = await gateway.openCheckout(await order(bench), { idempotencyKey: "checkout:s1" });
    const { charge } = await double.control.pay({ session: id });
    const ana = await activeAccount(bench);
    const input = {
      amount: 628,
      currency: "cad",
      destination: ana,
      sourceTransaction: charge ?? "",
      transferGroup: "sale_s1",
      metadata: { payout: "p1" },
    };
    await double.control.fault({ on: "transfer", fault: "drop_after", destination: ana });
    await expect(gateway.sendTransfer(input, { idempotencyKey: "tr:1" })).rejects.toMatchObject({
      outcome: "unknown",
    });
    const found = await gateway.findTransfers({ transferGroup: "sale_s1", destination: ana });
    expect(found).toMatchObject([{ ...input, amountReversed: 0 }]);
    expect(await gateway.sendTransfer(input, { idempotencyKey: "tr:1" })).toEqual(found[0]);
  });

  test("finds all of many, page by page", async () => {
    const bench = await open();
    const ana = await activeAccount(bench);
    for (let i = 0; i < 103; i++)
      await bench.gateway.sendTransfer(
        { amount: 1 + i, currency: "cad", destination: ana, transferGroup: "release_1" },
        { idempotencyKey: `tr:${i}` },
      );
    const amounts = (await bench.gateway.findTransfers({ transferGroup: "release_1" })).map((t) => t.amount);
    expect(amounts).toEqual(Array.from({ length: 103 }, (_, i) => 103 - i));
  });
});
