import { describe, expect, test } from "vitest";
import { activeAccount, type Bench, clientOf, open, openSession, paid, refusalOf } from "./stripe-double.ts";

describe("a session", () => {
  test("opens with its lines, its address and its end, and shows its lines when asked", async () => {
    const bench = await open();
    const { stripe } = bench;
    const session = await openSession(bench, {
      locale: "fr-CA",
      metadata: { sale: "s1" },
      line_items: [
        {
          quantity: 2,
          price_data: {
            currency: "cad",
            unit_amount: 700,
            product_data: { name: "Épave", description: "Roman" },
          },
        },
        { quantity: 1, price_data: { currency: "cad", unit_amount: 99, product_data: { name: "Ressac" } } },
      ],
    });
    expect(session).toMatchObject({
      status: "open",
      payment_status: "unpaid",
      amount_total: 1499,
      currency: "cad",
      client_reference_id: "s1",
      customer_email: "lise@exemple.org",
      metadata: { sale: "s1" },
      payment_intent: null,
    });
    const whole = await stripe.checkout.sessions.retrieve(session.id, { expand: ["line_items"] });
    expect(
      whole.line_items?.data.map((line) => [line.description, line.quantity, line.amount_total]),
    ).toEqual([
      ["Épave", 2, 1400],
      ["Ressac", 1, 99],
    ]);
    const lines = await stripe.checkout.sessions.listLineItems(session.id);
    expect(lines.data).toHaveLength(2);
  });

  test("paid, it has an intent, a charge and a buyer, and its list can be searched", async () => {
    const bench = await open();
    const { session, charge } = await paid(bench);
    const { stripe } = bench;
    const whole = await stripe.checkout.sessions.retrieve(session, {
      expand: ["payment_intent.latest_charge.balance_transaction"],
    });
    expect(whole).toMatchObject({
      status: "complete",
      payment_status: "paid",
      url: null,
      customer_details: { email: "lise@exemple.org" },
      payment_intent: {
        status: "succeeded",
        transfer_group: "sale_s1",
        metadata: { sale: "s1" },
        latest_charge: { id: charge, balance_transaction: { amount: 1500, fee: 74, net: 1426 } },
      },
    });
    const intent = typeof whole.payment_intent === "object" ? (whole.payment_intent?.id ?? "") : "";
    expect((await stripe.checkout.sessions.list({ payment_intent: intent })).data.map((s) => s.id)).toEqual([
      session,
    ]);
    expect((await stripe.checkout.sessions.list({ status: "open" })).data).toEqual([]);
    expect((await stripe.paymentIntents.retrieve(intent)).amount_received).toBe(1500);
  });

  test("expires at its time, or when the shop asks, and then cannot be paid", async () => {
    const bench = await open();
    const { stripe, double } = bench;
    const first = await openSession(bench);
    await double.control.clock({ advanceSeconds: 30 * 60 });
    expect((await stripe.checkout.sessions.retrieve(first.id)).status).toBe("open");
    await double.control.clock({ advanceSeconds: 60 });
    expect(await stripe.checkout.sessions.retrieve(first.id)).toMatchObject({ status: "expired", url: null });
    expect((await double.control.pay({ session: first.id })).outcome).toBe("closed");
    const second = await openSession(bench);
    expect((await stripe.checkout.sessions.expire(second.id)).status).toBe("expired");
    const { charge: _, session } = await paid(bench);
    const refused = await refusalOf(stripe.checkout.sessions.expire(session));
    expect(refused).toMatchObject({
      status: 400,
      message: expect.stringContaining("has a status of `complete`"),
    });
  });
});

describe("what Stripe refuses of a session", () => {
  const line = (unit_amount: number, currency = "cad") => ({
    quantity: 1,
    price_data: { currency, unit_amount, product_data: { name: "x" } },
  });
  const cases: [string, (bench: Bench) => Promise<unknown>, object][] = [
    ["less than 50", (b) => openSession(b, { amount: 49 }), { status: 400, code: "amount_too_small" }],
    [
      "more than 99999999",
      (b) => openSession(b, { amount: 100_000_000 }),
      { status: 400, code: "amount_too_large" },
    ],
    [
      "two currencies",
      (b) => openSession(b, { line_items: [line(50), line(50, "eur")] }),
      { status: 400, param: "line_items" },
    ],
    [
      "101 lines",
      (b) => openSession(b, { line_items: Array.from({ length: 101 }, () => line(50)) }),
      { status: 400 },
    ],
    [
      "an end too near",
      async (b) => openSession(b, { expires_at: Math.floor((await b.now()).getTime() / 1000) + 1799 }),
      { status: 400, param: "expires_at" },
    ],
    [
      "an unknown session",
      (b) => b.stripe.checkout.sessions.retrieve("cs_test_none"),
      { status: 404, code: "resource_missing" },
    ],
    [
      "an unknown field to expand",
      (b) =>
        b.stripe.checkout.sessions
          .list({ expand: ["data.nothing"] })
          .then(async () =>
            b.stripe.checkout.sessions.retrieve((await openSession(b)).id, { expand: ["nothing"] }),
          ),
      { status: 400, param: "expand" },
    ],
  ];
  test.each(cases)("%s", async (_name, ask, refused) => {
    expect(await refusalOf(ask(await open()))).toMatchObject(refused);
  });

  test("a parameter that it does not know, one that is missing, one of the wrong kind", async () => {
    const bench = await open();
    const post = async (form: string) => {
      const answer = await fetch(`${bench.double.url}/v1/checkout/sessions`, {
        method: "POST",
        body: new URLSearchParams(form),
        headers: { authorization: "Bearer sk_test_0123456789abcdef" },
      });
      return { status: answer.status, error: ((await answer.json()) as { error: object }).error };
    };
    const url = "success_url=http://x.test";
    expect(await post(`mode=payment&${url}&line_items[0][price_data][unit_amout]=1`)).toMatchObject({
      status: 400,
      error: { type: "invalid_request_error" },
    });
    const whole = `mode=payment&${url}&line_items[0][price_data][unit_amount]=90&line_items[0][price_data][currency]=cad&line_items[0][price_data][product_data][name]=x`;
    expect(await post(`${whole}&colour=red`)).toMatchObject({
      status: 400,
      error: { code: "parameter_unknown", param: "colour", message: "Received unknown parameter: colour" },
    });
    expect(await post(whole.replace(url, ""))).toMatchObject({
      status: 400,
      error: { code: "parameter_missing", param: "success_url" },
    });
    expect(await post(whole.replace("=90", "=9.5"))).toMatchObject({
      status: 400,
      error: { code: "parameter_invalid_integer", param: "line_items[0][price_data][unit_amount]" },
    });
    expect(await post(whole.replace("payment", "payement"))).toMatchObject({
      status: 400,
      error: { param: "mode" },
    });
  });

  test("a wrong key, none, another version, an address that is not there", async () => {
    const { double, stripe } = await open();
    expect(await refusalOf(clientOf(double.url, "sk_test_wrong").balance.retrieve())).toMatchObject({
      status: 401,
    });
    expect((await fetch(`${double.url}/v1/balance`)).status).toBe(401);
    expect(await refusalOf(stripe.balance.retrieve({}, { apiVersion: "2024-06-20" }))).toMatchObject({
      status: 400,
    });
    expect(await refusalOf(stripe.customers.list())).toMatchObject({
      status: 404,
      message: "Unrecognized request URL (GET: /v1/customers).",
    });
  });
});

/** A browser without scripts: follows no redirect, keeps no cookie. */
async function visit(url: string, form?: Record<string, string>, language = "fr") {
  const answer = await fetch(url, {
    redirect: "manual",
    headers: { "accept-language": language },
    ...(form && { method: "POST", body: new URLSearchParams(form) }),
  });
  return {
    status: answer.status,
    to: answer.headers.get("location"),
    text: await answer.text(),
    headers: answer.headers,
  };
}

describe("the payment page", () => {
  test("shows the lines and the total, in French and in English, and fetches nothing from elsewhere", async () => {
    const bench = await open();
    const french = await visit((await openSession(bench, { locale: "fr-CA" })).url ?? "", undefined, "en");
    expect(french.text).toContain("Page d’essai");
    expect(french.text).toContain("Le livre des marées");
    expect(french.text).toMatch(/Payer 15,00\s\$/);
    expect(french.text).toContain("lise@exemple.org");
    expect(french.text).toContain('href="http://shop.test/panier"');
    expect(french.text).toContain('lang="fr-CA"');
    expect(french.text).not.toMatch(/<script|src=|@import|url\(/);
    expect(french.headers.get("content-security-policy")).toContain("default-src 'none'");
    const english = await visit((await openSession(bench, { locale: "en" })).url ?? "");
    expect(english.text).toContain("Test page: no payment is real");
    expect(english.text).toContain("Pay $15.00");
    expect((await visit((await openSession(bench)).url ?? "", undefined, "en-CA")).text).toContain(
      "Your order",
    );
  });

  test("escapes what the shop names its works", async () => {
    const bench = await open();
    const session = await openSession(bench, {
      line_items: [
        {
          price_data: { currency: "cad", unit_amount: 900, product_data: { name: `<b>"L’île" & 'mer'</b>` } },
          quantity: 1,
        },
      ],
    });
    const { text } = await visit(session.url ?? "");
    expect(text).toContain("&#60;b&#62;&#34;L’île&#34; &#38; &#39;mer&#39;&#60;/b&#62;");
  });

  test("a button or a number pays, and leads back to the shop", async () => {
    const bench = await open();
    for (const form of [{ card: "4242424242424242" }, { number: "4242 4242 4242 4242" }] as Record<
      string,
      string
    >[]) {
      const session = await openSession(bench);
      const answer = await visit(session.url ?? "", form);
      expect(answer).toMatchObject({ status: 303, to: `http://shop.test/merci?session=${session.id}` });
      expect((await bench.stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe("paid");
      expect((await visit(session.url ?? "")).text).toContain("Ce paiement est fait");
    }
  });

  test("a declined card and one that is no test card say so, and leave the session open", async () => {
    const bench = await open();
    const session = await openSession(bench);
    const url = session.url ?? "";
    const declined = await visit(url, { card: "4000000000000002" });
    expect(declined.status).toBe(303);
    expect((await visit(new URL(declined.to ?? "", url).href)).text).toContain("La carte a été refusée");
    const unknown = await visit(url, { number: "4111111111111111" });
    expect((await visit(new URL(unknown.to ?? "", url).href)).text).toContain(
      "Ce n’est pas une carte d’essai",
    );
    const after = await bench.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent.latest_charge"],
    });
    expect(after).toMatchObject({
      status: "open",
      payment_intent: {
        status: "requires_payment_method",
        last_payment_error: { code: "card_declined" },
        latest_charge: { status: "failed", paid: false },
      },
    });
    expect((await visit(url, { card: "4242424242424242" })).to).toContain("http://shop.test/merci");
  });

  test("a card may ask for a confirmation, which may be refused or given", async () => {
    const bench = await open();
    const session = await openSession(bench);
    const url = session.url ?? "";
    const asked = await visit(url, { card: "4000002760003184" });
    const bank = new URL(asked.to ?? "", url).href;
    expect((await visit(bank)).text).toContain("Votre banque demande une confirmation");
    const refused = await visit(bank, { answer: "refuse" });
    expect((await visit(new URL(refused.to ?? "", url).href)).text).toContain("n’a pas été confirmé");
    await visit(url, { card: "4000002760003184" });
    expect((await visit(bank, { answer: "confirm" })).to).toContain("http://shop.test/merci");
  });

  test("asks for an address when the shop gave none", async () => {
    const bench = await open();
    const { stripe, now } = bench;
    const session = await stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [
        { quantity: 1, price_data: { currency: "cad", unit_amount: 900, product_data: { name: "x" } } },
      ],
      success_url: "http://shop.test/merci",
      expires_at: Math.floor((await now()).getTime() / 1000) + 3600,
    });
    expect((await visit(session.url ?? "", { card: "4242424242424242" })).to).toContain("problem=email");
    await visit(session.url ?? "", { card: "4242424242424242", email: "lise@exemple.org" });
    expect((await stripe.checkout.sessions.retrieve(session.id)).customer_details?.email).toBe(
      "lise@exemple.org",
    );
  });

  test("an expired or unknown one says so", async () => {
    const bench = await open();
    const session = await openSession(bench);
    await bench.stripe.checkout.sessions.expire(session.id);
    expect((await visit(session.url ?? "")).text).toContain("Cette page a expiré");
    expect((await visit(session.url ?? "", { card: "4242424242424242" })).text).toContain(
      "Cette page a expiré",
    );
    expect((await visit(`${bench.double.url}/c/pay/cs_test_none`)).status).toBe(404);
  });
});

describe("the page of an account", () => {
  const link = async ({ stripe }: Bench, account: string) =>
    (
      await stripe.v2.core.accountLinks.create({
        account,
        use_case: {
          type: "account_onboarding",
          account_onboarding: {
            return_url: "http://shop.test/retour",
            refresh_url: "http://shop.test/encore",
          },
        },
      })
    ).url;

  test("opens once, and within minutes", async () => {
    const bench = await open();
    const { account } = await bench.double.control.createAccount({});
    const url = await link(bench, account);
    expect((await visit(url)).to).toMatch(/^\/setup\//);
    expect((await visit(url)).to).toBe("http://shop.test/encore");
    const late = await link(bench, account);
    await bench.double.control.clock({ advanceSeconds: 301 });
    expect((await visit(late)).to).toBe("http://shop.test/encore");
  });

  test.each([
    ["finish", "active"],
    ["review", "in_review"],
    ["later", "to_complete"],
  ])("%s leads back, the account is %s", async (answer, state) => {
    const bench = await open();
    const { account } = await bench.double.control.createAccount({ displayName: "Ana" });
    const url = await link(bench, account);
    const form = new URL((await visit(url)).to ?? "", url).href;
    expect((await visit(form)).text).toContain("Recevoir vos paiements");
    const back = await visit(form, { answer, name: "Ana", account: "000123456789" });
    expect(back.to).toBe("http://shop.test/retour");
    expect((await bench.gateway.fetchAccountState(account)).state).toBe(state);
  });

  test("speaks the account's language", async () => {
    const bench = await open();
    const { id } = await bench.gateway.createRecipientAccount(
      { email: "dan@exemple.org", country: "CA", locale: "en" },
      { idempotencyKey: "account:dan" },
    );
    const url = await bench.gateway.openOnboarding(id ?? "", {
      returnUrl: "http://shop.test/r",
      refreshUrl: "http://shop.test/e",
    });
    expect((await visit(new URL((await visit(url)).to ?? "", url).href)).text).toContain(
      "Receive your payments",
    );
    expect(await activeAccount(bench, "closed")).toMatch(/^acct_/);
  });
});
