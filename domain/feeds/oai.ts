import { type AddressOf, identityOf } from "./addresses.ts";
import { type FeedWork, isbnOf, isrcOf, secondOf } from "./feed-work.ts";
import type { Harvested } from "./harvest-queries.server.ts";
import type { HarvestError, HarvestFormat, HarvestRequest } from "./harvest-request.ts";
import { graphOf, workGraph } from "./json-ld.ts";
import { type Xml, xml, xmlDocument } from "./xml.ts";

type Asked = { address: AddressOf; host: string; now: Date; asked: URLSearchParams };

/** What holds for every answer of the protocol around its content. A request that was wrong is not repeated as attributes. */
function answer({ address, now, asked }: Asked, content: Xml, wrong = false): string {
  const attributes = wrong ? [] : [...asked].map(([name, value]) => xml` ${name}="${value}"`);
  return xmlDocument(xml`<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">
  <responseDate>${secondOf(now)}</responseDate>
  <request${attributes}>${address("oai", "fr")}</request>
  ${content}
</OAI-PMH>`);
}

const errors: Record<HarvestError, string> = {
  badVerb: "One of the six verbs of OAI-PMH 2.0, once.",
  badArgument: "An argument is missing, unknown, repeated or malformed.",
  badResumptionToken: "This is no resumption token of ours.",
  cannotDisseminateFormat: "The formats are oai_dc, jsonld and onix_3.1.",
  idDoesNotExist: "No record has this identifier.",
  noRecordsMatch: "Nothing changed in this span of time in this set.",
};

export const oaiError = (to: Asked, code: HarvestError): string =>
  answer(
    to,
    xml`<error code="${code}">${errors[code]}</error>`,
    code === "badVerb" || code === "badArgument",
  );

export function oaiIdentify(
  to: Asked,
  { name, email, earliest }: { name: string; email: string; earliest: string },
): string {
  return answer(
    to,
    xml`<Identify>
    <repositoryName>${name}</repositoryName>
    <baseURL>${to.address("oai", "fr")}</baseURL>
    <protocolVersion>2.0</protocolVersion>
    <adminEmail>${email}</adminEmail>
    <earliestDatestamp>${secondOf(earliest)}</earliestDatestamp>
    <deletedRecord>persistent</deletedRecord>
    <granularity>YYYY-MM-DDThh:mm:ssZ</granularity>
  </Identify>`,
  );
}

export function oaiFormats(to: Asked): string {
  const format = (prefix: HarvestFormat, schema: string, namespace: string) => xml`
    <metadataFormat>
      <metadataPrefix>${prefix}</metadataPrefix>
      <schema>${schema}</schema>
      <metadataNamespace>${namespace}</metadataNamespace>
    </metadataFormat>`;
  const own = to.address("oaiSchema", "fr");
  return answer(
    to,
    xml`<ListMetadataFormats>${[
      format(
        "oai_dc",
        "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
        "http://www.openarchives.org/OAI/2.0/oai_dc/",
      ),
      format("jsonld", own, own),
      format(
        "onix_3.1",
        "http://ns.editeur.org/onix/3.1/reference/ONIX_BookProduct_3.1_reference.xsd",
        "http://ns.editeur.org/onix/3.1/reference",
      ),
    ]}
  </ListMetadataFormats>`,
  );
}

/** The shape of a `jsonld` record: one element with a JSON text. */
export const jsonLdSchema = (address: AddressOf): string =>
  xmlDocument(xml`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${address("oaiSchema", "fr")}" elementFormDefault="qualified">
  <xs:element name="document" type="xs:string"/>
</xs:schema>`);

export function oaiSets(
  to: Asked,
  { coops, languages }: { coops: { slug: string; name: string }[]; languages: string[] },
): string {
  const set = (spec: string, name: string) => xml`
    <set><setSpec>${spec}</setSpec><setName>${name}</setName></set>`;
  return answer(
    to,
    xml`<ListSets>${[
      set("type", "By type"),
      set("type:book", "Books"),
      set("type:album", "Albums"),
      set("coop", "By co-operative"),
      ...coops.map(({ slug, name }) => set(`coop:${slug}`, name)),
      set("language", "By language"),
      ...languages.map((language) => set(`language:${language}`, language)),
    ]}
  </ListSets>`,
  );
}

/** ONIX messages by work, where that is the format asked for. */
type OnixOf = ReadonlyMap<string, string>;

export const oaiRecord = (to: Asked, work: Harvested, format: HarvestFormat, onix: OnixOf): string =>
  answer(
    to,
    xml`<GetRecord>${record(to, work, format, onix)}
  </GetRecord>`,
  );

/** A page of a list; `token` leads to the next one, empty on the last page of several, null on an only one. */
export function oaiList(
  to: Asked,
  { verb, format }: Extract<HarvestRequest, { after: unknown }>,
  works: readonly Harvested[],
  token: string | null,
  onix: OnixOf,
): string {
  const list = works.map((work) =>
    verb === "ListRecords" ? record(to, work, format, onix) : header(to, work),
  );
  const resume =
    token !== null &&
    xml`
    <resumptionToken>${token}</resumptionToken>`;
  return answer(
    to,
    verb === "ListRecords"
      ? xml`<ListRecords>${list}${resume}
  </ListRecords>`
      : xml`<ListIdentifiers>${list}${resume}
  </ListIdentifiers>`,
  );
}

const header = ({ host }: Asked, work: Harvested): Xml => xml`
    <header${work.record === null && xml` status="deleted"`}>
      <identifier>${`oai:${host}:${work.id}`}</identifier>
      <datestamp>${secondOf(work.at)}</datestamp>
      <setSpec>${`type:${work.kind}`}</setSpec>
      <setSpec>${`coop:${work.coop}`}</setSpec>${
        work.language &&
        xml`
      <setSpec>${`language:${work.language}`}</setSpec>`
      }
    </header>`;

const record = (to: Asked, work: Harvested, format: HarvestFormat, onix: OnixOf): Xml => xml`
    <record>${header(to, work)}${
      work.record &&
      xml`
      <metadata>${
        format === "onix_3.1"
          ? { text: onix.get(work.id) ?? "" }
          : format === "oai_dc"
            ? dublinCore(work.record, to.address)
            : xml`
        <document xmlns="${to.address("oaiSchema", "fr")}">${JSON.stringify(graphOf(workGraph(work.record, to.address)))}</document>`
      }
      </metadata>`
    }
    </record>`;

/** The fifteen elements of Dublin Core; identifiers that a reader can follow first. */
function dublinCore(work: FeedWork, address: AddressOf): Xml {
  const lead = work.kind === "book" ? "author" : "performer";
  const leads = work.credits.filter(({ role }) => role === lead);
  const creators = leads.length > 0 ? leads : work.credits;
  const isbn = isbnOf(work);
  const name = (person: { name: string; sortName: string | null }) => person.sortName ?? person.name;
  const all: [element: string, values: readonly (string | null | undefined)[]][] = [
    ["title", [work.subtitle ? `${work.title} : ${work.subtitle}` : work.title]],
    ["creator", [...new Set(creators.map(name))]],
    ["contributor", [...new Set(work.credits.filter((credit) => !creators.includes(credit)).map(name))]],
    ["subject", work.subjects.map(({ label }) => label)],
    ["description", [work.description.fr, work.description.en]],
    ["publisher", [work.publisher ?? work.coop.name]],
    ["date", [work.publishedOn]],
    ["type", [work.kind === "book" ? "Text" : "Sound"]],
    ["format", [...new Set(work.editions.flatMap(({ types }) => types))]],
    [
      "identifier",
      [
        address("work", "fr", { slug: work.slug }),
        identityOf(address, "work", work.id),
        isbn && `urn:isbn:${isbn}`,
        ...work.tracks.map(isrcOf).map((isrc) => isrc && `urn:isrc:${isrc}`),
      ],
    ],
    ["language", [work.language]],
    ["relation", [work.series?.name]],
    ["rights", [work.rights]],
  ];
  return xml`
        <oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd">${all.flatMap(
          ([element, values]) =>
            values.map(
              (value) =>
                value && {
                  text: `
          <dc:${element}>${xml`${value}`.text}</dc:${element}>`,
                },
            ),
        )}
        </oai_dc:dc>`;
}
