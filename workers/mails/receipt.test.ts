import { expect, it } from "vitest";
import type { ReceiptLine, SaleReceipt } from "#domain/sales/queries.server.ts";
import { receiptLetter } from "./receipt.ts";

const line: ReceiptLine = {
  id: "l1",
  workId: "w1",
  workSlug: "fil-d-eau",
  kind: "book",
  title: "Fil d’eau & <autres>",
  coopId: "c1",
  coopName: "Les Halles",
  coopSlug: "halles",
  taxNumbers: { tps: "12345 6789 RT0001", tvq: "1234567890 TQ0001" },
  quantity: 2,
  unitPrice: 750,
  amount: 1500,
  taxes: [],
  ruleCode: "R1",
  ruleSteps: null,
  feePart: 80,
  parts: [
    { stage: "percent", amount: 142, fund: "operating", memberId: null, memberName: null },
    { stage: "shares", amount: 1278, fund: null, memberId: "m1", memberName: "Ana Roy" },
  ],
  rightId: "r1",
  rightEndedAt: null,
};
const sale: SaleReceipt = {
  id: "s1",
  number: 1042,
  state: "paid",
  email: "lea@exemple.coop",
  personId: null,
  locale: "fr",
  place: "CA-QC",
  currency: "cad",
  total: 1725,
  discountBp: null,
  coupon: null,
  bundles: [],
  giftTo: null,
  openedAt: new Date("2026-11-22T15:00:00Z"),
  paidAt: new Date("2026-11-22T15:02:00Z"),
  splitAt: new Date("2026-11-22T15:02:05Z"),
  fee: 80,
  settled: null,
  lines: [line],
  taxes: [
    { code: "tps", percent: "5", amount: 75 },
    { code: "tvq", percent: "9.975", amount: 150 },
  ],
};
const input = { access: "s1.token", publicUrl: "https://ventes.example" };
/** Non-breaking spaces read as spaces. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

it("says in both forms what was bought, by whom it was sold, the taxes, the total and where it went", () => {
  const letter = receiptLetter(sale, input);
  expect(plain(letter.subject)).toBe("Votre reçu nº 1042 et vos œuvres");
  for (const form of [plain(letter.text), plain(letter.html)]) {
    for (const words of [
      "2 exemplaires",
      "15,00 $",
      "TPS (5 %)",
      "0,75 $",
      "TVQ (9,975 %)",
      "1,50 $",
      "17,25 $",
    ])
      expect(form).toContain(words);
    expect(form).toContain("Les Halles : TPS 12345 6789 RT0001, TVQ 1234567890 TQ0001");
    for (const words of [
      "Ana Roy",
      "12,78 $",
      "Les Halles, fonctionnement",
      "1,42 $",
      "Frais de carte",
      "0,80 $",
    ])
      expect(form).toContain(words);
    expect(form).toContain("https://ventes.example/achats/s1.token");
  }
  expect(letter.html).toContain("Fil d’eau &amp; &lt;autres&gt;");
  expect(letter.html).not.toMatch(/<img|<script|src=|url\(|@import|https?:\/\/(?!ventes\.example)/);
});

it("speaks the buyer's language and goes to the page in that language", () => {
  const letter = receiptLetter({ ...sale, locale: "en" }, input);
  expect(letter.text).toContain("$17.25");
  expect(letter.text).toContain("https://ventes.example/en/purchases/s1.token");
  expect(letter.text).toContain("GST (5%)");
});

it("promises the sharing where the fee is not known, and is silent about it for a gift", () => {
  const waiting = receiptLetter({ ...sale, splitAt: null }, input);
  expect(waiting.text).toContain("dès que les frais de carte sont connus");
  expect(waiting.text).not.toContain("Ana Roy");
  const free = { ...line, amount: 0, unitPrice: 0, quantity: 1, parts: [] };
  const gift = receiptLetter({ ...sale, state: "claimed", total: 0, taxes: [], lines: [free] }, input);
  expect(gift.text).toContain("Gratuit");
  expect(gift.text).not.toContain("argent");
  expect(gift.text).not.toContain("TPS");
});
