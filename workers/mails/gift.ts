import type { Gift } from "#domain/sales/gift-queries.server.ts";
import { list } from "#i18n/formats.ts";
import { mailWords } from "#i18n/mails.ts";
import { offersWords } from "#i18n/offers.ts";
import { addressesAt } from "#i18n/paths.ts";
import { button, type Letter, letter, styles } from "./letter.ts";
import { html, paragraphs } from "./markup.ts";

/** Brings a gift, in the language of who gives it: their note, what is in it, and the link that opens it for good. */
export function giftLetter(gift: Gift, { access, publicUrl }: { access: string; publicUrl: string }): Letter {
  const { locale, name, fromName, note, code } = gift;
  const words = offersWords(locale).gift;
  const { hello, colon } = mailWords(locale);
  const to = addressesAt(publicUrl);
  const link = to("gift", locale, { access });
  const quote =
    locale === "fr" ? (title: string) => `«\u00a0${title}\u00a0»` : (title: string) => `“${title}”`;
  const intro = words.intro(
    fromName,
    list(
      locale,
      gift.works.map(({ soldAs }) => quote(soldAs)),
    ),
  );
  const byHand = words.codeToo(code, to("code", locale).replace(/^https?:\/\//, ""));
  return letter({
    locale,
    subject: words.subject(fromName),
    preview: intro,
    homeUrl: to("home", locale),
    because: words.because(fromName),
    text: [
      hello(name),
      intro,
      ...(note ? [note] : []),
      `${words.button}${colon}\n${link}`,
      byHand,
      words.keepLetter,
    ],
    body: html`<h1 style="${styles.h1}">${words.subject(fromName)}</h1>
<p style="${styles.p}">${hello(name)}</p>
<p style="${styles.p}">${intro}</p>
${note ? html`<div style="border-left:3px solid #c98a2b;padding:2px 0 2px 18px;margin:0 0 22px">${paragraphs(note, styles.quote)}</div>` : null}
${button(link, words.button)}
<p class="soft" style="${styles.soft}">${byHand}</p>
<p class="soft" style="${styles.soft}">${words.keepLetter}</p>`,
  });
}
