/**
 * What the OPF says of the book, EPUB 2 and 3: refinements (`refines="#id"`), `opf:` attributes and calibre's own metas.
 * Order matters nowhere: a refinement may stand before what it refines.
 */
import { cleanLine, cleanText, LONGEST, withoutMarkup } from "#domain/metadata/clean-text.ts";
import { recogniseIdentifier } from "#domain/metadata/identifiers.ts";
import { languageTag } from "#domain/metadata/language.ts";
import { partialDate } from "#domain/metadata/partial-date.ts";
import type { Contributor, FieldValue } from "#domain/metadata/record.ts";
import { type Role, roleFromMarc } from "#domain/metadata/roles.ts";
import type { Notebook } from "../inspection.ts";
import { attribute, childrenNamed, elements, textOf, type XmlNode } from "../xml.ts";
import type { Package } from "./package.ts";

/** What tools write where nobody said anything. */
const PLACEHOLDER =
  /^(?:unknown|inconnue?|unbekannt|untitled|none|null|undefined|n\/a|anonymous author|\[?unknown author\]?|0+)$/i;
const MOST_SUBJECTS = 50;
const MOST_PEOPLE = 200;

type Refinements = (node: XmlNode, property: string) => string[];

export function noteRecord(book: Package, notes: Notebook): void {
  const { metadata } = book;
  const refined = refinementsOf(metadata);
  noteTitles(metadata, refined, notes);
  noteLanguage(metadata, notes);
  notePeople(metadata, refined, notes);
  noteIdentifiers(metadata, refined, notes);
  noteSeries(metadata, refined, notes);
  noteSubjects(metadata, refined, notes);
  notes.note("publisher", firstLine(metadata, "publisher", LONGEST.name), "opf:dc:publisher");
  notes.note("publishedOn", publication(metadata), "opf:dc:date");
  notes.note("description", firstText(metadata, "description"), "opf:dc:description");
  notes.note("rights", firstText(metadata, "rights"), "opf:dc:rights");
  const licence = childrenNamed(metadata, "link").find((node) =>
    /(?:^|\s|:)licen[cs]e(?:\s|$)/.test(attribute(node, "rel") ?? ""),
  );
  if (licence) notes.note("licence", attribute(licence, "href"), "opf:link:license");
  noteAccessibility(metadata, refined, notes);
  const layout =
    property(metadata, "rendition:layout")[0] ??
    (property(metadata, "fixed-layout")[0] === "true" ? "pre-paginated" : undefined);
  notes.note(
    "layout",
    layout === "pre-paginated" ? "pre-paginated" : "reflowable",
    layout ? "opf:rendition:layout" : "opf:default",
  );
}

function refinementsOf(metadata: XmlNode): Refinements {
  const byTarget = new Map<string, Map<string, string[]>>();
  for (const node of childrenNamed(metadata, "meta")) {
    const target = attribute(node, "refines")?.replace(/^#/, "");
    const name = attribute(node, "property");
    if (!target || !name) continue;
    const properties = byTarget.get(target) ?? new Map<string, string[]>();
    properties.set(name, [...(properties.get(name) ?? []), textOf(node).trim()]);
    byTarget.set(target, properties);
  }
  return (node, name) => byTarget.get(attribute(node, "id") ?? " ")?.get(name) ?? [];
}

function noteTitles(metadata: XmlNode, refined: Refinements, notes: Notebook): void {
  const titles = childrenNamed(metadata, "title")
    .map((node) => ({
      text: cleanLine(textOf(node)),
      type: refined(node, "title-type")[0],
      sort: cleanLine(refined(node, "file-as")[0] ?? attribute(node, "file-as") ?? ""),
    }))
    .filter(({ text }) => text !== "");
  const main =
    titles.find(({ type }) => type === "main") ??
    titles.find(({ type }) => !type || type === "extended" || type === "expanded") ??
    titles.find(({ type }) => type !== "subtitle") ??
    titles[0];
  notes.note("title", main?.text, "opf:dc:title");
  const subtitle = titles.find(({ type, text }) => type === "subtitle" && text !== main?.text);
  notes.note("subtitle", subtitle?.text, "opf:dc:title");
  const sort = main?.sort || cleanLine(oldMeta(metadata, "calibre:title_sort") ?? "");
  if (sort !== main?.text)
    notes.note("sortTitle", sort, main?.sort ? "opf:file-as" : "opf:calibre:title_sort");
}

function noteLanguage(metadata: XmlNode, notes: Notebook): void {
  // One element with several languages is not what the standard says, and is what some tools write.
  const tags = childrenNamed(metadata, "language")
    .flatMap((node) => textOf(node).split(/[;,\s]+/))
    .map(languageTag)
    .filter((tag) => tag !== undefined && tag !== "und");
  const all = [...new Set(tags)];
  notes.note("language", all[0], "opf:dc:language");
  notes.note("languages", all.slice(0, 20), "opf:dc:language");
}

function notePeople(metadata: XmlNode, refined: Refinements, notes: Notebook): void {
  const people: (Contributor & { order: number })[] = [];
  for (const node of elements(metadata)) {
    if (node.name !== "creator" && node.name !== "contributor") continue;
    const name = cleanLine(textOf(node), LONGEST.name);
    if (name === "" || PLACEHOLDER.test(name) || people.length >= MOST_PEOPLE) continue;
    const relators = refined(node, "role").flatMap((code) => code.split(/[\s,]+/));
    const old = attribute(node, "role");
    const written = relators.length > 0 ? relators : (old ?? "").split(/[\s,]+/);
    const roles = rolesOf(written, node.name === "creator" ? "author" : "contributor");
    const sortName = cleanLine(refined(node, "file-as")[0] ?? attribute(node, "file-as") ?? "", LONGEST.name);
    const identifiers = refined(node, "dcterms:identifier").flatMap((raw) => {
      const known = recogniseIdentifier(cleanLine(raw, 500));
      return known?.scheme === "uri" ? [{ scheme: known.scheme, value: known.value }] : [];
    });
    for (const [role, said] of roles) {
      if (people.some((other) => other.name === name && other.role === role)) continue;
      people.push({
        name,
        ...(sortName ? { sortName } : {}),
        role,
        ...(said.length > 0 ? { relators: said.slice(0, 20) } : {}),
        ...(node.name === "contributor" ? { secondary: true as const } : {}),
        ...(identifiers.length > 0 ? { identifiers: identifiers.slice(0, 10) } : {}),
        order: (node.name === "creator" ? 0 : 1_000) + Number(refined(node, "display-seq")[0] ?? 500),
      });
    }
  }
  people.sort((a, b) => a.order - b.order);
  const plain = people.map(({ order: _order, ...person }) => person);
  if (plain.length > 0) notes.note("contributors", plain, "opf:dc:creator");
}

/** Each role of ours with the relators that were folded into it; `otherwise` where the file says nothing. */
function rolesOf(written: string[], otherwise: Role): Map<Role, string[]> {
  const roles = new Map<Role, string[]>();
  for (const relator of written) {
    const role = roleFromMarc(relator);
    if (role) roles.set(role, [...(roles.get(role) ?? []), cleanLine(relator, 40)]);
  }
  return roles.size > 0 ? roles : new Map([[otherwise, []]]);
}

function noteIdentifiers(metadata: XmlNode, refined: Refinements, notes: Notebook): void {
  const kept: { scheme: string; value: string }[] = [];
  for (const node of [...childrenNamed(metadata, "identifier"), ...childrenNamed(metadata, "source")]) {
    const isSource = node.name === "source";
    const hint = attribute(node, "scheme") ?? refined(node, "identifier-type")[0] ?? "";
    const written = cleanLine(textOf(node), 500);
    if (PLACEHOLDER.test(written)) continue;
    const found = recogniseIdentifier(written, hint);
    // dc:source names what the book was made from: its ISBN is the printed book's, not this file's.
    if (!found || isSource) continue;
    if (!found.valid) notes.warn("isbn_invalid", found.value);
    else if (!kept.some(({ value }) => value === found.value))
      kept.push({ scheme: found.scheme, value: found.value });
  }
  notes.note("identifiers", kept.slice(0, 20), "opf:dc:identifier");
}

function noteSeries(metadata: XmlNode, refined: Refinements, notes: Notebook): void {
  const collections = childrenNamed(metadata, "meta").filter(
    (node) => attribute(node, "property") === "belongs-to-collection",
  );
  const series =
    collections.find((node) => refined(node, "collection-type")[0] === "series") ??
    collections.find((node) => refined(node, "collection-type").length === 0);
  const named = series ? cleanLine(textOf(series)) : cleanLine(oldMeta(metadata, "calibre:series") ?? "");
  if (named === "") return;
  const written = series ? refined(series, "group-position")[0] : oldMeta(metadata, "calibre:series_index");
  const position = written === undefined || written === "" ? Number.NaN : Number(written.replace(",", "."));
  const value = { name: named, ...(Number.isFinite(position) ? { position } : {}) };
  notes.note("series", value, series ? "opf:belongs-to-collection" : "opf:calibre:series");
}

/** EPUB 3 says by `authority` and `term` which list a heading is of (opf:authority in older files). */
function noteSubjects(metadata: XmlNode, refined: Refinements, notes: Notebook): void {
  const all = childrenNamed(metadata, "subject");
  const kept = new Map<string, FieldValue<"subjects">[number]>();
  for (const node of all) {
    if (kept.size >= MOST_SUBJECTS) break;
    const label = cleanLine(textOf(node), LONGEST.subject);
    const scheme = cleanLine(refined(node, "authority")[0] ?? attribute(node, "authority") ?? "", 40);
    const code = cleanLine(refined(node, "term")[0] ?? attribute(node, "term") ?? "", 40);
    if (label && !kept.has(label))
      kept.set(label, scheme ? { label, scheme, ...(code ? { code } : {}) } : label);
  }
  if (all.length > MOST_SUBJECTS) notes.warn("values_cut", `${all.length} subjects`);
  if (kept.size > 0) notes.note("subjects", [...kept.values()], "opf:dc:subject");
}

function noteAccessibility(metadata: XmlNode, refined: Refinements, notes: Notebook): void {
  const list = (name: string) => [
    ...new Set(
      property(metadata, name)
        .map((value) => cleanLine(value, 60))
        .filter(Boolean),
    ),
  ];
  const [accessModes, features, hazards] = [
    list("schema:accessMode"),
    list("schema:accessibilityFeature"),
    list("schema:accessibilityHazard"),
  ];
  const sufficientModes = list("schema:accessModeSufficient");
  const summary = cleanText(property(metadata, "schema:accessibilitySummary")[0] ?? "");
  const conformance = childrenNamed(metadata, "meta").find(
    (node) => attribute(node, "property") === "dcterms:conformsTo",
  );
  const conformsTo = cleanLine(
    conformance
      ? textOf(conformance)
      : (attribute(
          childrenNamed(metadata, "link").find((node) => attribute(node, "rel") === "dcterms:conformsTo") ??
            EMPTY,
          "href",
        ) ?? ""),
    LONGEST.name,
  );
  const certifiedBy = cleanLine(
    property(metadata, "a11y:certifiedBy")[0] ??
      (conformance ? refined(conformance, "a11y:certifiedBy")[0] : undefined) ??
      "",
    LONGEST.name,
  );
  const value = {
    ...(accessModes.length > 0 ? { accessModes: accessModes.slice(0, 10) } : {}),
    ...(sufficientModes.length > 0 ? { sufficientModes: sufficientModes.slice(0, 20) } : {}),
    ...(features.length > 0 ? { features: features.slice(0, 60) } : {}),
    ...(hazards.length > 0 ? { hazards: hazards.slice(0, 20) } : {}),
    ...(summary ? { summary } : {}),
    ...(conformsTo ? { conformsTo } : {}),
    ...(certifiedBy ? { certifiedBy } : {}),
  };
  if (Object.keys(value).length > 0) notes.note("accessibility", value, "opf:schema:accessibility");
}

const EMPTY: XmlNode = { name: "", attributes: new Map(), children: [] };

/** EPUB 3 `<meta property="…">value</meta>` or EPUB 2 `<meta name="…" content="value"/>`. */
function property(metadata: XmlNode, name: string): string[] {
  return childrenNamed(metadata, "meta").flatMap((node) => {
    if (attribute(node, "property") === name) return [textOf(node).trim()];
    if (attribute(node, "name") === name) return [attribute(node, "content") ?? ""];
    return [];
  });
}

function oldMeta(metadata: XmlNode, name: string): string | undefined {
  const node = childrenNamed(metadata, "meta").find((meta) => attribute(meta, "name") === name);
  return node ? attribute(node, "content") : undefined;
}

function publication(metadata: XmlNode): string | undefined {
  const dates = childrenNamed(metadata, "date");
  const chosen =
    dates.find((node) => attribute(node, "event") === "publication") ??
    dates.find((node) => !/modif|creat/i.test(attribute(node, "event") ?? ""));
  return chosen ? partialDate(textOf(chosen)) : undefined;
}

function firstLine(metadata: XmlNode, name: string, longest: number): string | undefined {
  return childrenNamed(metadata, name)
    .map((node) => cleanLine(textOf(node), longest))
    .find(Boolean);
}

function firstText(metadata: XmlNode, name: string): string | undefined {
  return childrenNamed(metadata, name)
    .map((node) => cleanText(withoutMarkup(textOf(node))))
    .find(Boolean);
}
