/** The names of a product in an ONIX message, of the work behind it, and of its other forms. Pure. */
import { cleanLine } from "../metadata/clean-text.ts";
import { gtin, isbn13 } from "../metadata/identifiers.ts";
import { PRODUCT_ID } from "./onix-codes.ts";
import type { Sent, SentIdentifier } from "./sent.ts";
import { ownIdName } from "./write-onix.ts";
import { child, childrenOf, said, type XmlElement } from "./xml-products.ts";

type Ids = {
  identifiers: SentIdentifier[] | undefined;
  work: Pick<Sent, "workId" | "workKeys">;
  wrong: string[];
};

export function identifiersOf(product: XmlElement, format: SentIdentifier["format"]): Ids {
  const found = new Map<string, SentIdentifier>();
  const wrong: string[] = [];
  const workKeys: string[] = [];
  let workId: string | undefined;
  const add = (scheme: string, value: string, of: typeof format | null = format) =>
    found.set(`${scheme} ${value} ${of}`, { scheme, value, ...(of && { format: of }) });
  for (const each of childrenOf(product, "productidentifier")) {
    const [type, value, own] = [said(each, "productidtype"), said(each, "idvalue"), said(each, "idtypename")];
    if (type === PRODUCT_ID.isbn || type === "02" || type === "24") {
      const isbn = isbn13(value);
      if (isbn) add("isbn", isbn);
      else wrong.push(cleanLine(value, 40));
    } else if (type === PRODUCT_ID.doi) addDoi(value, (doi) => add("doi", doi));
    else if ([PRODUCT_ID.gtin13, PRODUCT_ID.gtin14, PRODUCT_ID.upc].includes(type as "03")) {
      const code = gtin(value);
      if (code) add("gtin", code);
    } else if (type === PRODUCT_ID.own && own && own !== ownIdName && OURS.test(own))
      add(own, cleanLine(value, 500));
  }
  for (const related of childrenOf(child(product, "relatedmaterial"), "relatedwork")) {
    if (said(related, "workrelationcode") !== "01") continue;
    const ids = childrenOf(related, "workidentifier").map((each) => ({
      type: said(each, "workidtype"),
      own: said(each, "idtypename"),
      value: said(each, "idvalue"),
    }));
    const ours = ids.find(({ type, own }) => type === "01" && own === ownIdName)?.value.toLowerCase();
    if (ours && UUID.test(ours)) workId = ours;
    for (const { type, own, value } of ids) {
      workKeys.push(`${type}:${own}:${value}`.slice(0, 500));
      // From another house, an ISBN of the work is that of some form of it, and says nothing of this one.
      if (!workId || (type === "01" && own === ownIdName)) continue;
      if (type === "15") add("isbn", isbn13(value) ?? "", null);
      else if (type === "06") addDoi(value, (doi) => add("doi", doi, null));
      else if (type === "01" && OURS.test(own)) add(own, cleanLine(value, 500), null);
    }
  }
  const all = [...found.values()].filter(({ value }) => value !== "");
  const isbns = new Set(all.filter(({ scheme }) => scheme === "isbn").map(({ value }) => value));
  // An ISBN is a barcode too, and is written as both.
  const identifiers = all.filter(({ scheme, value }) => scheme !== "gtin" || !isbns.has(value));
  return {
    identifiers: identifiers.length > 0 ? identifiers : undefined,
    work: { ...(workId && { workId }), workKeys },
    wrong,
  };
}
/** The key that one of our own messages gives a work. */
export const ownWorkKey = (workId: string): string => `01:${ownIdName}:${workId}`;
const OURS = /^(?:gtin|iswc|uuid|uri|other)$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function addDoi(raw: string, add: (doi: string) => void): void {
  const doi = /(10\.\d{4,9}\/\S+)$/.exec(raw)?.[1]?.toLowerCase();
  if (doi) add(doi);
}

export const siblingsOf = (product: XmlElement): string[] =>
  childrenOf(child(product, "relatedmaterial"), "relatedproduct")
    .filter((each) => ["06", "27", "13"].includes(said(each, "productrelationcode")))
    .flatMap((each) => childrenOf(each, "productidentifier"))
    .flatMap((each) =>
      said(each, "productidtype") === PRODUCT_ID.isbn ? (isbn13(said(each, "idvalue")) ?? []) : [],
    );
