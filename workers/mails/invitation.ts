import type { Invitation } from "#domain/revenue/invitation-queries.server.ts";
import { mailWords } from "#i18n/mails.ts";
import { pathTo } from "#i18n/paths.ts";
import { studioWords } from "#i18n/studio.ts";
import { button, type Letter, letter, styles } from "./letter.ts";
import { html } from "./markup.ts";

/** Tells somebody that a member named them in the shares of a work, and where to accept. */
export function invitationLetter(facts: Invitation, publicUrl: string): Letter {
  const { locale, inviter, coopName } = facts;
  const { invitation: words, untitled } = studioWords(locale);
  const { hello } = mailWords(locale);
  const title = facts.title || untitled;
  const studio = pathTo("studio", locale);
  const link = publicUrl + pathTo("signIn", locale, {}, { vers: studio });
  return letter({
    locale,
    subject: words.subject(title),
    preview: words.intro(inviter, title, coopName),
    homeUrl: publicUrl + pathTo("home", locale),
    because: words.because(inviter),
    text: [hello(facts.name), words.intro(inviter, title, coopName), words.held, link],
    body: html`<h1 style="${styles.h1}">${words.title}</h1>
<p style="${styles.p}">${hello(facts.name)}</p>
<p style="${styles.p}">${words.intro(inviter, title, coopName)}</p>
<p style="${styles.p}">${words.held}</p>
${button(link, words.button)}`,
  });
}
