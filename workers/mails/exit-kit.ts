import type { Kit } from "#domain/bench/kit-queries.server.ts";
import { benchWords } from "#i18n/bench.ts";
import { addressesAt } from "#i18n/paths.ts";
import { button, type Letter, letter, styles } from "./letter.ts";
import { html } from "./markup.ts";

/** Says that the file of all that is theirs is there. */
export function exitKitLetter({ locale }: Pick<Kit, "locale">, publicUrl: string): Letter {
  const words = benchWords(locale).kit.mail;
  const to = addressesAt(publicUrl);
  const page = to("studioKit", locale);
  return letter({
    locale,
    subject: words.subject,
    preview: words.text,
    homeUrl: to("home", locale),
    because: words.because,
    text: [words.title, words.text, page],
    body: html`<h1 style="${styles.h1}">${words.title}</h1>
<p style="${styles.p}">${words.text}</p>
${button(page, words.button)}`,
  });
}
