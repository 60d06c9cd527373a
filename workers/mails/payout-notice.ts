import type { NoticeFacts } from "#domain/payouts/payee-queries.server.ts";
import { date, money } from "#i18n/formats.ts";
import { mailWords } from "#i18n/mails.ts";
import { pathTo } from "#i18n/paths.ts";
import { askedBy, payeeWords } from "#i18n/payees.ts";
import { button, type Letter, letter, styles } from "./letter.ts";
import { html } from "./markup.ts";

/** Tells a member that their money stopped on the way, why, and what they can do: it stays theirs. */
export function payoutNoticeLetter(
  facts: Pick<
    NoticeFacts,
    "name" | "locale" | "coopName" | "requirements" | "dueAt" | "bankAmount" | "owed" | "currency"
  >,
  about: "closed" | "restricted" | "bank",
  publicUrl: string,
): Letter {
  const { locale, currency } = facts;
  const { letters } = payeeWords(locale);
  const { hello, signature } = mailWords(locale);
  const words = letters[about];
  const page = publicUrl + pathTo("signIn", locale, {}, { vers: pathTo("studioPayouts", locale) });
  const asked = askedBy(locale, facts.requirements);
  const said = [
    about === "bank" && facts.bankAmount !== null
      ? letters.bankIntro(money(locale, facts.bankAmount, currency))
      : words.intro,
    ...(about === "restricted" && asked.length > 0 ? [letters.asked(asked)] : []),
    ...(about === "restricted" && facts.dueAt ? [letters.due(date(locale, facts.dueAt))] : []),
    ...(about !== "bank" && facts.owed > 0 ? [letters.waiting(money(locale, facts.owed, currency))] : []),
    words.todo,
  ];
  return letter({
    locale,
    subject: words.subject,
    preview: said[0]!,
    homeUrl: publicUrl + pathTo("home", locale),
    because: letters.because(facts.coopName),
    text: [hello(facts.name), ...said, page, signature(facts.coopName)],
    body: html`<h1 style="${styles.h1}">${words.title}</h1>
<p style="${styles.p}">${hello(facts.name)}</p>
${said.map((each) => html`<p style="${styles.p}">${each}</p>`)}
${button(page, letters.button)}
<p style="${styles.p};margin:0">${signature(facts.coopName)}</p>`,
  });
}
