/** Our record as ONIX for Books 3.1, reference tags: one product for each edition, the work beside it. Pure. */
import type { Accessibility } from "../catalogue/queries.server.ts";
import { formFeaturesOf } from "./accessibility-lines.ts";
import {
  FORM_OF,
  keywordScheme,
  languageCodes,
  layoutDetail,
  noForm,
  ownScheme,
  PRODUCT_ID,
  roleCode,
  subjectSchemeCode,
} from "./onix-codes.ts";
import { type OnixSetting, productSupply } from "./onix-supply.ts";
import type { CatalogueRecord, Format, SentContributor, SentIdentifier, SentSubject } from "./sent.ts";
import { composite, value } from "./xml-text.ts";

/** By which identifiers of ours are told from another house's. */
export const ownIdName = "ventes.coop";

export function onixHead({ sender, sentAt }: OnixSetting): string {
  const sent = `${sentAt.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const header = composite("Header", [
    composite("Sender", [value("SenderName", sender)]),
    value("SentDateTime", sent),
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<ONIXMessage release="3.1" xmlns="http://ns.editeur.org/onix/3.1/reference">\n${header}\n`;
}
export const onixFoot = "</ONIXMessage>\n";

/** A work with several editions is as many products; one without any is a product of which the form is not known yet. */
export function onixProducts(record: CatalogueRecord, setting: OnixSetting): string {
  const formats: (Format | null)[] = record.formats.length > 0 ? record.formats : [null];
  return formats.map((format) => `${product(record, format, setting)}\n`).join("");
}

export const productReference = (workId: string, format: Format | null): string =>
  `${ownIdName}:${workId}${format ? `:${format}` : ""}`;

function product(record: CatalogueRecord, format: Format | null, setting: OnixSetting): string {
  return composite("Product", [
    value("RecordReference", productReference(record.workId, format)),
    // Never 05: what is withdrawn is told by its status, and stays a record.
    value("NotificationType", { published: "03", withdrawn: "04" }[record.state as string] ?? "02"),
    ...productIdentifiers(record, format),
    descriptiveDetail(record, format),
    collateralDetail(record),
    contentDetail(record),
    publishingDetail(record),
    relatedMaterial(record, format),
    productSupply(record, setting),
  ]);
}

const identifier = (name: string, type: string, said: string, own?: string) =>
  composite(name, [
    value(name === "WorkIdentifier" ? "WorkIDType" : "ProductIDType", type),
    value("IDTypeName", own),
    value("IDValue", said),
  ]);

function productIdentifiers(record: CatalogueRecord, format: Format | null): string[] {
  const all = record.fields.identifiers ?? [];
  const ours = all.filter((each) => (each.format ?? null) === format);
  return [
    identifier("ProductIdentifier", PRODUCT_ID.own, productReference(record.workId, format), ownIdName),
    ...ours.flatMap((each) => {
      if (each.scheme === "isbn")
        return [
          identifier("ProductIdentifier", PRODUCT_ID.isbn, each.value),
          identifier("ProductIdentifier", PRODUCT_ID.gtin13, each.value),
        ];
      return [identifier("ProductIdentifier", ...typed(each))];
    }),
  ];
}

function typed({ scheme, value: said }: SentIdentifier): [type: string, said: string, own?: string] {
  if (scheme === "doi") return [PRODUCT_ID.doi, said];
  if (scheme === "gtin" && said.length === 13) return [PRODUCT_ID.gtin13, said];
  if (scheme === "gtin" && said.length === 14) return [PRODUCT_ID.gtin14, said];
  if (scheme === "gtin" && said.length === 12) return [PRODUCT_ID.upc, said];
  return [PRODUCT_ID.own, said, scheme];
}

function descriptiveDetail({ fields, kind }: CatalogueRecord, format: Format | null): string {
  const form = format ? FORM_OF[format] : { form: noForm, detail: [] };
  const features = fields.accessibility ? formFeaturesOf(fields.accessibility as Accessibility) : [];
  return composite("DescriptiveDetail", [
    value("ProductComposition", "00"),
    value("ProductForm", form.form),
    ...form.detail.map((detail) => value("ProductFormDetail", detail)),
    value("ProductFormDetail", fields.layout && layoutDetail[fields.layout]),
    ...features.map(({ type, value: code, description }) =>
      composite("ProductFormFeature", [
        value("ProductFormFeatureType", type),
        value("ProductFormFeatureValue", code),
        value("ProductFormFeatureDescription", description),
      ]),
    ),
    value("PrimaryContentType", kind === "book" ? "10" : "03"),
    value("EpubTechnicalProtection", format ? "00" : undefined),
    // Free words and an address: what the co-op grants, as it says it.
    composite("EpubLicense", [
      value("EpubLicenseName", fields.rights ?? fields.licence),
      composite("EpubLicenseExpression", [
        value("EpubLicenseExpressionType", fields.licence && "01"),
        value("EpubLicenseExpressionLink", fields.licence),
      ]),
    ]),
    collection(fields.series),
    composite("TitleDetail", [
      value("TitleType", "01"),
      composite("TitleElement", [
        value("TitleElementLevel", "01"),
        ...titleParts(fields.title ?? "", fields.sortTitle),
        value("Subtitle", fields.subtitle),
      ]),
    ]),
    ...(fields.contributors ?? []).map(contributor),
    ...languages(fields),
    extent("00", fields.pageCount, "03"),
    extent("02", fields.wordCount, "02"),
    ...(fields.subjects ?? []).map((subject, index) => subjectOf(subject, index === 0)),
  ]);
}

/** « Le » stands apart where the sorting title says so, « Chat, Le »; however it sorts, the key says it too. */
function titleParts(title: string, sortTitle: string | undefined): string[] {
  const [, without, prefix] = /^(.+), (\S+)$/.exec(sortTitle ?? "") ?? [];
  const joined =
    prefix && (prefix.endsWith("’") || prefix.endsWith("'") ? `${prefix}${without}` : `${prefix} ${without}`);
  if (without && prefix && joined === title)
    return [value("TitlePrefix", prefix), value("TitleWithoutPrefix", without, { collationkey: sortTitle })];
  return [value("TitleText", title, { collationkey: sortTitle })];
}

function collection(series: { name: string; position?: number } | undefined): string {
  if (!series) return "";
  return composite("Collection", [
    value("CollectionType", "10"),
    composite("TitleDetail", [
      value("TitleType", "01"),
      composite("TitleElement", [
        value("TitleElementLevel", series.position === undefined ? undefined : "01"),
        value("PartNumber", series.position),
      ]),
      composite("TitleElement", [value("TitleElementLevel", "02"), value("TitleText", series.name)]),
    ]),
  ]);
}

function contributor(each: SentContributor, index: number): string {
  const code = roleCode(each.role);
  return composite("Contributor", [
    value("SequenceNumber", index + 1),
    value("ContributorRole", code),
    ...(each.identifiers ?? []).map(({ scheme, value: said }) =>
      composite("NameIdentifier", [
        value("NameIDType", scheme === "isni" ? "16" : "01"),
        value("IDTypeName", scheme === "isni" ? undefined : scheme),
        value("IDValue", said),
      ]),
    ),
    ...(each.kind === "group"
      ? [value("CorporateName", each.name), value("CorporateNameInverted", each.sortName)]
      : [value("PersonName", each.name), value("PersonNameInverted", each.sortName)]),
    value("ContributorDescription", code === "Z99" && each.role !== "contributor" ? each.role : undefined),
  ]);
}

function languages(fields: CatalogueRecord["fields"]): string[] {
  const one = (role: string, tag: string) => {
    const { code, country, script } = languageCodes(tag);
    return composite("Language", [
      value("LanguageRole", role),
      value("LanguageCode", code),
      value("CountryCode", country),
      value("ScriptCode", script),
    ]);
  };
  const others = (fields.languages ?? []).filter((tag) => tag !== fields.language);
  return [
    ...(fields.language ? [one("01", fields.language)] : []),
    ...others.map((tag) => one("01", tag)),
    ...(fields.originalLanguage ? [one("02", fields.originalLanguage)] : []),
  ];
}

const extent = (type: string, count: number | undefined, unit: string): string =>
  count === undefined
    ? ""
    : composite("Extent", [
        value("ExtentType", type),
        value("ExtentValue", count),
        value("ExtentUnit", unit),
      ]);

function subjectOf({ label, scheme, code }: SentSubject, main: boolean): string {
  // A semicolon parts the keywords of others: a word that holds one goes as a heading of its own list.
  const list = scheme ? subjectSchemeCode(scheme) : label.includes(";") ? ownScheme : keywordScheme;
  return composite("Subject", [
    main && scheme ? "<MainSubject/>" : "",
    value("SubjectSchemeIdentifier", list),
    value("SubjectSchemeName", list === ownScheme ? (scheme ?? ownIdName) : undefined),
    value("SubjectCode", code),
    value("SubjectHeadingText", label),
  ]);
}

function collateralDetail({ fields }: CatalogueRecord): string {
  const text = (locale: "fr" | "en") =>
    fields.description?.[locale]
      ? composite("TextContent", [
          value("TextType", "03"),
          value("ContentAudience", "00"),
          value("Text", fields.description[locale], {
            language: locale === "fr" ? "fre" : "eng",
            textformat: "06",
          }),
        ])
      : "";
  return composite("CollateralDetail", [
    text("fr"),
    text("en"),
    fields.coverLink
      ? composite("SupportingResource", [
          value("ResourceContentType", "01"),
          value("ContentAudience", "00"),
          value("ResourceMode", "03"),
          composite("ResourceVersion", [
            value("ResourceForm", "02"),
            value("ResourceLink", fields.coverLink),
          ]),
        ])
      : "",
  ]);
}

/** The tracks of an album: pieces whole in themselves (List 240), each with its ISRC (List 241). */
function contentDetail({ fields }: CatalogueRecord): string {
  return composite(
    "ContentDetail",
    (fields.tracks ?? []).map((track) =>
      composite("ContentItem", [
        value("LevelSequenceNumber", `${track.disc}.${track.position}`),
        composite("AVItem", [
          value("AVItemType", "01"),
          composite("AVItemIdentifier", [
            value("AVItemIDType", track.isrc && "18"),
            value("IDValue", track.isrc),
          ]),
          value("AVDuration", track.durationMs === undefined ? undefined : clockOf(track.durationMs)),
        ]),
        composite("TitleDetail", [
          value("TitleType", "01"),
          composite("TitleElement", [value("TitleElementLevel", "04"), value("TitleText", track.title)]),
        ]),
        ...track.credits.map(contributor),
      ]),
    ),
  );
}

/** HHHMMSScc. */
function clockOf(ms: number): string {
  const hundredths = Math.round(ms / 10);
  const digits = (n: number, many: number) => String(Math.floor(n)).padStart(many, "0");
  const seconds = Math.floor(hundredths / 100);
  return `${digits(seconds / 3_600, 3)}${digits((seconds % 3_600) / 60, 2)}${digits(seconds % 60, 2)}${digits(hundredths % 100, 2)}`;
}

/** List 64. What is withdrawn here may still be sold elsewhere: it is withdrawn from sale, not out of print. */
const STATUS = { draft: "02", submitted: "02", returned: "02", published: "04", withdrawn: "11" } as const;

function publishingDetail({ fields, state }: CatalogueRecord): string {
  const date = fields.publishedOn?.replaceAll("-", "");
  const copyright = /(?:©|\(c\))\s*(\d{4})[\s,]+([^.\n]{2,200})/i.exec(fields.rights ?? "");
  return composite("PublishingDetail", [
    composite("Imprint", [value("ImprintName", fields.publisher)]),
    fields.publisher
      ? composite("Publisher", [value("PublishingRole", "01"), value("PublisherName", fields.publisher)])
      : "",
    value("PublishingStatus", STATUS[state]),
    date
      ? composite("PublishingDate", [
          value("PublishingDateRole", "01"),
          value("Date", date, { dateformat: { 4: "05", 6: "01", 8: "00" }[date.length] }),
        ])
      : "",
    copyright
      ? composite("CopyrightStatement", [
          value("CopyrightYear", copyright[1]),
          composite("CopyrightOwner", [value("CorporateName", copyright[2]?.trim())]),
        ])
      : "",
    composite("SalesRights", [
      value("SalesRightsType", "02"),
      composite("Territory", [value("RegionsIncluded", "WORLD")]),
    ]),
  ]);
}

function relatedMaterial(record: CatalogueRecord, format: Format | null): string {
  const all = record.fields.identifiers ?? [];
  // What names the work itself stands with the work; of a product without a form, it is the product's own.
  const ofWork = format === null ? [] : all.filter((each) => !each.format);
  return composite("RelatedMaterial", [
    composite("RelatedWork", [
      value("WorkRelationCode", "01"),
      identifier("WorkIdentifier", "01", record.workId, ownIdName),
      ...ofWork.map((each) =>
        each.scheme === "isbn"
          ? identifier("WorkIdentifier", "15", each.value)
          : each.scheme === "doi"
            ? identifier("WorkIdentifier", "06", each.value)
            : identifier("WorkIdentifier", "01", each.value, each.scheme),
      ),
    ]),
    ...record.formats
      .filter((other) => other !== format)
      .map((other) => {
        const isbn = all.find((each) => each.scheme === "isbn" && each.format === other);
        return composite("RelatedProduct", [
          value("ProductRelationCode", "06"),
          identifier("ProductIdentifier", PRODUCT_ID.own, productReference(record.workId, other), ownIdName),
          isbn ? identifier("ProductIdentifier", PRODUCT_ID.isbn, isbn.value) : "",
        ]);
      }),
  ]);
}
