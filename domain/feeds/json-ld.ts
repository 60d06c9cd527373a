import { slugOf } from "../slug.ts";
import { type AddressOf, type IdentityNoun, identityOf } from "./addresses.ts";
import { sameElsewhere } from "./authority.ts";
import {
  decimalPrice,
  type FeedCredit,
  type FeedEdition,
  type FeedTrack,
  type FeedWork,
  isrcOf,
  validCode,
} from "./feed-work.ts";

/** One node of a graph, or a value in it. A key whose value is undefined is not written. */
type Node = Record<string, unknown>;

const context = "https://schema.org";

/** A whole document of these nodes. Nodes that are named twice are told once. */
export function graphOf(nodes: readonly Node[]): Node {
  return { "@context": context, "@graph": [...new Map(nodes.map((node) => [node["@id"], node])).values()] };
}

/** JSON that may stand in a page: no text of it can end the script. */
export const inScript = (document: Node): string => JSON.stringify(document).replaceAll("<", "\\u003c");

/** Of a series: the co-op and its name are what makes it the same series. */
export const seriesKey = (coopId: string, name: string): string => `${coopId}.${slugOf(name) || "serie"}`;

/**
 * A work with its editions, recordings, people and co-op, in the words of schema.org: the same graph whatever the language of the
 * page, texts marked with theirs. What costs nothing bears no offer, since readers of offers want a price above 0.
 */
export function workGraph(work: FeedWork, address: AddressOf): Node[] {
  const id = (noun: IdentityNoun, of: string) => identityOf(address, noun, of);
  const agents = [...work.credits, ...work.tracks.flatMap(({ credits }) => credits)];
  const series = work.series && {
    "@type": work.kind === "book" ? "BookSeries" : "CreativeWorkSeries",
    "@id": id("series", seriesKey(work.coop.id, work.series.name)),
    name: work.series.name,
  };
  return [
    work.kind === "book" ? bookNode(work, address) : albumNode(work, address),
    ...work.editions.map((edition) => editionNode(work, edition, address)),
    ...work.tracks.map((track) => recordingNode(work, track, address)),
    ...(series ? [series] : []),
    ...agents.map((agent) => agentNode(agent, address)),
    coopNode(work.coop, address),
  ];
}

function common(work: FeedWork, address: AddressOf): Node {
  const largest = work.covers.at(-1);
  return {
    "@id": identityOf(address, "work", work.id),
    url: address("work", "fr", { slug: work.slug }),
    mainEntityOfPage: [
      address("work", "fr", { slug: work.slug }),
      address("work", "en", { slug: work.slug }),
    ],
    name: inLanguage(work.title, work.language),
    alternativeHeadline: work.subtitle ? inLanguage(work.subtitle, work.language) : undefined,
    description: someOf(
      (["fr", "en"] as const).flatMap((language) =>
        work.description[language] ? [inLanguage(work.description[language], language)] : [],
      ),
    ),
    inLanguage: work.language ?? undefined,
    datePublished: work.publishedOn ?? undefined,
    dateModified: work.updatedAt,
    keywords: work.subjects.map(({ label }) => label).join(", ") || undefined,
    about: someOf(
      work.subjects.flatMap(({ scheme, code, label }) =>
        scheme && code
          ? [{ "@type": "DefinedTerm", name: label, termCode: code, inDefinedTermSet: scheme }]
          : [],
      ),
    ),
    image: largest && address("media", "fr", { id: largest.id }),
    publisher:
      work.publisher && work.publisher !== work.coop.name
        ? { "@type": "Organization", name: work.publisher }
        : { "@id": identityOf(address, "coop", work.coop.id) },
    isPartOf: work.series
      ? { "@id": identityOf(address, "series", seriesKey(work.coop.id, work.series.name)) }
      : undefined,
    position: work.series?.position ?? undefined,
    copyrightNotice: work.rights ?? undefined,
    sameAs: someOf(
      work.identifiers.flatMap(({ scheme, value }) =>
        scheme === "doi"
          ? [`https://doi.org/${value}`]
          : scheme === "wikidata"
            ? sameElsewhere([{ scheme, value }])
            : [],
      ),
    ),
    isAccessibleForFree: work.price.amount === 0 ? true : undefined,
  };
}

function offerOf(work: FeedWork, address: AddressOf): Node | undefined {
  if (work.price.amount <= 0) return undefined;
  return {
    "@type": "Offer",
    url: address("work", "fr", { slug: work.slug }),
    price: decimalPrice(work.price.amount),
    priceCurrency: work.price.currency.toUpperCase(),
    availability: `${context}/InStock`,
    seller: { "@id": identityOf(address, "coop", work.coop.id) },
  };
}

/** What the listings of shops read: on the thing that is sold. */
const asProduct = (work: FeedWork, type: string): string | string[] =>
  work.price.amount > 0 ? ["Product", type] : type;

function bookNode(work: FeedWork, address: AddressOf): Node {
  const by = (role: string) => people(work.credits, [role], address);
  return {
    "@type": "Book",
    ...common(work, address),
    author: by("author"),
    translator: by("translator"),
    illustrator: by("illustrator"),
    editor: by("editor"),
    contributor: people(
      work.credits.filter(({ role }) => !["author", "translator", "illustrator", "editor"].includes(role)),
      null,
      address,
    ),
    ...translationsOf(work, address),
    workExample: someOf(work.editions.map(({ id }) => ({ "@id": identityOf(address, "edition", id) }))),
  };
}

/** A translation names its original, by its name where that is here too; the original names its translations. */
function translationsOf(work: FeedWork, address: AddressOf): Node {
  const { language, originalLanguage: original, translations = [] } = work;
  const named = (id: string) => ({ "@id": identityOf(address, "work", id) });
  if (original && language && primary(original) !== primary(language)) {
    const here = translations.find(
      (other) => other.language && primary(other.language) === primary(original),
    );
    return { translationOfWork: { "@type": "Book", ...(here && named(here.id)), inLanguage: original } };
  }
  return { workTranslation: someOf(translations.map(({ id }) => ({ "@type": "Book", ...named(id) }))) };
}

function editionNode(work: FeedWork, edition: FeedEdition, address: AddressOf): Node {
  const id = identityOf(address, "edition", edition.id);
  const isbn = validCode(edition.identifiers, "isbn");
  const gtin = validCode([...edition.identifiers, ...work.identifiers], "gtin");
  const of = { "@id": identityOf(address, "work", work.id) };
  const told = {
    "@id": id,
    name: inLanguage(work.title, work.language),
    encodingFormat: someOf(edition.types),
  };
  if (edition.format === "music")
    return {
      "@type": "MusicRelease",
      ...told,
      releaseOf: of,
      musicReleaseFormat: `${context}/DigitalFormat`,
      recordLabel: { "@id": identityOf(address, "coop", work.coop.id) },
      gtin13: gtin?.length === 13 ? gtin : undefined,
      gtin: gtin && gtin.length !== 13 ? gtin : undefined,
    };
  const { accessModes, sufficientModes, features, hazards, summary, conformsTo } = work.accessibility ?? {};
  const largest = work.covers.at(-1);
  return {
    "@type": asProduct(work, "Book"),
    ...told,
    exampleOfWork: of,
    bookFormat: `${context}/EBook`,
    isbn,
    gtin13: isbn,
    inLanguage: work.language ?? undefined,
    numberOfPages: edition.format === "pdf" ? (work.pageCount ?? undefined) : undefined,
    image: largest && address("media", "fr", { id: largest.id }),
    // Read from the EPUB: a PDF of the same work may be otherwise.
    ...(edition.format === "epub" && {
      accessMode: accessModes,
      accessModeSufficient: sufficientModes,
      accessibilityFeature: features,
      accessibilityHazard: hazards,
      accessibilitySummary: summary,
      conformsTo,
    }),
    offers: offerOf(work, address),
  };
}

/** As shops of music count: one piece is a single, few and short ones an EP. */
function releaseType({ tracks, durationMs }: FeedWork): string {
  if (tracks.length <= 1) return `${context}/SingleRelease`;
  const long = durationMs ?? tracks.reduce((all, track) => all + (track.durationMs ?? 0), 0);
  return `${context}/${tracks.length <= 6 && long < 30 * 60_000 ? "EPRelease" : "AlbumRelease"}`;
}

function albumNode(work: FeedWork, address: AddressOf): Node {
  const gtin = validCode(work.identifiers, "gtin");
  return {
    "@type": asProduct(work, "MusicAlbum"),
    ...common(work, address),
    byArtist: leads(work.credits, address),
    producer: people(work.credits, ["producer"], address),
    contributor: people(
      work.credits.filter(({ role }) => role !== "performer" && role !== "producer"),
      null,
      address,
    ),
    albumReleaseType: releaseType(work),
    gtin13: gtin?.length === 13 ? gtin : undefined,
    numTracks: work.tracks.length,
    track: someOf(work.tracks.map(({ id }) => ({ "@id": identityOf(address, "recording", id) }))),
    albumRelease: someOf(work.editions.map(({ id }) => ({ "@id": identityOf(address, "edition", id) }))),
    offers: offerOf(work, address),
  };
}

function recordingNode(work: FeedWork, track: FeedTrack, address: AddressOf): Node {
  // What a piece says of its own people counts for it; where it says nothing, the album's do.
  const said = (role: string) => {
    const own = track.credits.filter((credit) => credit.role === role);
    return own.length > 0 ? own : work.credits.filter((credit) => credit.role === role);
  };
  const written = [...said("composer"), ...said("lyricist")];
  return {
    "@type": "MusicRecording",
    "@id": identityOf(address, "recording", track.id),
    name: inLanguage(track.title, work.language),
    inAlbum: { "@id": identityOf(address, "work", work.id) },
    position: track.position,
    isrcCode: isrcOf(track),
    duration: isoDuration(track.durationMs),
    byArtist: leads(said("performer").length > 0 ? said("performer") : work.credits, address),
    recordingOf:
      written.length > 0
        ? {
            "@type": "MusicComposition",
            name: inLanguage(track.title, work.language),
            composer: people(said("composer"), null, address),
            lyricist: people(said("lyricist"), null, address),
          }
        : undefined,
    audio: track.preview
      ? {
          "@type": "AudioObject",
          contentUrl: address("media", "fr", { id: track.preview.id }),
          encodingFormat: track.preview.type,
        }
      : undefined,
  };
}

/** A person or group. Every agent has one name on our domain, and leads to the registers that know the same one. */
export function agentNode(agent: Omit<FeedCredit, "role">, address: AddressOf): Node {
  return {
    "@type": agent.kind === "group" ? "MusicGroup" : "Person",
    "@id": identityOf(address, "agent", agent.id),
    name: agent.name,
    alternateName: agent.sortName && agent.sortName !== agent.name ? agent.sortName : undefined,
    url: address("agent", "fr", { slug: agent.slug }),
    sameAs: someOf(sameElsewhere(agent.identifiers)),
  };
}

export function coopNode(coop: { id: string; slug: string; name: string }, address: AddressOf): Node {
  return {
    "@type": "Organization",
    "@id": identityOf(address, "coop", coop.id),
    name: coop.name,
    url: address("coop", "fr", { slug: coop.slug }),
  };
}

/** A selection of works, in its order, and the co-op that made it. */
export const collectionNode = (
  collection: {
    slug: string;
    title: { fr?: string; en?: string };
    about: { fr?: string; en?: string };
    coop: { id: string; slug: string; name: string };
    works: readonly { id: string; slug: string; title: string }[];
  },
  address: AddressOf,
): Node => ({
  "@type": "CollectionPage",
  "@id": `${address("collection", "fr", { slug: collection.slug })}#selection`,
  name: bothTongues(collection.title),
  description: bothTongues(collection.about),
  url: address("collection", "fr", { slug: collection.slug }),
  creator: coopNode(collection.coop, address),
  mainEntity: {
    "@type": "ItemList",
    numberOfItems: collection.works.length,
    itemListElement: collection.works.map(({ id, slug, title }, i) => ({
      "@type": "ListItem",
      position: i + 1,
      item: {
        "@type": "CreativeWork",
        "@id": identityOf(address, "work", id),
        name: title,
        url: address("work", "fr", { slug }),
      },
    })),
  },
});

const bothTongues = (words: { fr?: string; en?: string }) =>
  someOf(
    (["fr", "en"] as const).flatMap((tongue) => (words[tongue] ? [inLanguage(words[tongue], tongue)] : [])),
  );

/** The shop itself, and how it is searched: on every page. */
export const siteNode = (name: string, address: AddressOf): Node => ({
  "@type": "WebSite",
  "@id": `${address("home", "fr")}#site`,
  name,
  url: address("home", "fr"),
  inLanguage: ["fr", "en"],
  potentialAction: {
    "@type": "SearchAction",
    target: { "@type": "EntryPoint", urlTemplate: `${address("browse", "fr")}?q={search_term_string}` },
    "query-input": "required name=search_term_string",
  },
});

/** PT3M5S. */
export function isoDuration(ms: number | null): string | undefined {
  if (ms === null) return undefined;
  const seconds = Math.round(ms / 1000);
  const [hours, minutes] = [Math.trunc(seconds / 3600), Math.trunc((seconds % 3600) / 60)];
  return `PT${hours ? `${hours}H` : ""}${minutes ? `${minutes}M` : ""}${seconds % 60}S`;
}

/** Whose album it is: who plays; where nobody is said to, everybody. */
function leads(credits: readonly FeedCredit[], address: AddressOf) {
  return people(credits, ["performer"], address) ?? people(credits, null, address);
}

function people(
  credits: readonly FeedCredit[],
  roles: readonly string[] | null,
  address: AddressOf,
): Node[] | undefined {
  const ids = credits.filter(({ role }) => roles?.includes(role) ?? true).map(({ id }) => id);
  return someOf([...new Set(ids)].map((id) => ({ "@id": identityOf(address, "agent", id) })));
}

/** A text with its language where it is known: the page of another language tells the same. `zxx` is no language. */
const inLanguage = (text: string, language: string | null): string | Node =>
  language && language !== "zxx" ? { "@value": text, "@language": language } : text;

const someOf = <T>(all: readonly T[]): T[] | undefined => (all.length > 0 ? [...all] : undefined);
const primary = (language: string): string => language.split("-")[0]!;
