import { identityOf } from "./addresses.ts";
import { sameElsewhere } from "./authority.ts";
import { decimalPrice, describedIn, type FeedWork, isbnOf, secondOf } from "./feed-work.ts";
import { facetLinks, never, type ShopFeed, sampleOf, shelfAddress, typesOf } from "./shop-feed.ts";
import { type Xml, xml, xmlDocument } from "./xml.ts";

export const opdsNavigation = "application/atom+xml;profile=opds-catalog;kind=navigation";
export const opdsAcquisition = "application/atom+xml;profile=opds-catalog;kind=acquisition";
export const openSearchType = "application/opensearchdescription+xml";
const rel = "http://opds-spec.org";

/** The door of the catalogue: its shelves, by what is new, by kind and by co-op. */
export function opdsRoot(
  feed: Pick<ShopFeed, "locale" | "address" | "words" | "updatedAt" | "facets" | "total" | "crawled">,
): string {
  const { address, locale, words } = feed;
  const self = address("opds", locale);
  const updated = secondOf(feed.updatedAt ?? never);
  const shelf = (title: string, about: string, href: string, relation = "subsection"): Xml => xml`
  <entry>
    <id>${href}</id>
    <title>${title}</title>
    <updated>${updated}</updated>
    <content type="text">${about}</content>
    <link rel="${relation}" href="${href}" type="${opdsAcquisition}"/>
  </entry>`;
  const to = (wish: Parameters<typeof shelfAddress>[2]) => shelfAddress(feed, "opdsWorks", wish);
  return xmlDocument(xml`${opening(feed)}
  <id>${self}</id>
  <title>${words.title}</title>
  <subtitle>${words.subtitle}</subtitle>
  <updated>${updated}</updated>
  <author><name>${words.title}</name><uri>${address("home", locale)}</uri></author>
  <icon>${address("home", "fr")}icon.svg</icon>
  <link rel="self" href="${self}" type="${opdsNavigation}"/>
  <link rel="start" href="${self}" type="${opdsNavigation}"/>${search(feed)}${crawlable(feed)}
  <link rel="alternate" href="${address("home", locale)}" type="text/html"/>${[
    shelf(words.newest, words.newestAbout, to({}), `${rel}/sort/new`),
    ...(feed.facets?.kind ?? []).map(({ value, count }) =>
      shelf(words.kinds[value], words.count(count), to({ kind: value })),
    ),
    ...(feed.facets?.coop ?? []).map(({ value, name, count }) =>
      shelf(name, words.count(count), to({ coop: value })),
    ),
  ]}
</feed>`);
}

/** A page of works with their prices. */
export function opdsWorks(feed: ShopFeed): string {
  const { address, locale, wish, cursor, searched } = feed;
  const self = shelfAddress(feed, "opdsWorks", wish, { cursor, searched });
  const beside = (relation: string, to: ShopFeed["next"], first = false) =>
    (to || first) &&
    xml`
  <link rel="${relation}" href="${shelfAddress(feed, "opdsWorks", wish, { cursor: to, searched })}" type="${opdsAcquisition}"/>`;
  return xmlDocument(xml`${opening(feed)}
  <id>${shelfAddress(feed, "opdsWorks", wish, { searched })}</id>
  <title>${feed.title}</title>
  <updated>${secondOf(feed.updatedAt ?? never)}</updated>
  <author><name>${feed.words.title}</name><uri>${address("home", locale)}</uri></author>${
    feed.crawled &&
    !feed.next &&
    !feed.previous &&
    xml`
  <fh:complete/>`
  }
${
  feed.total !== null &&
  xml`
  <opensearch:totalResults>${feed.total}</opensearch:totalResults>`
}
  <opensearch:itemsPerPage>${feed.perPage}</opensearch:itemsPerPage>
  <link rel="self" href="${self}" type="${opdsAcquisition}"/>
  <link rel="start" href="${address("opds", locale)}" type="${opdsNavigation}"/>
  <link rel="up" href="${address("opds", locale)}" type="${opdsNavigation}"/>${search(feed)}${crawlable(feed)}${beside("first", null, true)}${beside("previous", feed.previous)}${beside("next", feed.next)}${facetLinks(
    feed,
    "opdsWorks",
  ).map(
    ({ group, title, href, count, active }) => xml`
  <link rel="${rel}/facet" href="${href}" type="${opdsAcquisition}" title="${title}" opds:facetGroup="${group}" thr:count="${count}"${active && xml` opds:activeFacet="true"`}/>`,
  )}${feed.works.map((work) => entry(work, feed))}
</feed>`);
}

/** How other programmes ask our search. */
export function openSearchDescription({
  address,
  locale,
  words,
}: Pick<ShopFeed, "address" | "locale" | "words">): string {
  return xmlDocument(xml`<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>${words.title.slice(0, 16)}</ShortName>
  <Description>${words.searchAbout}</Description>
  <Url type="${opdsAcquisition}" template="${address("opdsWorks", locale)}?query={searchTerms}"/>
  <Url type="application/opds+json" template="${address("opds2Works", locale)}?query={searchTerms}"/>
  <Url type="text/html" template="${address("browse", locale)}?q={searchTerms}"/>
  <Language>${locale}</Language>
  <OutputEncoding>UTF-8</OutputEncoding>
  <InputEncoding>UTF-8</InputEncoding>
</OpenSearchDescription>`);
}

/** Every prefix that any feed of ours uses, bound on its first element: some readers show the bare XML otherwise. */
const opening = ({ locale }: Pick<ShopFeed, "locale">): Xml =>
  xml`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/terms/" xmlns:opds="http://opds-spec.org/2010/catalog" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:fh="http://purl.org/syndication/history/1.0" xml:lang="${locale}">`;

/** Both ways, since some readers know one and some the other. */
const search = ({ address, locale, words }: Pick<ShopFeed, "address" | "locale" | "words">): Xml => xml`
  <link rel="search" href="${address("opdsDescription", locale)}" type="${openSearchType}" title="${words.search}"/>
  <link rel="search" href="${address("opdsWorks", locale)}?query={searchTerms}" type="${opdsAcquisition}" title="${words.search}"/>`;

const crawlable = (feed: Pick<ShopFeed, "address" | "locale">): Xml => xml`
  <link rel="${rel}/crawlable" href="${shelfAddress({ ...feed, crawled: true }, "opdsWorks", {})}" type="${opdsAcquisition}"/>`;

function entry(work: FeedWork, { address, locale, words }: ShopFeed): Xml {
  const page = address("work", locale, { slug: work.slug });
  const told = describedIn(work, locale);
  const isbn = isbnOf(work);
  const sample = sampleOf(work, address, locale);
  const free = work.price.amount === 0;
  const [small, large] = [work.covers[0], work.covers.at(-1)];
  const person = (element: "author" | "contributor", name: string, uri: string) =>
    element === "author"
      ? xml`
    <author><name>${name}</name><uri>${uri}</uri></author>`
      : xml`
    <contributor><name>${name}</name><uri>${uri}</uri></contributor>`;
  const lead = work.kind === "book" ? "author" : "performer";
  const named = new Map(work.credits.map((credit) => [`${credit.id} ${credit.role === lead}`, credit]));
  return xml`
  <entry>
    <id>${identityOf(address, "work", work.id)}</id>
    <title>${work.title}</title>
    <updated>${secondOf(work.updatedAt)}</updated>
    <published>${secondOf(work.publishedAt)}</published>${[...named.values()].map((credit) =>
      person(
        credit.role === lead ? "author" : "contributor",
        credit.name,
        sameElsewhere(credit.identifiers)[0] ?? address("agent", locale, { slug: credit.slug }),
      ),
    )}
    <dc:identifier>${isbn ? `urn:isbn:${isbn}` : `urn:uuid:${work.id}`}</dc:identifier>${
      work.language &&
      xml`
    <dc:language>${work.language}</dc:language>`
    }
    <dc:publisher>${work.publisher ?? work.coop.name}</dc:publisher>${
      work.publishedOn &&
      xml`
    <dc:issued>${work.publishedOn}</dc:issued>`
    }${
      work.rights &&
      xml`
    <rights>${work.rights}</rights>`
    }${
      work.series &&
      xml`
    <dc:isPartOf>${work.series.name}</dc:isPartOf>`
    }${work.subjects.map(
      ({ scheme, code, label }) => xml`
    <category${scheme && xml` scheme="${schemeUri(scheme)}"`} term="${code ?? label}" label="${label}"/>`,
    )}${
      told &&
      xml`
    <summary type="text" xml:lang="${told.language}">${told.text}</summary>`
    }
    <link rel="alternate" href="${page}" type="text/html" title="${work.title}"/>
    <link rel="alternate" href="${identityOf(address, "work", work.id)}.jsonld" type="application/ld+json"/>${
      large &&
      xml`
    <link rel="${rel}/image" href="${address("media", locale, { id: large.id })}" type="image/jpeg"/>`
    }${
      small &&
      xml`
    <link rel="${rel}/image/thumbnail" href="${address("media", locale, { id: small.id })}" type="image/jpeg"/>`
    }${
      sample &&
      xml`
    <link rel="${rel}/acquisition/sample" href="${sample.href}" type="${sample.type}" title="${words.sample}"/>`
    }
    <link rel="${free ? `${rel}/acquisition` : `${rel}/acquisition/buy`}" href="${page}" type="text/html" title="${words.buy}">${
      !free &&
      xml`
      <opds:price currencycode="${work.price.currency.toUpperCase()}">${decimalPrice(work.price.amount)}</opds:price>`
    }${typesOf(work).map(
      (type) => xml`
      <opds:indirectAcquisition type="${type}"/>`,
    )}
    </link>
  </entry>`;
}

/** The lists that have an address of their own; a category's scheme must be one. */
const schemeUri = (scheme: string): string =>
  ({
    thema: "https://ns.editeur.org/thema",
    bisac: "http://www.bisg.org/standards/bisac_subject/index.html",
    clil: "https://clil.org/",
  })[scheme.toLowerCase()] ?? `urn:x-subject:${encodeURIComponent(scheme.toLowerCase())}`;
