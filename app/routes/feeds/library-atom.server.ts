import { coverAddress } from "#app/components/cover-address.ts";
import { byline } from "#domain/catalogue/byline.ts";
import { extensionOf } from "#domain/delivery/file-name.ts";
import { type Xml, xml, xmlDocument } from "#domain/feeds/xml.ts";
import type { ShelfEntry, ShelfPage } from "#domain/library/shelf-queries.server.ts";
import { devicesWords } from "#i18n/devices.ts";
import type { Locale } from "#i18n/locale.ts";
import { type Address, cursorText, pageSize, type ShelfAsked } from "./library-door.server.ts";

export const navigationType = "application/atom+xml;profile=opds-catalog;kind=navigation";
export const acquisitionType = "application/atom+xml;profile=opds-catalog;kind=acquisition";
export const shelves = ["all", "books", "music"] as const;

type Given = { address: Address; locale: Locale; publicUrl: string; personId: string; now: Date };

/** Every prefix is bound at the root: some readers refuse the whole feed otherwise. */
const feedOf = ({ address, locale, now }: Given, head: Xml, body: Xml, updated: Date | null): string =>
  xmlDocument(xml`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/terms/"
  xmlns:opds="http://opds-spec.org/2010/catalog" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
  xmlns:thr="http://purl.org/syndication/thread/1.0" xml:lang="${locale}">
${head}
  <updated>${(updated ?? now).toISOString()}</updated>
  <author><name>ventes.coop</name><uri>${address("libraryOpds")}</uri></author>
  <link rel="start" type="${navigationType}" href="${address("libraryOpds")}"/>
  <link rel="search" type="application/opensearchdescription+xml" href="${address("librarySearch")}"/>
  <link rel="search" type="${acquisitionType}" href="${address("libraryOpdsShelf", { shelf: "all" })}?query={searchTerms}"/>
${body}</feed>`);

/** The doors of the library: everything, books, music. */
export function libraryRoot(given: Given, { entries, books, albums }: ShelfPage): string {
  const { address, locale, personId } = given;
  const { feed } = devicesWords(locale);
  const newest = entries[0] ? new Date(entries[0].at) : null;
  const counts = { all: books + albums, books, music: albums };
  return feedOf(
    given,
    xml`  <id>urn:uuid:${personId}</id>
  <title>${feed.title}</title>
  <link rel="self" type="${navigationType}" href="${address("libraryOpds")}"/>`,
    xml`${shelves.map(
      (shelf) => xml`  <entry>
    <id>${address("libraryOpdsShelf", { shelf })}</id>
    <title>${feed.shelves[shelf]}</title>
    <updated>${(newest ?? given.now).toISOString()}</updated>
    <content type="text">${feed.count(counts[shelf])}</content>
    <link rel="subsection" type="${acquisitionType}" href="${address("libraryOpdsShelf", { shelf })}" thr:count="${counts[shelf]}"/>
  </entry>
`,
    )}`,
    newest,
  );
}

/** One page of a shelf, each work with what can be fetched of it. */
export function libraryShelf(given: Given, asked: ShelfAsked, page: ShelfPage): string {
  const { address, locale, personId } = given;
  const { feed } = devicesWords(locale);
  const { shelf, words } = asked;
  const at = (after: string | null) => address("libraryOpdsShelf", { shelf }, { query: words, after });
  const newest = page.entries.map(changedAt).sort((a, b) => b.getTime() - a.getTime())[0] ?? null;
  return feedOf(
    given,
    xml`  <id>urn:uuid:${personId}:${shelf}${words && `:${encodeURIComponent(words)}`}</id>
  <title>${words ? feed.found(words) : feed.shelves[shelf]}</title>
  <link rel="self" type="${acquisitionType}" href="${at(asked.after && cursorText(asked.after))}"/>
  <link rel="up" type="${navigationType}" href="${address("libraryOpds")}"/>
  <link rel="first" type="${acquisitionType}" href="${at(null)}"/>
  ${page.next && xml`<link rel="next" type="${acquisitionType}" href="${at(cursorText(page.next))}"/>`}
  <opensearch:totalResults>${page.found}</opensearch:totalResults>
  <opensearch:itemsPerPage>${pageSize}</opensearch:itemsPerPage>`,
    xml`${page.entries.map((entry) => entryOf(given, entry))}`,
    newest,
  );
}

/** When what is told of it last changed: the purchase, or the record. */
const changedAt = ({ at, updatedAt }: ShelfEntry): Date =>
  new Date(Math.max(Date.parse(at), Date.parse(updatedAt)));

function entryOf({ address, locale, publicUrl }: Given, entry: ShelfEntry): Xml {
  const { cover, language, publisher, publishedOn, isbn } = entry;
  const summary = entry.description[locale] ?? entry.description.fr ?? entry.description.en;
  return xml`  <entry>
    <id>urn:uuid:${entry.workId}</id>
    <title>${entry.title}</title>
    <updated>${changedAt(entry).toISOString()}</updated>
    ${byline(entry.kind, entry.credits).map(({ name }) => xml`<author><name>${name}</name></author>`)}
    ${language && xml`<dc:language>${language}</dc:language>`}
    <dc:publisher>${publisher ?? entry.coop}</dc:publisher>
    ${publishedOn && xml`<dc:issued>${publishedOn}</dc:issued>`}
    ${isbn && xml`<dc:identifier>urn:isbn:${isbn}</dc:identifier>`}
    ${entry.subjects.map(
      ({ label, scheme, code }) =>
        xml`<category term="${code ?? label}" label="${label}"${scheme && xml` scheme="urn:${scheme}"`}/>`,
    )}
    ${summary && xml`<summary type="text">${summary}</summary>`}
    ${
      cover &&
      xml`<link rel="http://opds-spec.org/image" type="image/jpeg" href="${publicUrl}${coverAddress(locale, cover)}"/>
    <link rel="http://opds-spec.org/image/thumbnail" type="image/jpeg" href="${publicUrl}${coverAddress(locale, { ...cover, widths: cover.widths.slice(0, 1) })}"/>`
    }
    ${entry.onSale && xml`<link rel="alternate" type="text/html" href="${address("work", { slug: entry.slug })}"/>`}
    ${entry.files.map(
      (file) =>
        xml`<link rel="http://opds-spec.org/acquisition" type="${file.mediaType}" length="${file.bytes}" title="${fileTitle(file)}" href="${address("libraryFile", { right: entry.rightId, asset: file.assetId })}"/>
    `,
    )}
  </entry>
`;
}

/** « EPUB », or « 3. Jusant » of an album. */
export const fileTitle = ({ mediaType, track }: ShelfEntry["files"][number]): string =>
  track ? `${track.position}. ${track.title}` : extensionOf(mediaType).toUpperCase();

/** The OpenSearch description: how an app asks for words. */
export function searchDescription(address: Address, locale: Locale): string {
  const { feed } = devicesWords(locale);
  return xmlDocument(xml`<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>ventes.coop</ShortName>
  <Description>${feed.searchDescription}</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <OutputEncoding>UTF-8</OutputEncoding>
  <Url type="${acquisitionType}" template="${address("libraryOpdsShelf", { shelf: "all" })}?query={searchTerms}"/>
  <Url type="application/atom+xml" template="${address("libraryOpdsShelf", { shelf: "all" })}?query={searchTerms}"/>
</OpenSearchDescription>`);
}
