import { type AddressOf, type FeedLocale, identityOf } from "./addresses.ts";
import { describedIn, type FeedWork, secondOf } from "./feed-work.ts";
import { never } from "./shop-feed.ts";
import { xml, xmlDocument } from "./xml.ts";

export const atomType = "application/atom+xml";

/** The newest works for who follows the shop, a co-op or a person; `self` is the feed's own address, `page` that of its people. */
export function newWorksAtom({
  works,
  title,
  self,
  page,
  locale,
  address,
}: {
  works: readonly FeedWork[];
  title: string;
  self: string;
  page: string;
  locale: FeedLocale;
  address: AddressOf;
}): string {
  const updated = works.map(({ updatedAt }) => updatedAt).reduce((a, b) => (a > b ? a : b), never);
  return xmlDocument(xml`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}">
  <id>${self}</id>
  <title>${title}</title>
  <updated>${secondOf(updated)}</updated>
  <link rel="self" href="${self}" type="${atomType}"/>
  <link rel="alternate" href="${page}" type="text/html"/>
  <icon>${address("home", "fr")}icon.svg</icon>${works.map((work) => {
    const told = describedIn(work, locale);
    const cover = work.covers.at(-1);
    const lead = work.kind === "book" ? "author" : "performer";
    const leads = work.credits.filter(({ role }) => role === lead);
    const named = new Map((leads.length > 0 ? leads : work.credits).map((credit) => [credit.id, credit]));
    return xml`
  <entry>
    <id>${identityOf(address, "work", work.id)}</id>
    <title>${work.title}</title>
    <updated>${secondOf(work.updatedAt)}</updated>
    <published>${secondOf(work.publishedAt)}</published>${
      named.size > 0
        ? [...named.values()].map(
            ({ name, slug }) => xml`
    <author><name>${name}</name><uri>${address("agent", locale, { slug })}</uri></author>`,
          )
        : xml`
    <author><name>${work.coop.name}</name><uri>${address("coop", locale, { slug: work.coop.slug })}</uri></author>`
    }${work.subjects.map(
      ({ label }) => xml`
    <category term="${label}"/>`,
    )}
    <link rel="alternate" href="${address("work", locale, { slug: work.slug })}" type="text/html"/>${
      cover &&
      xml`
    <link rel="enclosure" href="${address("media", locale, { id: cover.id })}" type="image/jpeg"/>`
    }${
      told &&
      xml`
    <summary type="text" xml:lang="${told.language}">${told.text}</summary>`
    }
  </entry>`;
  })}
</feed>`);
}
