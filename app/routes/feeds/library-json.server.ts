import { coverAddress, coverSteps } from "#app/components/cover-address.ts";
import { byline, type Credit } from "#domain/catalogue/byline.ts";
import type { ShelfEntry, ShelfPage } from "#domain/library/shelf-queries.server.ts";
import { devicesWords } from "#i18n/devices.ts";
import type { Locale } from "#i18n/locale.ts";
import { fileTitle, shelves } from "./library-atom.server.ts";
import {
  type Address,
  authenticationType,
  cursorText,
  opds2Type,
  pageSize,
  type ShelfAsked,
} from "./library-door.server.ts";

type Given = { address: Address; locale: Locale; publicUrl: string };

const linksOf = ({ address }: Given, self: string): object[] => [
  { rel: "self", href: self, type: opds2Type },
  { rel: "start", href: address("libraryOpds2"), type: opds2Type },
  {
    rel: "search",
    href: `${address("libraryOpds2Shelf", { shelf: "all" })}{?query,title,author}`,
    type: opds2Type,
    templated: true,
  },
  {
    rel: "http://opds-spec.org/auth/document",
    href: address("libraryAuthentication"),
    type: authenticationType,
  },
];

/** The doors of the library. */
export function libraryFeed(given: Given, { books, albums }: ShelfPage): object {
  const { address, locale } = given;
  const { feed } = devicesWords(locale);
  const counts = { all: books + albums, books, music: albums };
  return {
    metadata: { title: feed.title },
    links: linksOf(given, address("libraryOpds2")),
    navigation: shelves.map((shelf) => ({
      href: address("libraryOpds2Shelf", { shelf }),
      title: feed.shelves[shelf],
      type: opds2Type,
      rel: "subsection",
      properties: { numberOfItems: counts[shelf] },
    })),
  };
}

/** One page of a shelf. */
export function libraryPublications(given: Given, asked: ShelfAsked, page: ShelfPage): object {
  const { address, locale } = given;
  const { feed } = devicesWords(locale);
  const { shelf, words } = asked;
  const at = (after: string | null) => address("libraryOpds2Shelf", { shelf }, { query: words, after });
  return {
    metadata: {
      title: words ? feed.found(words) : feed.shelves[shelf],
      numberOfItems: page.found,
      itemsPerPage: pageSize,
    },
    links: [
      ...linksOf(given, at(asked.after && cursorText(asked.after))),
      { rel: "first", href: at(null), type: opds2Type },
      ...(page.next ? [{ rel: "next", href: at(cursorText(page.next)), type: opds2Type }] : []),
    ],
    publications: page.entries.map((entry) => publicationOf(given, entry)),
  };
}

/** The roles that a Readium manifest has a word for; who holds another is a contributor. */
const roles = new Set(["translator", "editor", "artist", "illustrator", "narrator"]);

function peopleOf(kind: ShelfEntry["kind"], credits: readonly Credit[]): Record<string, { name: string }[]> {
  const people: Record<string, { name: string }[]> = {};
  const leads = byline(kind, credits);
  if (leads.length > 0) people.author = leads.map(({ name }) => ({ name }));
  const leading = new Set(leads.map(({ slug }) => slug));
  for (const { name, slug, role } of credits) {
    if (leading.has(slug)) continue;
    const key = roles.has(role) ? role : "contributor";
    const named = people[key] ?? [];
    if (!named.some((each) => each.name === name)) people[key] = [...named, { name }];
  }
  return people;
}

function publicationOf({ address, locale, publicUrl }: Given, entry: ShelfEntry): object {
  const { cover, series } = entry;
  const description = entry.description[locale] ?? entry.description.fr ?? entry.description.en;
  // A year alone is no date to the schema, and more is not claimed than is known.
  const published = /^\d{4}-\d\d-\d\d$/.test(entry.publishedOn ?? "") ? entry.publishedOn : null;
  return {
    metadata: {
      "@type": entry.kind === "book" ? "http://schema.org/Book" : "http://schema.org/MusicAlbum",
      identifier: entry.isbn ? `urn:isbn:${entry.isbn}` : `urn:uuid:${entry.workId}`,
      title: entry.title,
      ...(entry.subtitle && { subtitle: entry.subtitle }),
      ...peopleOf(entry.kind, entry.credits),
      ...(entry.language && { language: entry.language }),
      publisher: entry.publisher ?? entry.coop,
      ...(published && { published }),
      modified: new Date(Math.max(Date.parse(entry.at), Date.parse(entry.updatedAt))).toISOString(),
      ...(description && { description }),
      ...(entry.subjects.length > 0 && {
        subject: entry.subjects.map(({ label, scheme, code }) => ({
          name: label,
          ...(code && { code }),
          ...(scheme && { scheme: `urn:${scheme}` }),
        })),
      }),
      ...(series && {
        belongsTo: {
          series: { name: series.name, ...(series.position !== undefined && { position: series.position }) },
        },
      }),
    },
    links: [
      ...entry.files.map((file) => ({
        rel: "http://opds-spec.org/acquisition",
        href: address("libraryFile", { right: entry.rightId, asset: file.assetId }),
        type: file.mediaType,
        title: fileTitle(file),
        ...(file.track?.durationMs && { duration: file.track.durationMs / 1000 }),
      })),
      ...(entry.onSale
        ? [{ rel: "alternate", href: address("work", { slug: entry.slug }), type: "text/html" }]
        : []),
    ],
    ...(cover && {
      images: cover.widths.map((width, i) => ({
        href: publicUrl + coverAddress(locale, { ...cover, widths: cover.widths.slice(0, i + 1) }),
        type: "image/jpeg",
        width,
        ...(i === Math.min(cover.widths.length, coverSteps.length) - 1 &&
          cover.height && { height: cover.height }),
      })),
    }),
  };
}
