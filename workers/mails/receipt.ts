import { settlementCurrency } from "#domain/money/amount.ts";
import { discountOf } from "#domain/sales/discount-of.ts";
import type { SaleReceipt } from "#domain/sales/queries.server.ts";
import { type Received, whereItWent } from "#domain/transparency/where-it-went.ts";
import { discountTaken } from "#i18n/discount-taken.ts";
import { date, money, percent } from "#i18n/formats.ts";
import { mailWords } from "#i18n/mails.ts";
import { offersWords } from "#i18n/offers.ts";
import { pathTo } from "#i18n/paths.ts";
import { button, type Letter, letter, styles } from "./letter.ts";
import { html, type Markup } from "./markup.ts";

/** One line of a column of amounts, as both forms of the mail need it. */
type Row = { label: string; note?: string; amount: string; strong?: boolean; colour?: string };

/** People in the colour of the house, expenses and funds in ochre, what leaves the co-ops in grey. */
const colours = {
  member: "#8c2f1b",
  pool: "#c98a2b",
  fund: "#c98a2b",
  tax: "#9a8f80",
  card_fee: "#9a8f80",
} as const;

/**
 * The receipt: what was bought, taxes with the numbers of who sold, the total, where each dollar went as soon as it is known, and
 * the link that opens the purchase without an account. `access`: the sale and its token, as the address wants it.
 */
export function receiptLetter(sale: SaleReceipt, input: { access: string; publicUrl: string }): Letter {
  const { locale } = sale;
  const words = mailWords(locale);
  const { receipt } = words;
  const page = input.publicUrl + pathTo("purchase", locale, { access: input.access });
  const count = sale.lines.length;
  const day = date(locale, sale.paidAt ?? sale.openedAt);
  const when = sale.total === 0 ? receipt.claimedOn(day) : receipt.paidOn(day);
  const bought = boughtRows(sale);
  const numbers = taxNumbers(sale);
  const went = whereItWent(sale);
  const where = went?.map((each) => wentRow(sale, each)) ?? null;
  const gift = offersWords(locale).gift;
  const first =
    sale.giftTo === null
      ? {
          title: receipt.title,
          intro: receipt.intro(count),
          button: receipt.button(count),
          keep: receipt.keep,
          subject: receipt.subject(sale.number),
        }
      : {
          title: gift.thanks,
          intro: gift.onItsWay(sale.giftTo),
          button: gift.follow,
          keep: gift.keepReceipt,
          subject: gift.receiptSubject(sale.number, sale.giftTo),
        };
  const whereIntro = where === null ? receipt.whereLater : receipt.whereIntro;

  return letter({
    locale,
    subject: first.subject,
    preview: first.intro,
    homeUrl: input.publicUrl + pathTo("home", locale),
    because: receipt.because(sale.email),
    text: [
      first.title,
      first.intro,
      `${first.button}${words.colon}\n${page}`,
      first.keep,
      [receipt.receipt(sale.number), when, ...bought.map(plainRow), ...numbers].join("\n"),
      ...(sale.total > 0
        ? [[receipt.whereTitle, whereIntro, ...(where ?? []).map(plainRow)].join("\n")]
        : []),
    ],
    body: html`<h1 style="${styles.h1}">${first.title}</h1>
<p style="${styles.p}">${first.intro}</p>
${button(page, first.button)}
<p class="soft" style="${styles.soft};margin-bottom:26px">${first.keep}</p>
<h2 style="${styles.h2}">${receipt.receipt(sale.number)}</h2>
<p class="soft" style="${styles.soft};margin-bottom:10px">${when}</p>
${table(bought)}
${numbers.map((each) => html`<p class="soft" style="${styles.soft};margin:10px 0 0;font-size:13px">${each}</p>`)}
${
  sale.total > 0
    ? html`<h2 style="${styles.h2};margin-top:32px">${receipt.whereTitle}</h2>
<p class="soft" style="${styles.soft}">${whereIntro}</p>
${went && bar(went)}
${where && table(where)}`
    : null
}`,
  });
}

function boughtRows(sale: SaleReceipt): Row[] {
  const { locale, currency } = sale;
  const { receipt } = mailWords(locale);
  const amount = (value: number) => (value === 0 ? receipt.free : money(locale, value, currency));
  const lines = sale.lines.map((line): Row => {
    const notes = [
      receipt.soldBy(line.coopName),
      ...(line.quantity > 1 ? [receipt.copies(line.quantity)] : []),
    ];
    return { label: line.title, note: notes.join(", "), amount: amount(line.amount) };
  });
  const taken = discountTaken(locale, discountOf(sale), sale);
  const taxes = sale.taxes.map(
    (tax): Row => ({
      label: `${receipt.tax[tax.code] ?? tax.code.toUpperCase()} (${percent(locale, tax.percent)})`,
      amount: money(locale, tax.amount, currency),
    }),
  );
  const subtotal = sale.lines.reduce((sum, line) => sum + line.amount, 0);
  return [
    ...lines,
    ...(taken ? [{ label: taken, amount: "" }] : []),
    ...(taxes.length > 0 ? [{ label: receipt.subtotal, amount: money(locale, subtotal, currency) }] : []),
    ...taxes,
    { label: receipt.total, amount: amount(sale.total), strong: true },
  ];
}

/** « Les Halles : TPS 12345 RT0001, TVQ 1234 TQ0001 », one line for each co-op that has numbers. */
function taxNumbers(sale: SaleReceipt): string[] {
  const words = mailWords(sale.locale);
  if (sale.taxes.length === 0) return [];
  const byCoop = new Map(sale.lines.map((line) => [line.coopId, line]));
  return [...byCoop.values()].flatMap(({ coopName, taxNumbers }) => {
    const said = Object.entries(taxNumbers).map(
      ([code, value]) => `${words.receipt.tax[code] ?? code.toUpperCase()} ${value}`,
    );
    return said.length === 0 ? [] : [`${coopName}${words.colon} ${said.join(", ")}`];
  });
}

/** What each received is in the currency of the books, which may not be the one that was paid. */
function wentRow(sale: SaleReceipt, received: Received): Row {
  const { receipt } = mailWords(sale.locale);
  const amount = money(sale.locale, received.amount, settlementCurrency);
  const colour = colours[received.to];
  if (received.to === "member") return { label: received.name, amount, colour };
  if (received.to === "pool") return { label: receipt.pool(received.title), amount, colour };
  if (received.to === "fund")
    return { label: receipt.funds[received.fund](received.coopName), amount, colour };
  if (received.to === "tax") {
    const code = receipt.tax[received.code] ?? received.code.toUpperCase();
    return { label: receipt.taxToState(code), amount, colour };
  }
  return { label: receipt.cardFee, amount, colour };
}

const plainRow = ({ label, note, amount }: Row) => `  ${label}${note ? ` (${note})` : ""}  ${amount}`;

/** The whole sale as one line, each part as long as what it received: the table below says the same in words. */
function bar(went: Received[]): Markup {
  const parts = went.filter(({ amount }) => amount > 0);
  const all = parts.reduce((sum, { amount }) => sum + amount, 0);
  return html`<table role="presentation" aria-hidden="true" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:4px 0 8px;table-layout:fixed"><tr>${parts.map(
    ({ to, amount }) =>
      html`<td class="part" width="${Math.max(1, Math.round((amount / all) * 100))}%" style="height:12px;font-size:0;line-height:12px;background:${colours[to]};border-right:2px solid #fffdf8">&nbsp;</td>`,
  )}</tr></table>`;
}

function table(rows: Row[]): Markup {
  return html`<table width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse">${rows.map(
    ({ label, note, amount, strong, colour }, n) => {
      const line = n < rows.length - 1 && !rows[n + 1]?.strong ? "border-bottom:1px solid #d8ccb6" : "";
      const look = strong ? "font-weight:700;font-size:17px;border-top:2px solid #8b7c66" : line;
      const mark =
        colour &&
        html`<span style="display:inline-block;width:9px;height:9px;margin-right:9px;border-radius:2px;background:${colour}"></span>`;
      return html`<tr>
<td class="line" style="${styles.cell};${look}">${mark}${label}${note ? html`<br><span class="soft" style="font-size:13px;color:#5c5247">${note}</span>` : null}</td>
<td class="line" style="${styles.amount};${look}">${amount}</td>
</tr>`;
    },
  )}</table>`;
}
