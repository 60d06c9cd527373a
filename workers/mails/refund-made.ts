import type { SaleReceipt } from "#domain/sales/queries.server.ts";
import type { RefundOfPurchase } from "#domain/sales/refund-queries.server.ts";
import { date, money } from "#i18n/formats.ts";
import { mailWords } from "#i18n/mails.ts";
import { moneyMailWords } from "#i18n/money-mails.ts";
import { pathTo } from "#i18n/paths.ts";
import { button, type Letter, letter, styles } from "./letter.ts";
import { html } from "./markup.ts";

/** Tells the buyer what was refunded, line by line, and which files stay. `access`: the sale and its token, as the address wants it. */
export function refundLetter(
  sale: Pick<SaleReceipt, "number" | "email" | "locale" | "currency">,
  refund: RefundOfPurchase,
  { access, publicUrl }: { access: string; publicUrl: string },
): Letter {
  const { locale } = sale;
  const { refund: words } = moneyMailWords(locale);
  const { colon } = mailWords(locale);
  const page = publicUrl + pathTo("purchase", locale, { access });
  const amount = (cents: number) => money(locale, cents, sale.currency);
  const intro = words.intro(sale.number, date(locale, refund.at));
  const rows = refund.lines.map((line) => ({
    title: line.title,
    amount: amount(line.amount),
    note: line.ended ? words.endedNote : words.keptNote,
  }));
  return letter({
    locale,
    subject: words.subject(sale.number),
    preview: intro,
    homeUrl: publicUrl + pathTo("home", locale),
    because: words.because(sale.email),
    text: [
      words.title(amount(refund.amount)),
      intro,
      [
        words.what,
        ...rows.map((row) => `  ${row.title} (${row.note})  ${row.amount}`),
        `  ${words.total}  ${amount(refund.amount)}`,
      ].join("\n"),
      `${words.button}${colon}\n${page}`,
    ],
    body: html`<h1 style="${styles.h1}">${words.title(amount(refund.amount))}</h1>
<p style="${styles.p}">${intro}</p>
<h2 style="${styles.h2}">${words.what}</h2>
<table width="100%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse;margin:0 0 24px">${rows.map(
      (row) => html`<tr>
<td class="line" style="${styles.cell};border-bottom:1px solid #d8ccb6">${row.title}<br><span class="soft" style="font-size:13px;color:#5c5247">${row.note}</span></td>
<td class="line" style="${styles.amount};border-bottom:1px solid #d8ccb6">${row.amount}</td>
</tr>`,
    )}<tr>
<td class="line" style="${styles.cell};font-weight:700">${words.total}</td>
<td class="line" style="${styles.amount};font-weight:700">${amount(refund.amount)}</td>
</tr></table>
${button(page, words.button)}`,
  });
}
