/** The number tree under /PageLabels: how the pages are numbered, « i, ii, iii, 1, 2 » (ISO 32000-1, 12.4.2). */
import type * as mupdf from "mupdf";
import { cleanLine } from "#domain/metadata/clean-text.ts";
import type { PageLabels } from "#domain/metadata/inspection.ts";

const MOST_RANGES = 500;
const DEEPEST = 8;

const STYLES = new Map<string, PageLabels["style"]>([
  ["D", "decimal"],
  ["r", "roman"],
  ["R", "ROMAN"],
  ["a", "letters"],
  ["A", "LETTERS"],
]);

/** The ranges, in order; undefined when there is none, or when they only say 1, 2, 3… */
export function pageLabels(document: mupdf.PDFDocument): PageLabels[] | undefined {
  const found: PageLabels[] = [];
  const walk = (node: mupdf.PDFObject, depth: number) => {
    if (depth > DEEPEST || !node.isDictionary()) return;
    const numbers = node.get("Nums");
    if (numbers.isArray())
      for (let at = 0; at + 1 < numbers.length && found.length < MOST_RANGES; at += 2)
        push(found, numbers.get(at), numbers.get(at + 1));
    const kids = node.get("Kids");
    if (kids.isArray())
      for (let at = 0; at < kids.length && found.length < MOST_RANGES; at += 1) walk(kids.get(at), depth + 1);
  };
  try {
    walk(document.getTrailer().get("Root", "PageLabels"), 0);
  } catch {
    return undefined; // a broken tree: pages are then counted from one
  }
  const [only] = found;
  const plain = found.length === 1 && only?.style === "decimal" && only.first === 1 && only.prefix === "";
  return found.length === 0 || plain ? undefined : found;
}

function push(found: PageLabels[], from: mupdf.PDFObject, label: mupdf.PDFObject): void {
  if (!from.isNumber() || !label.isDictionary()) return;
  const [style, prefix, first] = [label.get("S"), label.get("P"), label.get("St")];
  found.push({
    from: from.asNumber(),
    prefix: prefix.isString() ? cleanLine(prefix.asString(), 40) : "",
    style: (style.isName() && STYLES.get(style.asName())) || "none",
    first: first.isNumber() ? Math.max(1, first.asNumber()) : 1,
  });
}
