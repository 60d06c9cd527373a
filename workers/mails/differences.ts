import type { Told } from "#domain/reconciliation/queries.server.ts";
import { date, money } from "#i18n/formats.ts";
import { mailWords } from "#i18n/mails.ts";
import { pathTo } from "#i18n/paths.ts";
import { reconciliationWords } from "#i18n/reconciliation.ts";
import { button, type Letter, letter, styles } from "./letter.ts";
import { html } from "./markup.ts";

const namedAtMost = 20;

/** Tells who keeps the books of the platform what the books and Stripe do not agree on: amounts, Stripe's words, and where to look. */
export function differencesLetter({ locale, name, differences }: Told, publicUrl: string): Letter {
  const words = reconciliationWords(locale);
  const { hello, colon } = mailWords(locale);
  const greeting = name ? hello(name) : words.mail.hello;
  const page = publicUrl + pathTo("officeReconciliation", locale);
  const { what, types, stripeSays } = words.differences;
  const named = differences.slice(0, namedAtMost).map((each) => ({
    amount: money(locale, each.amount, each.currency),
    what: what[each.kind],
    about: each.movement
      ? `${stripeSays(types[each.movement.type] ?? each.movement.type, each.movement.description)} ${each.movement.id}, ${date(locale, each.movement.at)}`
      : each.payout
        ? each.payout
        : each.entry
          ? words.differences.entry(each.entry.kind, String(each.entry.number))
          : "",
  }));
  const more = differences.length > named.length ? words.mail.more(differences.length - named.length) : null;
  return letter({
    locale,
    subject: words.mail.subject(differences.length),
    preview: words.mail.intro(differences.length),
    homeUrl: publicUrl + pathTo("home", locale),
    because: words.mail.because,
    text: [
      greeting,
      words.mail.intro(differences.length),
      ...named.map((each) => `${each.amount} — ${each.what}\n${each.about}`),
      ...(more ? [more] : []),
      `${words.mail.button}${colon} ${page}`,
    ],
    body: html`<h1 style="${styles.h1}">${words.mail.subject(differences.length)}</h1>
<p style="${styles.p}">${greeting}</p>
<p style="${styles.p}">${words.mail.intro(differences.length)}</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 18px">
${named.map(
  (each) => html`<tr>
<td class="line" style="${styles.cell};border-top:1px solid #d8ccb6"><strong>${each.what}</strong><br><span class="soft" style="font-size:14px;color:#5c5247">${each.about}</span></td>
<td class="line" style="${styles.amount};border-top:1px solid #d8ccb6">${each.amount}</td>
</tr>`,
)}
</table>
${more ? html`<p style="${styles.p}">${more}</p>` : null}
${button(page, words.mail.button)}`,
  });
}
