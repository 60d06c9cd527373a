import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Receipt } from "#app/components/receipt.tsx";
import { receivedWords } from "#app/components/received-words.ts";
import { signedMoney } from "#app/components/signed-money.ts";
import { receiptPdf } from "#app/documents/receipt.server.ts";
import { entriesOfSale } from "#domain/ledger/queries.server.ts";
import { readSale, type SaleReceipt } from "#domain/sales/queries.server.ts";
import { moneyBackOf } from "#domain/transparency/receipt-queries.server.ts";
import { whereItWent } from "#domain/transparency/where-it-went.ts";
import { money } from "#i18n/formats.ts";
import { locales } from "#i18n/locale.ts";
import { drain } from "#tests/stories/drain.ts";
import { readStory } from "#tests/stories/format.ts";
import { type Stage, setStage } from "#tests/stories/stage.ts";
import { playStep } from "#tests/stories/steps.ts";
import { receiptLetter } from "#workers/mails/receipt.ts";
import { plain, readPdf } from "./pdf-text.ts";

// Two co-ops in one cart with taxes and a coupon; a work whose expenses are recovered; one paid in another currency; a fee that the
// co-op bears; money that goes back in part, and a refund that fails.
const story = readStory(
  JSON.stringify({
    name: "receipts",
    title: "Ce que dit le reçu",
    start: "2026-03-10T09:00:00-04:00",
    currency: "cad",
    coops: [
      { id: "A", account: "platform" },
      { id: "B", account: "active" },
    ],
    members: ["zoe", "bo", "celik"].map((id) => ({ id, account: "active" })),
    rules: ["A", "B"].map((coop) => ({
      id: `R${coop}`,
      coop,
      from: "2026-01-01T00:00:00-05:00",
      voted: "2025-12-10T19:00:00-05:00",
      steps: [
        { kind: "fee", borne_by: coop === "A" ? "all" : "coop" },
        { kind: "percent", bp: 1000, to: "operating" },
        { kind: "percent", bp: 300, to: "solidarity" },
        { kind: "recoup", bp: 5000 },
        { kind: "shares" },
      ],
    })),
    works: [
      {
        id: "marees",
        coop: "A",
        price: 2000,
        expenses: 400,
        shares: [
          { member: "zoe", parts: 2 },
          { member: "celik", parts: 1 },
        ],
      },
      { id: "battures", coop: "B", price: 999, shares: [{ member: "bo", parts: 1 }] },
      { id: "ailleurs", coop: "A", price: 1500, currency: "eur", shares: [{ member: "bo", parts: 1 }] },
    ],
    taxes: [
      { id: "tps", place: "CA-QC", percent: "5" },
      { id: "tvq", place: "CA-QC", percent: "9.975" },
    ],
    steps: [
      {
        do: "checkout",
        sale: "cart",
        lines: [{ work: "marees", quantity: 2 }, { work: "battures" }],
        place: "CA-QC",
        coupon: { bp: 1000 },
      },
      { do: "pay", sale: "cart" },
      { do: "checkout", sale: "abroad", lines: [{ work: "ailleurs" }], place: "CA-QC" },
      { do: "pay", sale: "abroad" },
      { do: "fee_known", sale: "abroad", settled: 2532, fee: 131 },
      { do: "checkout", sale: "waiting", lines: [{ work: "battures" }] },
      { do: "pay", sale: "waiting", fee: "later" },
      { do: "clock", to: "2026-03-12T12:00:00-04:00" },
      { do: "refund", refund: "r1", sale: "cart", amount: 1000 },
      { do: "refund", refund: "r2", sale: "cart", amount: 500 },
      { do: "refund_failed", refund: "r2" },
    ],
  }),
);

let stage: Stage;
beforeAll(async () => {
  stage = await setStage(story);
  const names = { zoe: "Zoé Œuvrard", bo: "Bo", celik: "Çelik Ďurčo" };
  for (const [id, name] of Object.entries(names))
    await stage.db.updateTable("member").set({ name }).where("id", "=", stage.members.get(id)!.id).execute();
  const titles = { marees: "Marées d’été", battures: "Battures", ailleurs: "Ailleurs" };
  for (const [id, title] of Object.entries(titles))
    await stage.db.updateTable("work").set({ title }).where("id", "=", stage.works.get(id)!).execute();
  for (const step of story.steps) {
    await playStep(stage, step);
    await drain(stage);
  }
}, 120_000);
afterAll(() => stage?.close());

const read = async (label: string): Promise<SaleReceipt> => {
  const sale = await readSale(stage.db, stage.sales.get(label)!.id);
  if (!sale) throw new Error(`no sale ${label}`);
  return sale;
};

/** The words of page, mail and PDF, each as one text with plain spaces. */
async function said(sale: SaleReceipt, locale: "fr" | "en") {
  const back = await moneyBackOf(stage.db, sale.id);
  const pdf = await readPdf(receiptPdf({ locale, sale, back, now: stage.clock.now() }).body);
  const letter = receiptLetter({ ...sale, locale }, { access: "x", publicUrl: "https://ventes.example" });
  // A mark in the place of each tag, so that no two cells run together.
  const page = renderToStaticMarkup(createElement(Receipt, { sale, locale }))
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&#x27;", "'");
  return {
    page: plain(page),
    mail: plain(letter.text),
    pdf: plain(pdf.lines.join(" ")),
    document: pdf,
    back,
  };
}

it("says the same lines on page, mail and PDF as the ledger holds, to the cent, in both languages", async () => {
  for (const label of ["cart", "abroad"]) {
    const sale = await read(label);
    const went = whereItWent(sale)!;
    const entries = await entriesOfSale(stage.db, sale.id);
    const posted = new Map<string, number>();
    for (const { kind, postings } of entries) {
      if (kind !== "sale" && kind !== "split") continue;
      for (const { account, amount } of postings) posted.set(account, (posted.get(account) ?? 0) - amount);
    }
    // What the ledger posted, account by account, is what the receipt says each received.
    const received = went.map((each) => {
      if (each.to === "member") return [`member:${each.memberId}`, each.amount] as const;
      if (each.to === "fund") return [`coop:${each.coopId}:${each.fund}`, each.amount] as const;
      if (each.to === "tax") return [`tax:${each.code}`, each.amount] as const;
      if (each.to === "pool") {
        const line = sale.lines.find(({ title }) => title === each.title)!;
        return [`pool:${line.workId}`, each.amount] as const;
      }
      return ["fee", each.amount] as const;
    });
    expect(new Map(received.filter(([account]) => account !== "fee"))).toEqual(
      new Map([...posted].filter(([account, amount]) => amount !== 0 && account !== "stripe")),
    );
    const fee = received.find(([account]) => account === "fee")![1];
    const paid = received.reduce((all, [, amount]) => all + amount, 0);
    expect(0 - posted.get("stripe")!).toBe(paid - fee);
    expect(paid).toBe(sale.settled);
    for (const locale of locales) {
      const { page, mail, pdf } = await said(sale, locale);
      for (const text of [page, mail, pdf]) {
        for (const each of went)
          expect(text, label).toContain(
            `${plain(receivedWords(locale, each))} ${plain(signedMoney(locale, each.amount))}`,
          );
        for (const amount of [
          sale.total,
          ...sale.lines.map((line) => line.amount),
          ...sale.taxes.map((tax) => tax.amount),
        ])
          expect(text, label).toContain(plain(money(locale, amount, sale.currency)));
        for (const line of sale.lines) expect(text).toContain(plain(line.title));
      }
    }
  }
}, 60_000);

it("is a document for anybody: tagged, titled, in its language, in type that it carries along", async () => {
  const sale = await read("cart");
  const { document, pdf } = await said(sale, "fr");
  expect(document).toMatchObject({ language: "fr-CA", tagged: true });
  expect(plain(document.title ?? "")).toBe(`Reçu nº ${sale.number}`);
  expect(document.fonts.length).toBeGreaterThan(1);
  expect(document.fonts.filter(({ embedded }) => !embedded)).toEqual([]);
  expect(document.fonts.every(({ name }) => /^[A-Z]{6}\+Literata/.test(name))).toBe(true);
  // Letters that the first cut of the type lacks come from another one.
  for (const words of ["Zoé Œuvrard", "Çelik Ďurčo", "Marées d’été", "Rabais de 10 %", "TVQ (9,975 %)"])
    expect(pdf).toContain(words);
});

it("says what was given back, by whom, and what is left paid", async () => {
  const sale = await read("cart");
  const { pdf, back } = await said(sale, "fr");
  expect(back.map(({ kind, amount }) => [kind, amount])).toEqual([
    ["refund", 1000],
    ["refund", 500],
    ["refund_failed", -500],
  ]);
  for (const { amount, from } of back) expect(from.reduce((all, part) => all + part.amount, 0)).toBe(amount);
  expect(pdf).toContain("Remboursement, 12 mars 2026 − 10,00 $");
  expect(pdf).toContain("Frais de carte perdus par la coopérative");
  expect(pdf).toContain(`Reste payé ${plain(money("fr", sale.total - 1000, "cad"))}`);
});

it("promises the sharing where the fee is not known yet", async () => {
  const { pdf, page } = await said(await read("waiting"), "fr");
  expect(pdf).toContain("dès que les frais exacts de la carte sont connus");
  expect(pdf).not.toContain("Frais de carte ");
  expect(page).not.toContain("Bo");
});
