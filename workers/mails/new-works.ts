import { byline } from "#domain/catalogue/byline.ts";
import type { NewWorks } from "#domain/following/follow-queries.server.ts";
import { followingWords } from "#i18n/following.ts";
import { list } from "#i18n/formats.ts";
import { addressesAt } from "#i18n/paths.ts";
import { type Letter, letter, styles } from "./letter.ts";
import { html } from "./markup.ts";

/** What is new of those whom somebody follows, and the way to be written to no more: in the letter, and for the mail program. */
export function newWorksLetter(
  { locale, email, works }: NewWorks,
  { publicUrl, token }: { publicUrl: string; token: string },
): Letter {
  const words = followingWords(locale).letter;
  const to = addressesAt(publicUrl);
  const leave = to("leave", locale, { token });
  const rows = works.map((work) => ({
    title: work.title,
    by: list(
      locale,
      byline(work.kind, work.credits)
        .slice(0, 3)
        .map(({ name }) => name),
    ),
    coop: work.coop.name,
    link: to("work", locale, { slug: work.slug }),
  }));
  const titles = rows.map(({ title }) => title);
  return {
    ...letter({
      locale,
      subject: words.subject(titles),
      preview: titles.join(", "),
      homeUrl: to("home", locale),
      because: words.because(email),
      text: [
        words.title,
        ...rows.map(({ title, by, coop, link }) => `${title}\n${by ? `${by}, ` : ""}${coop}\n${link}`),
        `${words.leave}\n${leave}`,
      ],
      body: html`<h1 style="${styles.h1}">${words.title}</h1>
${rows.map(
  ({ title, by, coop, link }) =>
    html`<p style="${styles.p}"><a class="link" href="${link}" style="color:#8c2f1b;font-family:Literata,Georgia,'Times New Roman',serif;font-size:19px;font-weight:600">${title}</a><br>${by}${by ? " · " : ""}<span class="soft" style="color:#5c5247">${coop}</span></p>`,
)}
<p class="soft" style="${styles.soft}"><a class="link" href="${leave}" style="color:#8c2f1b">${words.leave}</a></p>`,
    }),
    headers: { "List-Unsubscribe": `<${leave}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
  };
}
