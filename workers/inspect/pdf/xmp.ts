/** The XMP packet of a PDF: Dublin Core in RDF. What it says outranks the Info dictionary, which is older and poorer. */
import { cleanLine, cleanText, LONGEST } from "#domain/metadata/clean-text.ts";
import { recogniseIdentifier } from "#domain/metadata/identifiers.ts";
import { languageTag } from "#domain/metadata/language.ts";
import { partialDate } from "#domain/metadata/partial-date.ts";
import type { Notebook } from "../inspection.ts";
import { attribute, elements, parseXml, textOf, type XmlNode } from "../xml.ts";

/** Answers « xmp » findings only; a packet that does not parse is silence, not an error. */
export function noteXmp(packet: Uint8Array, notes: Notebook): void {
  const root = parseXml(packet)?.root;
  if (!root) return;
  const descriptions = allNamed(root, "Description");
  const values = (name: string) => descriptions.flatMap((node) => valuesOf(node, name));
  notes.note(
    "title",
    values("title")
      .map((value) => cleanLine(value))
      .find(Boolean),
    "xmp:dc:title",
  );
  notes.note("language", values("language").map(languageTag).find(Boolean), "xmp:dc:language");
  const people = [
    ...new Set(
      values("creator")
        .map((name) => cleanLine(name, LONGEST.name))
        .filter(Boolean),
    ),
  ];
  notes.note(
    "contributors",
    people.map((name) => ({ name, role: "author" })),
    "xmp:dc:creator",
  );
  notes.note("publisher", cleanLine(values("publisher")[0] ?? "", LONGEST.name), "xmp:dc:publisher");
  notes.note(
    "publishedOn",
    partialDate(values("date")[0] ?? values("publicationDate")[0] ?? ""),
    "xmp:dc:date",
  );
  notes.note("description", cleanText(values("description")[0] ?? ""), "xmp:dc:description");
  notes.note("rights", cleanText(values("rights")[0] ?? ""), "xmp:dc:rights");
  notes.note(
    "licence",
    values("WebStatement").concat(values("license"))[0]?.trim(),
    "xmp:xmpRights:WebStatement",
  );
  const subjects = [
    ...new Set(
      values("subject")
        .map((subject) => cleanLine(subject, LONGEST.subject))
        .filter(Boolean),
    ),
  ];
  notes.note("subjects", subjects.slice(0, 50), "xmp:dc:subject");
  noteIdentifiers(
    [
      ...values("isbn").map((value) => ({ value, hint: "isbn" })),
      ...values("identifier").map((value) => ({ value, hint: "" })),
    ],
    notes,
  );
}

function noteIdentifiers(said: { value: string; hint: string }[], notes: Notebook): void {
  const kept: { scheme: string; value: string }[] = [];
  for (const { value, hint } of said) {
    const found = recogniseIdentifier(cleanLine(value, 500), hint);
    if (found && !found.valid) notes.warn("isbn_invalid", found.value);
    else if (found && !kept.some((other) => other.value === found.value))
      kept.push({ scheme: found.scheme, value: found.value });
  }
  notes.note("identifiers", kept.slice(0, 20), "xmp:dc:identifier");
}

/** A property is an attribute, plain text, or an Alt, Seq or Bag of `li`; of an Alt the default comes first. */
function valuesOf(description: XmlNode, name: string): string[] {
  const short = [...description.attributes.keys()].some((key) => key.endsWith(`:${name}`))
    ? attribute(description, name)
    : undefined;
  const found = elements(description)
    .filter((node) => node.name === name)
    .flatMap((node) => {
      const items = allNamed(node, "li");
      if (items.length === 0) return [textOf(node)];
      const isDefault = (item: XmlNode) => (attribute(item, "lang") === "x-default" ? 0 : 1);
      return items.toSorted((a, b) => isDefault(a) - isDefault(b)).map(textOf);
    });
  return (short === undefined ? found : [short, ...found]).map((value) => value.trim()).filter(Boolean);
}

function allNamed(node: XmlNode, name: string): XmlNode[] {
  return elements(node).flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...allNamed(child, name),
  ]);
}
