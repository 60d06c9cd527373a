import { identityOf } from "./addresses.ts";
import { sameElsewhere } from "./authority.ts";
import { decimalPrice, describedIn, type FeedCredit, type FeedWork, isbnOf, secondOf } from "./feed-work.ts";
import { facetLinks, never, type ShopFeed, sampleOf, shelfAddress, typesOf } from "./shop-feed.ts";

export const opds2Type = "application/opds+json";
export const opds2PublicationType = "application/opds-publication+json";

type Json = Record<string, unknown>;

/** The door of the catalogue, and its newest works. */
export function opds2Root(feed: ShopFeed): Json {
  const { address, locale, words } = feed;
  const to = (wish: Parameters<typeof shelfAddress>[2]) => shelfAddress(feed, "opds2Works", wish);
  const shelf = (title: string, href: string, count: number, rel = "subsection") => ({
    ...{ title, href, type: opds2Type, rel },
    properties: { numberOfItems: count },
  });
  const facets = feed.facets;
  const groups = [
    {
      metadata: { title: words.facets.coop },
      navigation: (facets?.coop ?? []).map(({ value, name, count }) =>
        shelf(name, to({ coop: value }), count),
      ),
    },
    {
      metadata: { title: words.newest, ...counted(feed.total) },
      links: [{ rel: "self", href: to({}), type: opds2Type }],
      publications: feed.works.map((work) => opds2Publication(work, feed)),
    },
  ].filter((group) => (group.navigation ?? group.publications).length > 0);
  return {
    metadata: { title: words.title, subtitle: words.subtitle, modified: secondOf(feed.updatedAt ?? never) },
    links: [
      { rel: "self", href: address("opds2", locale), type: opds2Type },
      { rel: "start", href: address("opds2", locale), type: opds2Type },
      { rel: "alternate", href: address("opds", locale), type: "application/atom+xml" },
      search(feed),
    ],
    navigation: [
      shelf(words.newest, to({}), feed.total ?? 0, "http://opds-spec.org/sort/new"),
      ...(facets?.kind ?? []).map(({ value, count }) =>
        shelf(words.kinds[value], to({ kind: value }), count),
      ),
    ],
    ...(groups.length > 0 && { groups }),
  };
}

/** A page of works; where nothing is found, the way back in, since a feed without any list is none. */
export function opds2Works(feed: ShopFeed): Json {
  const { address, locale, wish, searched } = feed;
  const at = (cursor: ShopFeed["cursor"]) => shelfAddress(feed, "opds2Works", wish, { cursor, searched });
  const groups = new Map<string, Json[]>();
  for (const { group, title, href, count, active } of facetLinks(feed, "opds2Works")) {
    const links = groups.get(group) ?? [];
    groups.set(group, links);
    links.push({
      ...{ title, href, type: opds2Type },
      ...(active && { rel: "self" }),
      properties: { numberOfItems: count },
    });
  }
  return {
    metadata: {
      title: feed.title,
      modified: secondOf(feed.updatedAt ?? never),
      ...counted(feed.total),
      itemsPerPage: feed.perPage,
      currentPage: feed.page,
    },
    links: [
      { rel: "self", href: at(feed.cursor), type: opds2Type },
      { rel: "start", href: address("opds2", locale), type: opds2Type },
      { rel: "first", href: at(null), type: opds2Type },
      ...(feed.previous ? [{ rel: "previous", href: at(feed.previous), type: opds2Type }] : []),
      ...(feed.next ? [{ rel: "next", href: at(feed.next), type: opds2Type }] : []),
      search(feed),
    ],
    ...(feed.works.length > 0
      ? { publications: feed.works.map((work) => opds2Publication(work, feed)) }
      : {
          navigation: [
            { title: feed.words.newest, href: shelfAddress(feed, "opds2Works", {}), type: opds2Type },
          ],
        }),
    ...(groups.size > 0 && {
      facets: [...groups].map(([title, links]) => ({ metadata: { title }, links })),
    }),
  };
}

const counted = (total: number | null) => (total === null ? {} : { numberOfItems: total });

const search = ({ address, locale }: Pick<ShopFeed, "address" | "locale">) => ({
  rel: "search",
  href: `${address("opds2Works", locale)}{?query,title,author}`,
  type: opds2Type,
  templated: true,
});

const bookRoles = {
  author: "author",
  translator: "translator",
  editor: "editor",
  illustrator: "illustrator",
  narrator: "narrator",
} as const;
const albumRoles = { performer: "artist", composer: "contributor", narrator: "narrator" } as const;

/** One work as OPDS 2 and readers of Readium know it. */
export function opds2Publication(
  work: FeedWork,
  { address, locale, words }: Pick<ShopFeed, "address" | "locale" | "words">,
): Json {
  const isbn = isbnOf(work);
  const page = address("work", locale, { slug: work.slug });
  const sample = sampleOf(work, address, locale);
  const roles: Record<string, string> = work.kind === "book" ? bookRoles : albumRoles;
  const people: Record<string, Json[]> = {};
  const seen = new Set<string>();
  for (const credit of work.credits) {
    const key = Object.hasOwn(roles, credit.role) ? roles[credit.role]! : "contributor";
    if (seen.has(`${key} ${credit.id}`)) continue;
    seen.add(`${key} ${credit.id}`);
    people[key] = [...(people[key] ?? []), person(credit, address, locale)];
  }
  const types = typesOf(work);
  const free = work.price.amount === 0;
  return {
    metadata: {
      "@type": work.kind === "book" ? "http://schema.org/Book" : "http://schema.org/MusicAlbum",
      identifier: isbn ? `urn:isbn:${isbn}` : `urn:uuid:${work.id}`,
      title: work.title,
      ...(work.subtitle && { subtitle: work.subtitle }),
      ...(work.sortTitle && { sortAs: work.sortTitle }),
      ...people,
      ...(work.language && { language: work.language }),
      publisher: work.publisher ?? work.coop.name,
      // A day or nothing: that is all that the manifest knows.
      ...(work.publishedOn?.length === 10 && { published: work.publishedOn }),
      modified: secondOf(work.updatedAt),
      ...(describedIn(work, locale) && { description: describedIn(work, locale)!.text }),
      ...(work.subjects.length > 0 && {
        subject: work.subjects.map(({ label, scheme, code }) => ({
          name: label,
          ...(scheme && { scheme }),
          ...(code && { code }),
        })),
      }),
      ...(work.series && {
        belongsTo: {
          series: {
            name: work.series.name,
            ...(work.series.position != null && { position: work.series.position }),
          },
        },
      }),
      ...(work.pageCount && { numberOfPages: work.pageCount }),
      ...(work.durationMs && { duration: work.durationMs / 1000 }),
      ...(work.accessibility && { accessibility: accessibility(work.accessibility) }),
    },
    links: [
      {
        rel: "self",
        href: address("opds2Work", locale, { slug: work.slug }),
        type: opds2PublicationType,
      },
      { rel: "alternate", href: page, type: "text/html" },
      {
        rel: "alternate",
        href: `${identityOf(address, "work", work.id)}.jsonld`,
        type: "application/ld+json",
      },
      {
        rel: free ? "http://opds-spec.org/acquisition" : "http://opds-spec.org/acquisition/buy",
        href: page,
        type: "text/html",
        title: words.buy,
        properties: {
          ...(!free && {
            price: {
              currency: work.price.currency.toUpperCase(),
              value: Number(decimalPrice(work.price.amount)),
            },
          }),
          ...(types.length > 0 && { indirectAcquisition: types.map((type) => ({ type })) }),
        },
      },
      ...(sample ? [{ rel: "http://opds-spec.org/acquisition/sample", ...sample, title: words.sample }] : []),
    ],
    images:
      work.covers.length > 0
        ? work.covers.toReversed().map(({ id, width, height }, i) => ({
            href: address("media", locale, { id }),
            type: "image/jpeg",
            width,
            // Of the others only the width is known; they have the same shape.
            ...(i === 0 && height && { height }),
          }))
        : [{ href: `${address("home", "fr")}icon.svg`, type: "image/svg+xml" }],
  };
}

function person(credit: FeedCredit, address: ShopFeed["address"], locale: ShopFeed["locale"]): Json {
  const [known] = sameElsewhere(credit.identifiers);
  return {
    name: credit.name,
    ...(credit.sortName && { sortAs: credit.sortName }),
    identifier: known ?? identityOf(address, "agent", credit.id),
    links: [{ href: address("agent", locale, { slug: credit.slug }), type: "text/html" }],
  };
}

function accessibility(told: NonNullable<FeedWork["accessibility"]>): Json {
  return {
    ...(told.conformsTo && { conformsTo: told.conformsTo }),
    ...(told.certifiedBy && { certification: { certifiedBy: told.certifiedBy } }),
    ...(told.accessModes?.length && { accessMode: told.accessModes }),
    ...(told.sufficientModes?.length && {
      accessModeSufficient: told.sufficientModes.map((modes) => modes.split(/\s*,\s*/)),
    }),
    ...(told.features?.length && { feature: told.features }),
    ...(told.hazards?.length && { hazard: told.hazards }),
    ...(told.summary && { summary: told.summary }),
  };
}
