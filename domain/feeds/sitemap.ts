import type { AddressOf, FeedLocale } from "./addresses.ts";
import { secondOf } from "./feed-work.ts";
import type { SitemapFile, SitemapKind } from "./sitemap-queries.server.ts";
import { xml, xmlDocument } from "./xml.ts";

/** Which page shows what a file of this kind lists. */
export const pageOf = {
  books: "work",
  albums: "work",
  people: "agent",
  coops: "coop",
} as const satisfies Record<SitemapKind, string>;

/** All files of the site's map, each in both languages. */
export function sitemapIndex(files: readonly SitemapFile[], address: AddressOf): string {
  const newest = files.map(({ updatedAt }) => updatedAt.toISOString()).reduce((a, b) => (a > b ? a : b), "");
  const file = (name: string, updatedAt: string) => xml`
  <sitemap>
    <loc>${address("sitemap", "fr", { file: `${name}.xml` })}</loc>${
      updatedAt &&
      xml`
    <lastmod>${secondOf(updatedAt)}</lastmod>`
    }
  </sitemap>`;
  return xmlDocument(xml`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${(
    ["fr", "en"] as const
  ).flatMap((locale) => [
    file(`pages-${locale}`, newest),
    ...files.map(({ kind, from, updatedAt }) => file(`${kind}-${locale}-${from}`, updatedAt.toISOString())),
  ])}
</sitemapindex>`);
}

/** One file: each address with its twin in the other language. `to` gives the address of an entry in a language. */
export function sitemapOf<E extends { updatedAt: Date | null }>(
  entries: readonly E[],
  locale: FeedLocale,
  to: (entry: E, locale: FeedLocale) => string,
): string {
  return xmlDocument(xml`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">${entries.map(
    (entry) => xml`
  <url>
    <loc>${to(entry, locale)}</loc>${
      entry.updatedAt &&
      xml`
    <lastmod>${secondOf(entry.updatedAt)}</lastmod>`
    }
    <xhtml:link rel="alternate" hreflang="fr" href="${to(entry, "fr")}"/>
    <xhtml:link rel="alternate" hreflang="en" href="${to(entry, "en")}"/>
    <xhtml:link rel="alternate" hreflang="x-default" href="${to(entry, "fr")}"/>
  </url>`,
  )}
</urlset>`);
}
