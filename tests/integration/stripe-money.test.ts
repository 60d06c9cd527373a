import { describe, expect, test } from "vitest";
import { activeAccount, type Bench, open, paid, refusalOf } from "./stripe-double.ts";

/** What the platform has above its opening float. */
async function earned({ double }: Bench) {
  const { available, pending, onItsWay, openingFloat } = (await double.control.snapshot()).balance;
  return (available.cad ?? 0) + (pending.cad ?? 0) - onItsWay - openingFloat;
}

describe("the fee", () => {
  test.each([
    [1500, undefined, 74],
    [2300, undefined, 97],
    [99, undefined, 33],
    [50, undefined, 31],
    [1500, "foreign", 86],
    [999_999, undefined, 29_030],
  ])("of %i with card %s is %i", async (amount, card, fee) => {
    const bench = await open();
    const { charge } = await paid(bench, { amount, ...(card !== undefined && { card }) });
    const made = await bench.stripe.charges.retrieve(charge, { expand: ["balance_transaction"] });
    expect(made.balance_transaction).toMatchObject({
      amount,
      fee,
      net: amount - fee,
      type: "charge",
      source: charge,
    });
  });

  test("is not known at first; the charge says so when it is", async () => {
    const bench = await open();
    const { stripe, double, gateway } = bench;
    const { session, charge } = await paid(bench, { fee: "later" });
    expect((await stripe.charges.retrieve(charge)).balance_transaction).toBeNull();
    expect(await gateway.fetchCheckout(session)).toMatchObject({
      paymentStatus: "paid",
      balanceTransaction: null,
    });
    // The balance is what its transactions come to.
    expect(await earned(bench)).toBe(0);
    await double.control.feeKnown({ session });
    expect((await gateway.fetchCharge(charge)).balanceTransaction).toMatchObject({ fee: 74, net: 1426 });
    const events = await stripe.events.list({ type: "charge.updated" });
    expect(events.data[0]?.data).toMatchObject({
      object: { id: charge },
      previous_attributes: { balance_transaction: null },
    });
    expect(await earned(bench)).toBe(1426);
    await double.control.feeKnown({ charge });
    expect((await stripe.balanceTransactions.list({ source: charge })).data).toHaveLength(1);
  });

  test("appears by itself after a while when nobody says otherwise", async () => {
    const bench = await open({ feeDelayMs: 5000 });
    const { charge } = await paid(bench);
    await bench.double.control.clock({ advanceSeconds: 4 });
    expect((await bench.stripe.charges.retrieve(charge)).balance_transaction).toBeNull();
    await bench.double.control.clock({ advanceSeconds: 1 });
    expect((await bench.gateway.fetchCharge(charge)).balanceTransaction?.fee).toBe(74);
  });

  test("of a charge in euros is taken from what it brought in dollars", async () => {
    const bench = await open();
    const { charge } = await paid(bench, { amount: 1000, currency: "eur", fee: "later" });
    expect(await earned(bench)).toBe(0);
    await bench.double.control.feeKnown({ charge, fee: 104, settled: 1487 });
    const { balanceTransaction } = await bench.gateway.fetchCharge(charge);
    expect(balanceTransaction).toMatchObject({
      amount: 1487,
      fee: 104,
      net: 1383,
      currency: "cad",
      exchangeRate: 1.487,
    });
    const half = await bench.stripe.refunds.create({ charge, amount: 333 });
    await bench.stripe.refunds.create({ charge });
    expect(half).toMatchObject({ currency: "eur", amount: 333 });
    expect((await bench.gateway.listBalanceTransactions({ type: "refund" })).map((t) => t.amount)).toEqual([
      -992, -495,
    ]);
    expect(await earned(bench)).toBe(-104);
  });
});

describe("refunds", () => {
  test("in parts, then the rest, then no more", async () => {
    const bench = await open();
    const { stripe } = bench;
    const { charge } = await paid(bench);
    const first = await stripe.refunds.create({ charge, amount: 500, metadata: { refund: "r1" } });
    expect(first).toMatchObject({ status: "succeeded", amount: 500, metadata: { refund: "r1" } });
    expect(await refusalOf(stripe.refunds.create({ charge, amount: 1001 }))).toMatchObject({
      status: 400,
      param: "amount",
    });
    expect((await stripe.charges.retrieve(charge, { expand: ["refunds"] })).refunds?.data).toHaveLength(1);
    await stripe.refunds.create({ charge });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ refunded: true, amount_refunded: 1500 });
    expect(await refusalOf(stripe.refunds.create({ charge, amount: 1 }))).toMatchObject({
      code: "charge_already_refunded",
    });
    expect((await bench.gateway.findRefunds({ chargeId: charge })).map((r) => r.amount)).toEqual([1000, 500]);
    expect(await earned(bench)).toBe(-74);
  });

  test("pending, then done: the money leaves when it is done", async () => {
    const bench = await open();
    const { charge } = await paid(bench);
    await bench.double.control.fault({ on: "refund", fault: "pending" });
    const refund = await bench.gateway.createRefund(
      { chargeId: charge, amount: 1500 },
      { idempotencyKey: "refund:r1" },
    );
    expect(refund).toMatchObject({ status: "pending", pendingReason: "insufficient_funds" });
    expect((await bench.double.control.snapshot()).balance.onItsWay).toBe(1500);
    expect(await earned(bench)).toBe(-74);
    await bench.double.control.refundSucceeded({ refund: refund.id });
    expect((await bench.gateway.fetchRefund(refund.id)).status).toBe("succeeded");
    expect((await bench.double.control.snapshot()).balance.onItsWay).toBe(0);
    expect(await earned(bench)).toBe(-74);
  });

  test("failed later: the money is back, and the charge may be refunded again", async () => {
    const bench = await open();
    const { charge } = await paid(bench);
    const refund = await bench.gateway.createRefund(
      { chargeId: charge, amount: 1500 },
      { idempotencyKey: "refund:r1" },
    );
    await bench.double.control.refundFailed({ refund: refund.id });
    expect(await bench.gateway.fetchRefund(refund.id)).toMatchObject({
      status: "failed",
      failureReason: "lost_or_stolen_card",
    });
    expect(await bench.gateway.fetchCharge(charge)).toMatchObject({ amountRefunded: 0 });
    expect(await earned(bench)).toBe(1426);
    const types = (
      await bench.stripe.events.list({ types: ["refund.failed", "refund.updated", "charge.refund.updated"] })
    ).data;
    expect(types.map((event) => event.type).sort()).toEqual([
      "charge.refund.updated",
      "refund.failed",
      "refund.updated",
    ]);
    await bench.stripe.refunds.create({ charge });
  });

  test("made in the dashboard, they come with events like ours", async () => {
    const bench = await open();
    const { charge, session } = await paid(bench);
    const { refund } = await bench.double.control.refund({ session, amount: 500 });
    expect(await bench.gateway.fetchRefund(refund)).toMatchObject({
      chargeId: charge,
      amount: 500,
      metadata: {},
    });
    const [event] = (await bench.stripe.events.list({ type: "refund.created" })).data;
    expect(event?.request).toEqual({ id: null, idempotency_key: null });
  });
});

describe("transfers", () => {
  const transfer = (amount: number, destination: string, charge?: string) => ({
    amount,
    currency: "cad",
    destination,
    transfer_group: "sale_s1",
    metadata: { to: "ana" },
    ...(charge !== undefined && { source_transaction: charge }),
  });

  test("come out of a charge, are found by their group, and are taken back in parts", async () => {
    const bench = await open();
    const { stripe, gateway } = bench;
    const [ana, benoit] = [await activeAccount(bench), await activeAccount(bench)];
    const { charge } = await paid(bench);
    const made = await stripe.transfers.create(transfer(628, ana, charge));
    await stripe.transfers.create(transfer(376, benoit, charge));
    expect(made).toMatchObject({
      amount: 628,
      destination: ana,
      source_transaction: charge,
      transfer_group: "sale_s1",
    });
    expect((await gateway.findTransfers({ transferGroup: "sale_s1" })).map((t) => t.amount)).toEqual([
      376, 628,
    ]);
    expect(
      (await gateway.findTransfers({ transferGroup: "sale_s1", destination: ana })).map((t) => t.id),
    ).toEqual([made.id]);
    expect(await gateway.findTransfers({ transferGroup: "sale_s2" })).toEqual([]);
    await stripe.transfers.createReversal(made.id, { amount: 209, metadata: { refund: "r1" } });
    expect(await stripe.transfers.retrieve(made.id)).toMatchObject({ amount_reversed: 209, reversed: false });
    expect(await refusalOf(stripe.transfers.createReversal(made.id, { amount: 420 }))).toMatchObject({
      status: 400,
      param: "amount",
    });
    await stripe.transfers.createReversal(made.id);
    expect(await gateway.fetchTransfer(made.id)).toMatchObject({ amountReversed: 628 });
    expect((await gateway.findReversals(made.id)).map((r) => r.amount)).toEqual([419, 209]);
    expect(await earned(bench)).toBe(1426 - 376);
  });

  test("never bring more than what the charge leaves", async () => {
    const bench = await open({ checked: false });
    const { stripe, double } = bench;
    const ana = await activeAccount(bench);
    const { charge } = await paid(bench);
    expect(await refusalOf(stripe.transfers.create(transfer(1501, ana, charge)))).toMatchObject({
      status: 400,
      param: "amount",
    });
    const made = await stripe.transfers.create(transfer(1200, ana, charge));
    expect(await refusalOf(stripe.transfers.create(transfer(301, ana, charge)))).toMatchObject({
      status: 400,
    });
    await stripe.refunds.create({ charge, amount: 300 });
    expect(await refusalOf(stripe.transfers.create(transfer(1, ana, charge)))).toMatchObject({ status: 400 });
    await stripe.transfers.createReversal(made.id, { amount: 700 });
    const { dispute } = await double.control.dispute({ charge, amount: 650 });
    expect(await refusalOf(stripe.transfers.create(transfer(51, ana, charge)))).toMatchObject({
      status: 400,
    });
    await stripe.transfers.create(transfer(50, ana, charge));
    await double.control.disputeEnds({ dispute, how: "won" });
    await stripe.transfers.create(transfer(650, ana, charge));
  });

  test("without a charge they need funds that are available", async () => {
    const bench = await open();
    const { stripe, double } = bench;
    const ana = await activeAccount(bench);
    await double.control.funds({ arrive: "on_request", openingFloat: 100 });
    const { charge } = await paid(bench);
    await stripe.transfers.create(transfer(300, ana, charge));
    expect(await refusalOf(stripe.transfers.create(transfer(101, ana)))).toMatchObject({
      status: 400,
      code: "balance_insufficient",
    });
    expect((await stripe.balance.retrieve()).pending).toMatchObject([{ amount: 1126, currency: "cad" }]);
    await double.control.fundsAvailable();
    expect((await stripe.balance.retrieve()).available).toMatchObject([{ amount: 1226, currency: "cad" }]);
    expect((await stripe.events.list({ type: "balance.available" })).data).toHaveLength(1);
    await stripe.transfers.create(transfer(101, ana));
  });

  test("go only to an account that may be sent money; a closed one gives nothing back", async () => {
    const bench = await open();
    const { stripe, double } = bench;
    const ana = await activeAccount(bench);
    const { charge } = await paid(bench);
    const made = await stripe.transfers.create(transfer(100, ana, charge));
    await double.control.account({ account: ana, state: "restricted" });
    expect(await refusalOf(stripe.transfers.create(transfer(100, ana, charge)))).toMatchObject({
      status: 400,
      code: "insufficient_capabilities_for_transfer",
    });
    await stripe.transfers.createReversal(made.id, { amount: 10 });
    await double.control.account({ account: ana, state: "closed" });
    expect(await refusalOf(stripe.transfers.create(transfer(100, ana, charge)))).toMatchObject({
      status: 403,
      code: "account_invalid",
    });
    expect(await refusalOf(stripe.transfers.createReversal(made.id))).toMatchObject({
      code: "account_invalid",
    });
    expect(await refusalOf(stripe.transfers.create(transfer(100, "acct_none", charge)))).toMatchObject({
      status: 400,
      param: "destination",
    });
  });
});

describe("disputes", () => {
  test("take the money and a fee; lost, it stays away; no refund meanwhile", async () => {
    const bench = await open();
    const { stripe, double, gateway } = bench;
    const { charge } = await paid(bench);
    const { dispute } = await double.control.dispute({ charge });
    expect(await gateway.fetchDispute(dispute)).toMatchObject({
      status: "needs_response",
      amount: 1500,
      chargeId: charge,
      balanceTransactions: [
        { amount: -1500, fee: 1500, net: -3000, type: "adjustment", category: "dispute" },
      ],
    });
    expect((await stripe.charges.retrieve(charge)).disputed).toBe(true);
    expect(await refusalOf(stripe.refunds.create({ charge }))).toMatchObject({ code: "charge_disputed" });
    await double.control.disputeEnds({ dispute, how: "lost" });
    expect((await gateway.findDisputes({ chargeId: charge }))[0]?.status).toBe("lost");
    expect(await earned(bench)).toBe(1426 - 3000);
    const types = (await stripe.events.list({ type: "charge.dispute.*" })).data.map((event) => event.type);
    expect(types.toReversed()).toEqual([
      "charge.dispute.created",
      "charge.dispute.funds_withdrawn",
      "charge.dispute.closed",
    ]);
  });

  test("won, the amount comes back and the fee does not; a refund is allowed again", async () => {
    const bench = await open();
    const { charge } = await paid(bench);
    await bench.stripe.refunds.create({ charge, amount: 500 });
    const { dispute } = await bench.double.control.dispute({ charge });
    await bench.double.control.disputeEnds({ dispute, how: "won" });
    expect(await bench.gateway.fetchDispute(dispute)).toMatchObject({ amount: 1000, status: "won" });
    expect(await earned(bench)).toBe(1426 - 500 - 1500);
    expect((await bench.stripe.events.list({ type: "charge.dispute.funds_reinstated" })).data).toHaveLength(
      1,
    );
    await bench.stripe.refunds.create({ charge });
  });

  test("an inquiry moves nothing", async () => {
    const bench = await open();
    const { charge } = await paid(bench);
    const { dispute } = await bench.double.control.dispute({ charge, inquiry: true });
    expect(await bench.gateway.fetchDispute(dispute)).toMatchObject({
      status: "warning_needs_response",
      balanceTransactions: [],
    });
    await bench.double.control.disputeEnds({ dispute, how: "inquiry_closed" });
    expect((await bench.gateway.fetchDispute(dispute)).status).toBe("warning_closed");
    expect(await earned(bench)).toBe(1426);
  });

  test("a card of the list disputes by itself", async () => {
    const bench = await open();
    const { charge } = await paid(bench, { card: "4000000000000259" });
    expect(await bench.gateway.findDisputes({ chargeId: charge })).toHaveLength(1);
  });
});

describe("the balance", () => {
  test("a payout takes what was earned, and lists what it is made of", async () => {
    const bench = await open();
    const { stripe, double, gateway } = bench;
    await paid(bench);
    await paid(bench, { amount: 99, sale: "s2" });
    const first = await double.control.payout();
    expect(first.amount).toBe(1426 + 66);
    const parts = await gateway.listBalanceTransactions({ payoutId: first.payout });
    expect(parts.reduce((sum, part) => sum + part.net, 0)).toBe(0);
    expect(parts.map((part) => part.type)).toEqual(["payout", "charge", "charge"]);
    expect(await earned(bench)).toBe(0);
    await paid(bench, { sale: "s3" });
    const second = await double.control.payout();
    expect(await gateway.listBalanceTransactions({ payoutId: second.payout })).toHaveLength(2);
    expect((await stripe.payouts.list()).data.map((payout) => payout.amount)).toEqual([1426, 1492]);
    expect((await stripe.events.list({ type: "payout.paid" })).data).toHaveLength(2);
    const more = await refusalOf(stripe.payouts.create({ amount: 1_000_001, currency: "cad" }));
    expect(more).toMatchObject({ code: "balance_insufficient" });
  });

  test("a movement that nothing explains is only in the list", async () => {
    const bench = await open();
    const { balanceTransaction } = await bench.double.control.adjustment({ amount: -1234, description: "?" });
    expect(await bench.gateway.listBalanceTransactions()).toMatchObject([
      { id: balanceTransaction, amount: -1234, sourceId: null },
    ]);
    expect((await bench.gateway.fetchBalance()).available).toEqual({ cad: 1_000_000 - 1234 });
    expect((await bench.stripe.balanceTransactions.retrieve(balanceTransaction)).type).toBe("adjustment");
  });

  test("lists go page by page, newest first, and by time", async () => {
    const bench = await open();
    for (let i = 1; i <= 25; i++) {
      await bench.double.control.adjustment({ amount: i });
      await bench.double.control.clock({ advanceSeconds: 60 });
    }
    const all = await bench.gateway.listBalanceTransactions();
    expect(all.map((t) => t.amount)).toEqual(Array.from({ length: 25 }, (_, i) => 25 - i));
    const page = await bench.stripe.balanceTransactions.list({ limit: 10 });
    expect(page.has_more).toBe(true);
    const next = await bench.stripe.balanceTransactions.list({
      limit: 10,
      starting_after: page.data[9]?.id ?? "",
    });
    expect(next.data[0]?.amount).toBe(15);
    const back = await bench.stripe.balanceTransactions.list({
      limit: 10,
      ending_before: next.data[0]?.id ?? "",
    });
    expect(back.data).toEqual(page.data);
    const from = all[9]?.createdAt;
    expect(await bench.gateway.listBalanceTransactions({ createdFrom: from })).toHaveLength(10);
  });
});
