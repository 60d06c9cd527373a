import type { Locale } from "#i18n/locale.ts";
import { mailWords } from "#i18n/mails.ts";
import { pathTo } from "#i18n/paths.ts";
import { button, type Letter, letter, styles } from "./letter.ts";
import { html } from "./markup.ts";

/** The way in, for who asked for it. `link` is the whole address, as the page that asked made it. */
export function signInLetter(input: {
  locale: Locale;
  link: string;
  email: string;
  publicUrl: string;
}): Letter {
  const { signIn: words } = mailWords(input.locale);
  return letter({
    locale: input.locale,
    subject: words.subject,
    preview: words.limits,
    homeUrl: input.publicUrl + pathTo("home", input.locale),
    because: words.because(input.email),
    text: [words.hello, words.intro, input.link, words.limits, words.notYou],
    body: html`<h1 style="${styles.h1}">${words.title}</h1>
<p style="${styles.p}">${words.intro}</p>
${button(input.link, words.button)}
<p style="${styles.p}">${words.limits}</p>
<p class="soft" style="${styles.soft}">${words.notYou}</p>
<p class="soft" style="${styles.soft};margin:0">${words.byHand}<br><a class="link" href="${input.link}" style="color:#8c2f1b;word-break:break-all">${input.link}</a></p>`,
  });
}
