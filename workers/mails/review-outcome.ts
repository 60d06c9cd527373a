import type { Outcome } from "#domain/curation/queries.server.ts";
import { deskWords } from "#i18n/desk.ts";
import { mailWords } from "#i18n/mails.ts";
import { pathTo } from "#i18n/paths.ts";
import { button, type Letter, letter, styles } from "./letter.ts";
import { html, paragraphs } from "./markup.ts";

/** Tells the artist what the co-op answered: the work is in the shop, or what to mend first and where. */
export function outcomeLetter(facts: Outcome, publicUrl: string): Letter {
  return facts.decision === "published"
    ? publishedLetter(facts, publicUrl)
    : returnedLetter(facts, publicUrl);
}

function publishedLetter(facts: Outcome, publicUrl: string): Letter {
  const { locale } = facts;
  const words = mailWords(locale);
  const page = publicUrl + pathTo("work", locale, { slug: facts.slug });
  const studio = publicUrl + pathTo("studioEarnings", locale);
  return letter({
    locale,
    subject: words.published.subject(facts.title),
    preview: words.published.intro(facts.title),
    homeUrl: publicUrl + pathTo("home", locale),
    because: words.memberBecause(facts.coopName),
    text: [
      words.hello(facts.memberName),
      words.published.intro(facts.title),
      `${words.published.button}${words.colon} ${page}`,
      words.published.shares,
      `${words.published.earnings}${words.colon} ${studio}`,
      words.signature(facts.coopName),
    ],
    body: html`<h1 style="${styles.h1}">${words.published.title(facts.title)}</h1>
<p style="${styles.p}">${words.hello(facts.memberName)}</p>
<p style="${styles.p}">${words.published.intro(facts.title)}</p>
${button(page, words.published.button)}
<p style="${styles.p}">${words.published.shares} <a class="link" href="${studio}" style="color:#8c2f1b">${words.published.earnings}</a>.</p>
<p style="${styles.p};margin:0">${words.signature(facts.coopName)}</p>`,
  });
}

function returnedLetter(facts: Outcome, publicUrl: string): Letter {
  const { locale } = facts;
  const words = mailWords(locale);
  const { reasons } = deskWords(locale);
  const ready =
    facts.reasonCode && facts.reasonCode in reasons
      ? reasons[facts.reasonCode as keyof typeof reasons]
      : null;
  const studio = publicUrl + pathTo("studioSubmission", locale, { id: facts.workId });
  return letter({
    locale,
    subject: words.returned.subject(facts.title),
    preview: ready?.letter || words.returned.intro(facts.title),
    homeUrl: publicUrl + pathTo("home", locale),
    because: words.memberBecause(facts.coopName),
    text: [
      words.hello(facts.memberName),
      words.returned.intro(facts.title),
      ...(ready?.letter ? [ready.letter] : []),
      ...(facts.reason ? [words.returned.ownWords, facts.reason.replace(/^/gm, "> ")] : []),
      words.returned.after,
      `${words.returned.button}${words.colon} ${studio}`,
      words.signature(facts.coopName),
    ],
    body: html`<h1 style="${styles.h1}">${words.returned.title}</h1>
<p style="${styles.p}">${words.hello(facts.memberName)}</p>
<p style="${styles.p}">${words.returned.intro(facts.title)}</p>
${ready?.letter ? html`<p style="${styles.p};font-weight:700">${ready.letter}</p>` : null}
${
  facts.reason
    ? html`<p class="soft" style="${styles.soft};margin-bottom:6px">${words.returned.ownWords}</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 18px"><tr><td class="line" style="padding:2px 0 2px 16px;border-left:3px solid #8c2f1b">${paragraphs(facts.reason, styles.quote)}</td></tr></table>`
    : null
}
<p style="${styles.p}">${words.returned.after}</p>
${button(studio, words.returned.button)}
<p style="${styles.p};margin:0">${words.signature(facts.coopName)}</p>`,
  });
}
