import { accountWords } from "#i18n/account.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { button, type Letter, letter, styles } from "./letter.ts";
import { html } from "./markup.ts";

type Told = { locale: Locale; email: string; publicUrl: string };

/** To a new address: whether it is theirs. */
export function mailChangeLetter({ locale, link, email, publicUrl }: Told & { link: string }): Letter {
  const words = accountWords(locale).letters.change;
  return letter({
    locale,
    subject: words.subject,
    preview: words.limits,
    homeUrl: publicUrl + pathTo("home", locale),
    because: words.because(email),
    text: [words.hello, words.intro, link, words.limits, words.notYou],
    body: html`<h1 style="${styles.h1}">${words.title}</h1>
<p style="${styles.p}">${words.intro}</p>
${button(link, words.button)}
<p style="${styles.p}">${words.limits}</p>
<p class="soft" style="${styles.soft};margin:0">${words.notYou}</p>`,
  });
}

/** To the address of before: it is not the way in any more. */
export function mailChangedLetter({ locale, email, publicUrl }: Told): Letter {
  const words = accountWords(locale).letters.changed;
  return letter({
    locale,
    subject: words.subject,
    preview: words.intro,
    homeUrl: publicUrl + pathTo("home", locale),
    because: words.because(email),
    text: [words.hello, words.intro, words.notYou],
    body: html`<h1 style="${styles.h1}">${words.title}</h1>
<p style="${styles.p}">${words.intro}</p>
<p style="${styles.p}">${words.notYou}</p>`,
  });
}
