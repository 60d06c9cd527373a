import type { DisputeToTell } from "#domain/sales/dispute-queries.server.ts";
import { dateTime, money } from "#i18n/formats.ts";
import { mailWords } from "#i18n/mails.ts";
import { moneyMailWords } from "#i18n/money-mails.ts";
import { pathTo } from "#i18n/paths.ts";
import { button, type Letter, letter, styles } from "./letter.ts";
import { html } from "./markup.ts";

/** Tells who keeps the books that a bank disputes a payment, or asks about one, and until when it may be answered. */
export function disputeLetter(
  dispute: Omit<DisputeToTell, "keepers">,
  keeper: DisputeToTell["keepers"][number],
  publicUrl: string,
): Letter {
  const { locale } = keeper;
  const { dispute: words } = moneyMailWords(locale);
  const { colon, hello } = mailWords(locale);
  const page = publicUrl + pathTo("officeDispute", locale, { id: dispute.id });
  const amount = money(locale, dispute.amount, dispute.currency);
  const { saleNumber } = dispute;
  const asks = dispute.status?.startsWith("warning") ?? false;
  const intro = asks ? words.inquiryIntro(saleNumber, amount) : words.intro(saleNumber, amount);
  const title = asks ? words.inquiryTitle : words.title;
  const due = dispute.dueAt ? words.due(dateTime(locale, dispute.dueAt)) : words.noDue;
  const greeting = keeper.name ? [hello(keeper.name)] : [];
  return letter({
    locale,
    subject: asks ? words.inquirySubject(saleNumber) : words.subject(saleNumber, amount),
    preview: due,
    homeUrl: publicUrl + pathTo("home", locale),
    because: words.because(keeper.coopName),
    text: [title, ...greeting, intro, due, words.gathered, `${words.button}${colon}\n${page}`],
    body: html`<h1 style="${styles.h1}">${title}</h1>
${greeting.map((each) => html`<p style="${styles.p}">${each}</p>`)}
<p style="${styles.p}">${intro}</p>
<p style="${styles.p};font-weight:700">${due}</p>
<p style="${styles.p}">${words.gathered}</p>
${button(page, words.button)}`,
  });
}
