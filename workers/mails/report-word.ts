import type { ReportWord } from "#domain/reports/queries.server.ts";
import type { Locale } from "#i18n/locale.ts";
import { mailWords } from "#i18n/mails.ts";
import { pathTo } from "#i18n/paths.ts";
import { reportWords } from "#i18n/reports.ts";
import { button, type Letter, letter, styles } from "./letter.ts";
import { html, paragraphs } from "./markup.ts";

/** To who reported: it was received, or what was decided. Null where there is nothing for them to know. */
export function letterToReporter(word: ReportWord, locale: Locale, publicUrl: string): Letter | null {
  const { mails } = reportWords(locale);
  const { workTitle, coopName, about } = word;
  if (about === "notice" || about === "appeal") return null;
  const subject = (about === "received" ? mails.received : mails.decided).subject(workTitle);
  const text =
    about === "received" ? mails.received.text(workTitle, coopName) : mails.decided[about](workTitle);
  const { signature } = mailWords(locale);
  return letter({
    locale,
    subject,
    preview: text,
    homeUrl: publicUrl + pathTo("home", locale),
    because: mails.because(coopName),
    text: [mails.hello, text, signature(coopName)],
    body: html`<h1 style="${styles.h1}">${subject}</h1>
<p style="${styles.p}">${mails.hello}</p>
<p style="${styles.p}">${text}</p>
<p style="${styles.p};margin:0">${signature(coopName)}</p>`,
  });
}

/** To the artist: notice, or the decision, in the words of the desk; with the way to the page where they may answer. */
export function letterToArtist(
  word: ReportWord,
  to: { name: string; locale: Locale; reportId: string; publicUrl: string },
): Letter | null {
  const { locale, publicUrl } = to;
  const { about, workTitle, coopName, words, unlisted } = word;
  if (about === "received" || about === "appeal") return null;
  const { artist } = reportWords(locale).mails;
  const { hello, signature, memberBecause, colon } = mailWords(locale);
  const said = artist[about];
  const page = publicUrl + pathTo("studioReport", locale, { id: to.reportId });
  const away = about === "notice" && unlisted ? artist.notice.unlisted : null;
  return letter({
    locale,
    subject: said.subject(workTitle),
    preview: said.text(workTitle),
    homeUrl: publicUrl + pathTo("home", locale),
    because: memberBecause(coopName),
    text: [
      hello(to.name),
      said.text(workTitle),
      ...(words ? [words.replace(/^/gm, "> ")] : []),
      ...(away ? [away] : []),
      `${artist.button}${colon} ${page}`,
      signature(coopName),
    ],
    body: html`<h1 style="${styles.h1}">${said.subject(workTitle)}</h1>
<p style="${styles.p}">${hello(to.name)}</p>
<p style="${styles.p}">${said.text(workTitle)}</p>
${words ? paragraphs(words, styles.quote) : null}
${away ? html`<p style="${styles.p}">${away}</p>` : null}
${button(page, artist.button)}
<p style="${styles.p};margin:0">${signature(coopName)}</p>`,
  });
}
