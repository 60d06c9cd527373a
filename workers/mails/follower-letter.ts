import type { LetterToSay } from "#domain/bench/letter-queries.server.ts";
import { benchWords } from "#i18n/bench.ts";
import { addressesAt } from "#i18n/paths.ts";
import { type Letter, letter, styles } from "./letter.ts";
import { html } from "./markup.ts";

/** What an artist wrote to who follows them, word for word, and the way to be written to no more. */
export function followerLetter(
  { locale, email, name, slug, subject, body }: LetterToSay,
  { publicUrl, token }: { publicUrl: string; token: string },
): Letter {
  const words = benchWords(locale).letters.mail;
  const to = addressesAt(publicUrl);
  const leave = to("leave", locale, { token });
  const page = to("agent", locale, { slug });
  const paragraphs = body
    .split(/\r?\n(?:[ \t]*\r?\n)+/)
    .map((each) => each.trim())
    .filter(Boolean);
  return {
    ...letter({
      locale,
      subject,
      preview: paragraphs[0]?.slice(0, 120) ?? "",
      homeUrl: to("home", locale),
      because: words.because(email, name),
      text: [words.from(name), ...paragraphs, page, `${words.leave}\n${leave}`],
      body: html`<p class="soft" style="${styles.soft}">${words.from(name)}</p>
<h1 style="${styles.h1}">${subject}</h1>
${paragraphs.map((each) => html`<p style="${styles.p};white-space:pre-line">${each}</p>`)}
<p style="${styles.p}"><a class="link" href="${page}" style="color:#8c2f1b">${name}</a></p>
<p class="soft" style="${styles.soft}"><a class="link" href="${leave}" style="color:#8c2f1b">${words.leave}</a></p>`,
    }),
    headers: { "List-Unsubscribe": `<${leave}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
  };
}
