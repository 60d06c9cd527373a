/** The addresses that feeds name; `i18n/paths.ts` knows how each is written. */
type AddressName =
  | "home"
  | "browse"
  | "work"
  | "sample"
  | "embed"
  | "agent"
  | "collection"
  | "coops"
  | "coop"
  | "about"
  | "opds"
  | "opdsWorks"
  | "opdsDescription"
  | "opds2"
  | "opds2Works"
  | "opds2Work"
  | "atom"
  | "atomCoop"
  | "atomAgent"
  | "albumRss"
  | "coopRss"
  | "media"
  | "identity"
  | "sitemap"
  | "sitemaps"
  | "oembed"
  | "oai"
  | "oaiSchema"
  | "dumps"
  | "dump";

export type FeedLocale = "fr" | "en";

/** The whole address of a page or feed, with our name in front: `https://ventes.coop/oeuvres/marees`. */
export type AddressOf = (
  name: AddressName,
  locale: FeedLocale,
  params?: Record<string, string>,
  query?: Record<string, string | number | null | undefined>,
) => string;

export type IdentityNoun = "work" | "edition" | "recording" | "agent" | "coop" | "series";

/** The one name for ever of a thing of the catalogue, in every feed and language: by its id, so that no new title changes it. */
export const identityOf = (address: AddressOf, noun: IdentityNoun, id: string): string =>
  address("identity", "fr", { noun, id });
