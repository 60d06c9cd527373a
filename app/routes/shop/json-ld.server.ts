import { coverAddress } from "#app/components/cover-address.ts";
import { byline } from "#domain/catalogue/byline.ts";
import type { WorkPage } from "#domain/catalogue/queries.server.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

/**
 * The work as machines read it (schema.org), the same facts as the page. What costs nothing bears no offer: readers of it want a
 * price above 0. Every `<` is escaped, so that no title can end the script.
 */
export function jsonLd(work: WorkPage, { publicUrl, locale }: { publicUrl: string; locale: Locale }): string {
  const at = (path: string) => publicUrl + path;
  const id = at(pathTo("work", "fr", { slug: work.slug }));
  const url = at(pathTo("work", locale, { slug: work.slug }));
  const agent = (person: { slug: string; name: string }) => ({
    "@type": "Person",
    "@id": at(pathTo("agent", "fr", { slug: person.slug })),
    name: person.name,
  });
  const role = (name: string) => {
    const people = work.credits.filter((credit) => credit.role === name).map(agent);
    return people.length > 0 ? people : undefined;
  };
  const isbn = [...work.identifiers, ...work.editions.flatMap(({ identifiers }) => identifiers)].find(
    ({ scheme }) => scheme.startsWith("isbn"),
  )?.value;
  const price = work.price.amount > 0 ? (work.price.amount / 100).toFixed(2) : null;
  const common = {
    "@id": id,
    url,
    name: work.title,
    alternativeHeadline: work.subtitle ?? undefined,
    description: work.description[locale] ?? work.description.fr,
    inLanguage: work.language ?? undefined,
    datePublished: work.publishedOn ?? undefined,
    keywords: work.subjects.map(({ label }) => label).join(", ") || undefined,
    image: work.cover ? at(coverAddress(locale, work.cover)) : undefined,
    publisher: {
      "@type": "Organization",
      "@id": at(pathTo("coop", "fr", { slug: work.coop.slug })),
      name: work.publisher ?? work.coop.name,
    },
    isAccessibleForFree: price === null ? true : undefined,
    offers: price
      ? {
          "@type": "Offer",
          url,
          price,
          priceCurrency: work.price.currency.toUpperCase(),
          availability: "https://schema.org/InStock",
          seller: { "@type": "Organization", name: work.coop.name },
        }
      : undefined,
  };
  const graph =
    work.kind === "book"
      ? {
          ...common,
          "@type": price ? ["Product", "Book"] : "Book",
          bookFormat: "https://schema.org/EBook",
          author: role("author"),
          translator: role("translator"),
          illustrator: role("illustrator"),
          editor: role("editor"),
          isbn,
          numberOfPages: work.pageCount ?? undefined,
          accessMode: work.accessibility?.accessModes,
          accessModeSufficient: work.accessibility?.sufficientModes,
          accessibilityFeature: work.accessibility?.features,
          accessibilityHazard: work.accessibility?.hazards,
          accessibilitySummary: work.accessibility?.summary,
        }
      : {
          ...common,
          "@type": price ? ["Product", "MusicAlbum"] : "MusicAlbum",
          byArtist: byline(work.kind, work.credits).map(agent),
          producer: role("producer"),
          numTracks: work.tracks.length,
          track: work.tracks.map((track) => ({
            "@type": "MusicRecording",
            name: track.title,
            position: track.position,
            isrcCode: track.isrc ?? undefined,
            duration: track.durationMs === null ? undefined : `PT${Math.round(track.durationMs / 1000)}S`,
          })),
        };
  return JSON.stringify({ "@context": "https://schema.org", ...graph }).replaceAll("<", "\\u003c");
}
