import { receivedWords, taxWords } from "#app/components/received-words.ts";
import { signedMoney } from "#app/components/signed-money.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { discountOf } from "#domain/sales/discount-of.ts";
import type { SaleReceipt } from "#domain/sales/queries.server.ts";
import type { MoneyBack } from "#domain/transparency/receipt-queries.server.ts";
import { whereItWent } from "#domain/transparency/where-it-went.ts";
import { discountTaken } from "#i18n/discount-taken.ts";
import { date, money, number, percent } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { receiptWords } from "#i18n/receipt.ts";
import { type Paper, paper } from "./paper.server.ts";

type Given = { locale: Locale; sale: SaleReceipt; back: readonly MoneyBack[]; now: Date };

/**
 * The receipt to print and keep: who sold with their tax numbers, what was bought, taxes, total, where each dollar went as soon as
 * the exact fee is known, and what was given back. The same lines as the page and the mail.
 */
export function receiptPdf(given: Given): { body: ReadableStream<Uint8Array>; fileName: string } {
  const { locale, sale, now } = given;
  const words = receiptWords(locale);
  const said = String(sale.number);
  const coops = [...new Set(sale.lines.map((line) => line.coopName))].join(", ");
  const body = paper(
    {
      locale,
      title: words.document(said),
      author: coops,
      foot: words.foot(said),
      madeAt: now,
      page: words.page,
    },
    async (sheet) => {
      sheet.title(words.heading(said));
      facts(sheet, given);
      await bought(sheet, given);
      await where(sheet, given);
      await givenBack(sheet, given);
    },
  );
  return { body, fileName: words.file(said) };
}

function facts(sheet: Paper, { locale, sale }: Given): void {
  const words = receiptWords(locale);
  const day = date(locale, new Date(sale.paidAt ?? sale.openedAt));
  const sellers = [...new Map(sale.lines.map((line) => [line.coopId, line])).values()];
  sheet.facts([
    [words.number, String(sale.number)],
    [sale.total === 0 ? words.takenOn : words.paidOn, day],
    ...(sale.total === 0 ? [] : [[words.paidBy, words.card] as const]),
    [words.buyer, sale.email],
    ...sellers.map(({ coopName, taxNumbers }) => {
      const numbers = Object.entries(taxNumbers).map(([code, value]) => `${taxWords(locale, code)} ${value}`);
      return [words.seller, `${coopName}, ${numbers.join(", ") || words.noNumber}`] as const;
    }),
  ]);
}

async function bought(sheet: Paper, { locale, sale }: Given): Promise<void> {
  const words = receiptWords(locale);
  const say = (amount: number) => money(locale, amount, sale.currency);
  sheet.heading(words.bought);
  const table = sheet.table(
    [
      { head: words.work, share: 50 },
      { head: words.quantity, share: 13, amount: true },
      { head: words.unitPrice, share: 16, amount: true },
      { head: words.amount, share: 18, amount: true },
    ],
    words.bought,
  );
  for (const line of sale.lines)
    await table.row([
      { text: line.title, note: line.coopName },
      number(locale, line.quantity),
      line.unitPrice === 0 ? words.free : say(line.unitPrice),
      line.amount === 0 ? words.free : say(line.amount),
    ]);
  const levied = sale.taxes.filter((tax) => tax.amount > 0);
  const subtotal = sale.lines.reduce((sum, line) => sum + line.amount, 0);
  const discount = discountTaken(locale, discountOf(sale), sale);
  if (discount) await table.row([discount, "", "", ""], { soft: true });
  if (levied.length > 0) await table.row([words.subtotal, "", "", say(subtotal)]);
  for (const tax of levied)
    await table.row([
      `${taxWords(locale, tax.code)} (${percent(locale, tax.percent)})`,
      "",
      "",
      say(tax.amount),
    ]);
  await table.row([words.total, "", "", say(sale.total)], { strong: true });
  table.end();
}

async function where(sheet: Paper, { locale, sale }: Given): Promise<void> {
  const words = receiptWords(locale);
  const went = whereItWent(sale);
  if (sale.total === 0) return;
  sheet.heading(words.where);
  if (went === null) {
    sheet.paragraph(words.whereLater, { soft: true });
    return;
  }
  const say = (amount: number) => signedMoney(locale, amount);
  sheet.paragraph(words.whereLead, { soft: true });
  if (sale.currency !== settlementCurrency && sale.settled !== null)
    sheet.paragraph(words.whereSettled(say(sale.settled)), { soft: true });
  const table = sheet.table(
    [
      { head: words.whereTo, share: 76 },
      { head: words.amount, share: 20, amount: true },
    ],
    words.where,
  );
  for (const each of went) await table.row([receivedWords(locale, each), say(each.amount)]);
  await table.row([words.total, say(went.reduce((sum, { amount }) => sum + amount, 0))], { strong: true });
  table.end();
}

async function givenBack(sheet: Paper, { locale, sale, back }: Given): Promise<void> {
  if (back.length === 0) return;
  const words = receiptWords(locale);
  const say = (amount: number) => signedMoney(locale, amount);
  sheet.heading(words.back);
  const table = sheet.table(
    [
      { head: words.backFrom, share: 76 },
      { head: words.amount, share: 20, amount: true },
    ],
    words.back,
  );
  for (const each of back) {
    await table.row([
      { text: `${words.backKinds[each.kind]}, ${date(locale, each.at)}`, strong: true },
      { text: say(0 - each.amount), strong: true },
    ]);
    // A refund that failed gives to each what it had taken: said once is enough.
    for (const part of each.kind === "refund_failed" ? [] : each.from)
      await table.row([`    ${receivedWords(locale, part)}`, say(0 - part.amount)], { soft: true });
  }
  const paid = sale.settled ?? sale.total;
  await table.row([words.remains, say(paid - back.reduce((sum, { amount }) => sum + amount, 0))], {
    strong: true,
  });
  table.end();
}
