/** One product of an ONIX message, whichever tags it is written in → what it says of a work, in our words. Pure. */
import { cleanLine, cleanText, LONGEST, withoutMarkup } from "../metadata/clean-text.ts";
import { isni, isrc } from "../metadata/identifiers.ts";
import { partialDate } from "../metadata/partial-date.ts";
import { ROLES, type Role } from "../metadata/roles.ts";
import { accessibilityOf } from "./accessibility-lines.ts";
import {
  formatOf,
  isCarrier,
  keywordScheme,
  languageOfCodes,
  layoutDetail,
  ownScheme,
  roleOfCode,
  schemeName,
  subjectSchemeOf,
} from "./onix-codes.ts";
import { identifiersOf, siblingsOf } from "./onix-identifiers.ts";
import { coverOf, priceOf } from "./read-onix-supply.ts";
import type { Problem, Sent, SentContributor, SentFields, SentLine, SentSubject, SentTrack } from "./sent.ts";
import { checkedFields } from "./sent-values.ts";
import { ownIdName } from "./write-onix.ts";
import { child, childrenOf, said, type XmlElement } from "./xml-products.ts";

type Raw = { [Field in keyof SentFields]?: SentFields[Field] | undefined };
const TAGS = {
  title: "TitleText",
  subtitle: "Subtitle",
  sortTitle: "TitleText@collationkey",
  contributors: "Contributor",
  identifiers: "ProductIdentifier",
  language: "Language",
  languages: "Language",
  originalLanguage: "Language",
  publisher: "PublisherName",
  publishedOn: "PublishingDate",
  series: "Collection",
  subjects: "Subject",
  description: "TextContent",
  rights: "EpubLicenseName",
  licence: "EpubLicenseExpressionLink",
  pageCount: "Extent",
  wordCount: "Extent",
  accessibility: "ProductFormFeature",
  layout: "ProductFormDetail",
  price: "Price",
  coverLink: "SupportingResource",
  tracks: "ContentItem",
} as const satisfies Record<keyof SentFields, string>;

export function readOnixProduct(product: XmlElement, place: number): SentLine {
  const detail = child(product, "descriptivedetail");
  const reference = cleanLine(said(product, "recordreference"), 500);
  const main = titleOf(detail);
  const name = main.title || reference || String(place);
  const refused = (code: Problem["code"], about?: string): SentLine => ({
    place,
    name,
    problem: { code, ...(about ? { detail: about } : {}) },
  });
  if (!reference) return refused("reference_missing");
  const withdrawn = said(product, "notificationtype") === "05";
  const form = said(detail, "productform").toUpperCase();
  if (!withdrawn && isCarrier(form)) return refused("print_only", form);
  if (!withdrawn && !main.title) return refused("title_missing");
  const details = childrenOf(detail, "productformdetail").map(({ text }) => text.trim().toUpperCase());
  const format = formatOf(form, details);
  const { identifiers, work, wrong } = identifiersOf(product, format);
  const kind =
    format === "music" || ["03", "04"].includes(said(detail, "primarycontenttype"))
      ? ("album" as const)
      : ("book" as const);
  const raw: Raw = {
    ...main,
    contributors: contributorsOf(detail),
    identifiers,
    ...languagesOf(detail),
    ...publishingOf(product),
    series: seriesOf(detail),
    subjects: childrenOf(detail, "subject").flatMap(subjectOf),
    description: descriptionOf(product),
    ...licenceOf(detail),
    pageCount: extentOf(detail, ["00", "11", "10", "07", "08"], "03"),
    wordCount: extentOf(detail, ["02"], "02"),
    accessibility: accessibilityOf(
      childrenOf(detail, "productformfeature").map((each) => ({
        type: said(each, "productformfeaturetype"),
        value: said(each, "productformfeaturevalue"),
        description: cleanText(said(each, "productformfeaturedescription")),
      })),
    ),
    layout: details.includes(layoutDetail.reflowable)
      ? "reflowable"
      : details.includes(layoutDetail["pre-paginated"])
        ? "pre-paginated"
        : undefined,
    price: priceOf(product),
    coverLink: coverOf(product),
    tracks: kind === "album" ? tracksOf(product) : undefined,
  };
  const { fields, dropped } = checkedFields(raw);
  if (!withdrawn && !fields.title) return refused("title_missing");
  const sent: Sent = {
    reference,
    kind,
    formats: format ? [format] : [],
    ...work,
    siblings: siblingsOf(product),
    withdrawn,
    // A product is told whole: what it does not say, it says is not there.
    fields: { ...Object.fromEntries(Object.keys(TAGS).map((field) => [field, null])), ...fields },
    tags: TAGS,
  };
  const warnings: Problem[] = [
    ...wrong.map((detail) => ({ code: "isbn_invalid" as const, detail })),
    ...dropped.map((detail) => ({ code: "value_dropped" as const, detail })),
  ];
  return { place, name, sent, warnings };
}

/** Of the product, not of its collection: TitleType 01, level 01; the first of whatever there is otherwise. */
function titleOf(detail: XmlElement | undefined): { title?: string; subtitle?: string; sortTitle?: string } {
  const all = childrenOf(detail, "titledetail");
  const chosen = all.find((each) => said(each, "titletype") === "01") ?? all[0];
  const elements = childrenOf(chosen, "titleelement");
  const element = elements.find((each) => said(each, "titleelementlevel") === "01") ?? elements[0];
  const text = child(element, "titletext") ?? child(element, "titlewithoutprefix");
  const without = cleanLine(text?.text ?? "");
  const prefix = cleanLine(said(element, "titleprefix"));
  const title = prefix && without ? `${prefix}${/[’']$/.test(prefix) ? "" : " "}${without}` : without;
  const key =
    cleanLine(text?.attributes.collationkey ?? "") || (prefix && without ? `${without}, ${prefix}` : "");
  const subtitle = cleanLine(said(element, "subtitle"));
  return { ...(title && { title }), ...(subtitle && { subtitle }), ...(key && { sortTitle: key }) };
}

function seriesOf(detail: XmlElement | undefined): SentFields["series"] | undefined {
  for (const collection of childrenOf(detail, "collection")) {
    const elements = childrenOf(collection, "titledetail").flatMap((each) =>
      childrenOf(each, "titleelement"),
    );
    const named = elements.filter((each) => child(each, "titletext") ?? child(each, "titlewithoutprefix"));
    const series = named.find((each) => said(each, "titleelementlevel") === "02") ?? named[0];
    const prefix = cleanLine(said(series, "titleprefix"));
    const words = cleanLine(said(series, "titletext") || said(series, "titlewithoutprefix"));
    if (!words) continue;
    const written =
      elements.map((each) => said(each, "partnumber")).find(Boolean) ??
      childrenOf(collection, "collectionsequence")
        .map((each) => said(each, "collectionsequencenumber"))
        .find(Boolean);
    const position = /\d+(?:[.,]\d+)?/.exec(written ?? "")?.[0].replace(",", ".");
    const name = prefix ? `${prefix}${/[’']$/.test(prefix) ? "" : " "}${words}` : words;
    return { name, ...(position !== undefined && { position: Number(position) }) };
  }
  return undefined;
}

function contributorsOf(detail: XmlElement | undefined): SentContributor[] | undefined {
  const all = childrenOf(detail, "contributor")
    .map((each, index) => ({ each, order: Number(said(each, "sequencenumber")) || index + 1, index }))
    .sort((a, b) => a.order - b.order || a.index - b.index)
    .flatMap(({ each }) => contributorOf(each));
  return all.length > 0 ? all : undefined;
}

function contributorOf(each: XmlElement): SentContributor[] {
  const part = (name: string) => cleanLine(said(each, name), LONGEST.name);
  const group = part("corporatename");
  const parts = [
    "titlesbeforenames",
    "namesbeforekey",
    "prefixtokey",
    "keynames",
    "namesafterkey",
    "suffixtokey",
  ];
  const inverted = part(group ? "corporatenameinverted" : "personnameinverted");
  const turned = /^([^,]+), ([^,]+)$/.exec(inverted);
  const name =
    group ||
    part("personname") ||
    parts.map(part).filter(Boolean).join(" ") ||
    (turned ? `${turned[2]} ${turned[1]}` : inverted);
  if (!name) return [];
  const key = ["prefixtokey", "keynames"].map(part).filter(Boolean).join(" ");
  const before = part("namesbeforekey");
  const sortName = inverted || (key && before ? `${key}, ${before}` : "");
  const description = said(each, "contributordescription");
  const identifiers = childrenOf(each, "nameidentifier").flatMap((known) => {
    if (said(known, "nameidtype") !== "16") return [];
    const value = isni(said(known, "idvalue"));
    return value ? [{ scheme: "isni", value }] : [];
  });
  const codes = childrenOf(each, "contributorrole").map(({ text }) => text.trim());
  const roles = (codes.length > 0 ? codes : ["A01"]).map((code): Role => {
    const own = (ROLES as readonly string[]).includes(description) && code === "Z99";
    return own ? (description as Role) : roleOfCode(code);
  });
  return [...new Set(roles)].map((role) => ({
    name,
    role,
    ...(sortName && { sortName }),
    ...(group && { kind: "group" as const }),
    ...(identifiers.length > 0 && { identifiers }),
  }));
}

/** Pieces of sound, in the places that they say, else in their order. */
function tracksOf(product: XmlElement): SentTrack[] | undefined {
  const items = childrenOf(child(product, "contentdetail"), "contentitem").filter((each) =>
    child(each, "avitem"),
  );
  const tracks = items.flatMap((item, index) => {
    const { title } = titleOf(item);
    if (!title) return [];
    const [, first, second] = /^(\d{1,3})(?:\.(\d{1,3}))?/.exec(said(item, "levelsequencenumber")) ?? [];
    const av = child(item, "avitem");
    const code = childrenOf(av, "avitemidentifier").flatMap((each) =>
      said(each, "avitemidtype") === "18" ? (isrc(said(each, "idvalue")) ?? []) : [],
    )[0];
    const durationMs = durationOf(said(av, "avduration"));
    return {
      disc: second === undefined ? 1 : Number(first),
      position: Number(second ?? first ?? index + 1),
      title,
      ...(code !== undefined && { isrc: code }),
      ...(durationMs !== undefined && { durationMs }),
      credits: (contributorsOf(item) ?? []).map(({ name, role }) => ({ name, role })),
    };
  });
  return tracks.length > 0 ? tracks : undefined;
}

/** MMM, MMMSS, HHHMMSS or HHHMMSScc. */
function durationOf(written: string): number | undefined {
  if (!/^(?:\d{3}|\d{5}|\d{7}|\d{9})$/.test(written)) return undefined;
  const long = written.length > 5;
  const at = (from: number, to: number) => Number(written.slice(from, to) || "0");
  const ms = long
    ? (at(0, 3) * 3_600 + at(3, 5) * 60 + at(5, 7)) * 1_000 + at(7, 9) * 10
    : (at(0, 3) * 60 + at(3, 5)) * 1_000;
  return ms > 0 ? ms : undefined;
}

function languagesOf(
  detail: XmlElement | undefined,
): Pick<Raw, "language" | "languages" | "originalLanguage"> {
  const all = (role: string) =>
    childrenOf(detail, "language")
      .filter((each) => said(each, "languagerole") === role)
      .flatMap(
        (each) =>
          languageOfCodes(said(each, "languagecode"), said(each, "scriptcode"), said(each, "countrycode")) ??
          [],
      );
  const texts = [...new Set([...all("01"), ...all("08")])];
  return {
    language: texts[0],
    languages: texts.length > 1 ? texts : undefined,
    originalLanguage: all("02")[0] ?? all("06")[0],
  };
}

function subjectOf(subject: XmlElement): SentSubject[] {
  const list = said(subject, "subjectschemeidentifier").toUpperCase();
  const name = cleanLine(said(subject, "subjectschemename"), 40);
  const code = cleanLine(said(subject, "subjectcode"), 40);
  const words = cleanLine(said(subject, "subjectheadingtext"), 10 * LONGEST.subject);
  if (list === keywordScheme)
    return words
      .split(";")
      .map((word) => cleanLine(word, LONGEST.subject))
      .filter(Boolean)
      .map((label) => ({ label }));
  if (!words && !code) return [];
  const label = cleanLine(words || code, LONGEST.subject);
  if (list === ownScheme && name === ownIdName) return [{ label }];
  const scheme = subjectSchemeOf(list) ?? (list === ownScheme && name ? schemeName(name) : `onix:27:${list}`);
  return [{ label, scheme, ...(code && { code }) }];
}

/** French and English each in its own; a text that names no language, or another, is in that of the work. */
function descriptionOf(product: XmlElement): SentFields["description"] | undefined {
  const found: Record<string, string> = {};
  const texts = childrenOf(child(product, "collateraldetail"), "textcontent");
  for (const type of ["03", "02", "01"])
    for (const content of texts.filter((each) => said(each, "texttype") === type))
      for (const text of childrenOf(content, "text")) {
        const code = text.attributes.language ?? said(child(product, "descriptivedetail"), "languagecode");
        const language = languageOfCodes(code || languageCodeOf(product))?.startsWith("en") ? "en" : "fr";
        const format = text.attributes.textformat ?? "06";
        const words = cleanText(format === "02" || format === "05" ? withoutMarkup(text.text) : text.text);
        if (words) found[language] ??= words;
      }
  return Object.keys(found).length > 0 ? found : undefined;
}
const languageCodeOf = (product: XmlElement): string =>
  said(child(child(product, "descriptivedetail"), "language"), "languagecode") || "fre";

function licenceOf(detail: XmlElement | undefined): Pick<Raw, "rights" | "licence"> {
  const licence = child(detail, "epublicense");
  const link = childrenOf(licence, "epublicenseexpression")
    .map((each) => said(each, "epublicenseexpressionlink"))
    .find((each) => /^https?:\/\//i.test(each));
  const words = cleanText(said(licence, "epublicensename"));
  return { rights: words && words !== link ? words : undefined, licence: link };
}

function extentOf(detail: XmlElement | undefined, types: string[], unit: string): number | undefined {
  for (const type of types) {
    const found = childrenOf(detail, "extent").find(
      (each) => said(each, "extenttype") === type && said(each, "extentunit") === unit,
    );
    const count = Number(said(found, "extentvalue"));
    if (Number.isInteger(count) && count > 0) return count;
  }
  return undefined;
}

function publishingOf(product: XmlElement): Pick<Raw, "publisher" | "publishedOn"> {
  const publishing = child(product, "publishingdetail");
  const dates = childrenOf(publishing, "publishingdate");
  const dated = ["01", "11"]
    .map((role) => dates.find((each) => said(each, "publishingdaterole") === role))
    .find((each) => each !== undefined);
  const written = said(dated, "date")
    .replace(/^(\d{4})(\d{2})$/, "$1-$2")
    .replace(/T.*$/, "");
  const publishers = childrenOf(publishing, "publisher");
  const first = publishers.find((each) => said(each, "publishingrole") === "01") ?? publishers[0];
  const publisher = cleanLine(
    said(first, "publishername") || said(child(publishing, "imprint"), "imprintname"),
    LONGEST.name,
  );
  return { publisher: publisher || undefined, publishedOn: partialDate(written) };
}
