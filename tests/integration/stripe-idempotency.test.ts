import { describe, expect, test } from "vitest";
import { StripeFailure } from "#gateways/stripe.ts";
import { API_KEY, activeAccount, type Bench, open, paid, refusalOf } from "./stripe-double.ts";

async function bench() {
  const opened = await open();
  const ana = await activeAccount(opened);
  const { charge } = await paid(opened);
  return { ...opened, ana, charge };
}
type Ready = Bench & { ana: string; charge: string };

const transfer = ({ stripe, ana, charge }: Ready, key: string, amount = 628) =>
  stripe.transfers.create(
    { amount, currency: "cad", destination: ana, source_transaction: charge, transfer_group: "sale_s1" },
    { idempotencyKey: key },
  );
const made = async ({ double }: Bench) => (await double.control.snapshot()).transfers.length;
const header = (answer: { lastResponse: { headers: Record<string, string> } }, name: string) =>
  answer.lastResponse.headers[name];

describe("an idempotency key", () => {
  test("gives the first answer again, marked, and acts once", async () => {
    const b = await bench();
    const first = await transfer(b, "tr:1");
    const second = await transfer(b, "tr:1");
    expect(second.id).toBe(first.id);
    expect(header(first, "idempotent-replayed")).toBeUndefined();
    expect(header(second, "idempotent-replayed")).toBe("true");
    expect(header(second, "original-request")).toBe(header(first, "request-id"));
    expect(await made(b)).toBe(1);
    // The first answer, not what has become of its object.
    await b.stripe.transfers.createReversal(first.id);
    expect((await transfer(b, "tr:1")).amount_reversed).toBe(0);
  });

  test("is refused with other parameters, and elsewhere", async () => {
    const b = await bench();
    await transfer(b, "tr:1");
    const refused = { status: 400, type: "idempotency_error" };
    expect(await refusalOf(transfer(b, "tr:1", 627))).toMatchObject(refused);
    const refund = b.stripe.refunds.create({ charge: b.charge }, { idempotencyKey: "tr:1" });
    expect(await refusalOf(refund)).toMatchObject(refused);
    expect(await made(b)).toBe(1);
  });

  test("in use by another call is a conflict, and may be asked again", async () => {
    const b = await bench();
    await b.double.control.latency({ ms: 50 });
    const both = await Promise.allSettled([transfer(b, "tr:1"), transfer(b, "tr:1")]);
    const [lost] = both.filter((result) => result.status === "rejected");
    expect(lost?.reason).toMatchObject({
      statusCode: 409,
      rawType: "idempotency_error",
      code: "idempotency_key_in_use",
    });
    expect(await made(b)).toBe(1);
    await transfer(b, "tr:1");
    expect(await made(b)).toBe(1);
  });

  test("keeps a refusal of the act, and not one of the parameters", async () => {
    const b = await bench();
    const tooMuch = await refusalOf(transfer(b, "tr:1", 9999));
    await b.stripe.refunds.create({ charge: b.charge, amount: 1 });
    expect(await refusalOf(transfer(b, "tr:1", 9999))).toEqual(tooMuch);
    expect(await refusalOf(transfer(b, "tr:2", 0))).toMatchObject({ code: "parameter_invalid_integer" });
    await transfer(b, "tr:2", 1);
  });

  test("is forgotten after a day", async () => {
    const b = await open({ checked: false });
    const ana = await activeAccount(b);
    const { charge } = await paid(b);
    await transfer({ ...b, ana, charge }, "tr:1", 100);
    await b.double.control.clock({ advanceSeconds: 86_399 });
    await transfer({ ...b, ana, charge }, "tr:1", 100);
    expect(await made(b)).toBe(1);
    await b.double.control.clock({ advanceSeconds: 1 });
    await transfer({ ...b, ana, charge }, "tr:1", 100);
    expect(await made(b)).toBe(2);
  });

  test("of v2 keeps successes only", async () => {
    const { stripe } = await open();
    const create = (email: string) =>
      stripe.v2.core.accounts.create(
        { contact_email: email, identity: { country: "ca" } },
        { idempotencyKey: "account:ana" },
      );
    expect(await refusalOf(create("ana"))).toMatchObject({ status: 400 });
    const first = await create("ana@exemple.org");
    expect((await create("ana@exemple.org")).id).toBe(first.id);
    expect(await refusalOf(create("eve@exemple.org"))).toMatchObject({ type: "idempotency_error" });
  });
});

describe("what goes wrong on demand", () => {
  test("the connection breaks before: nothing was done", async () => {
    const b = await bench();
    await b.double.control.fault({ on: "transfer", fault: "drop_before" });
    await expect(transfer(b, "tr:1")).rejects.toMatchObject({ type: "StripeConnectionError" });
    expect(await made(b)).toBe(0);
    await transfer(b, "tr:1");
    expect(await made(b)).toBe(1);
  });

  test("the connection breaks after: the same key finds what was done", async () => {
    const b = await bench();
    await b.double.control.fault({ on: "transfer", fault: "drop_after", times: 2 });
    await expect(transfer(b, "tr:1")).rejects.toMatchObject({ type: "StripeConnectionError" });
    await expect(transfer(b, "tr:1")).rejects.toMatchObject({ type: "StripeConnectionError" });
    const found = await transfer(b, "tr:1");
    expect(header(found, "idempotent-replayed")).toBe("true");
    expect(await made(b)).toBe(1);
  });

  test("a 500 is kept under its key; another key acts", async () => {
    const b = await bench();
    await b.double.control.fault({ on: "transfer", fault: "error_500" });
    expect(await refusalOf(transfer(b, "tr:1"))).toMatchObject({ status: 500, type: "api_error" });
    expect(await refusalOf(transfer(b, "tr:1"))).toMatchObject({ status: 500 });
    expect(await made(b)).toBe(0);
    await transfer(b, "tr:2");
    expect(await made(b)).toBe(1);
  });

  test.each(["rate_limit", "lock_timeout"] as const)(
    "%s is not kept: the same key acts later",
    async (fault) => {
      const b = await bench();
      await b.double.control.fault({ on: "transfer", fault });
      expect(await refusalOf(transfer(b, "tr:1"))).toMatchObject({ status: 429, code: fault });
      await transfer(b, "tr:1");
      expect(await made(b)).toBe(1);
    },
  );

  test("a refusal is kept, and only the account named meets it", async () => {
    const b = await bench();
    const other = await activeAccount(b);
    await b.double.control.fault({
      on: "transfer",
      fault: "account_invalid",
      destination: b.ana,
      times: "always",
    });
    const toOther = { ...b, ana: other };
    await transfer(toOther, "tr:other");
    expect(await refusalOf(transfer(b, "tr:1"))).toMatchObject({ status: 403, code: "account_invalid" });
    await b.double.control.clearFaults();
    expect(await refusalOf(transfer(b, "tr:1"))).toMatchObject({ code: "account_invalid" });
    await transfer(b, "tr:2", 100);
  });

  test("reversals, refunds and sessions meet theirs", async () => {
    const b = await bench();
    const { id } = await transfer(b, "tr:1");
    const { double, gateway } = b;
    await double.control.fault({ on: "reversal", fault: "balance_insufficient", destination: b.ana });
    const reverse = (key: string) =>
      gateway.reverseTransfer({ transferId: id, amount: 1 }, { idempotencyKey: key });
    await expect(reverse("rv:1")).rejects.toMatchObject({ outcome: "refused", code: "balance_insufficient" });
    await expect(reverse("rv:1")).rejects.toMatchObject({ outcome: "refused", code: "balance_insufficient" });
    await reverse("rv:2");
    await double.control.fault({ on: "refund", fault: "idempotency_error" });
    const refund = () => gateway.createRefund({ chargeId: b.charge, amount: 1 }, { idempotencyKey: "re:1" });
    await expect(refund()).rejects.toMatchObject({ outcome: "refused", code: "idempotency_error" });
    await refund();
    await double.control.fault({ on: "session", fault: "drop_before" });
    await expect(paid(b, { sale: "s2" })).rejects.toMatchObject({ type: "StripeConnectionError" });
    await paid(b, { sale: "s2" });
  });

  test("more calls in a second than Stripe takes", async () => {
    const b = await bench();
    await b.double.control.rateLimit({ on: "transfer", perSecond: 5 });
    const calls = Array.from({ length: 8 }, (_, i) => transfer(b, `tr:${i}`, 1));
    const refused = (await Promise.allSettled(calls)).filter((result) => result.status === "rejected");
    expect(refused).toHaveLength(3);
    expect(refused[0]?.reason).toMatchObject({ statusCode: 429, code: "rate_limit" });
  });
});

describe("the gateway tells failures apart", () => {
  const send = (b: Ready, key = "tr:1") =>
    b.gateway.sendTransfer(
      {
        amount: 10,
        currency: "cad",
        destination: b.ana,
        sourceTransaction: b.charge,
        transferGroup: "sale_s1",
      },
      { idempotencyKey: key },
    );
  test.each([
    ["drop_before", "unknown", "connection_broken"],
    ["drop_after", "unknown", "connection_broken"],
    ["error_500", "unknown", "api_error"],
    ["rate_limit", "retry", "rate_limit"],
    ["lock_timeout", "retry", "lock_timeout"],
    ["balance_insufficient", "refused", "balance_insufficient"],
    ["account_invalid", "refused", "account_invalid"],
    ["idempotency_error", "refused", "idempotency_error"],
  ] as const)("%s: %s, %s", async (fault, outcome, code) => {
    const b = await bench();
    await b.double.control.fault({ on: "transfer", fault });
    const failure: unknown = await send(b).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StripeFailure);
    expect(failure).toMatchObject({ outcome, code });
  });

  test("a timeout and a key in use", async () => {
    const b = { ...(await open({ timeoutMs: 40 })), ana: "acct_x", charge: "ch_x" };
    await b.double.control.latency({ ms: 150 });
    await expect(send(b)).rejects.toMatchObject({
      outcome: "unknown",
      code: "connection_broken",
      httpStatus: null,
    });
    await expect(send(b)).rejects.toMatchObject({
      outcome: "retry",
      code: "idempotency_key_in_use",
      httpStatus: 409,
    });
  });

  test("nobody there", async () => {
    const b = await bench();
    await b.double.close();
    await expect(b.gateway.fetchBalance()).rejects.toMatchObject({ outcome: "unknown" });
  });

  test("no secret of ours is in what is recorded", async () => {
    const b = await bench();
    expect(JSON.stringify(await b.double.control.exchanges())).not.toContain(API_KEY);
  });
});
