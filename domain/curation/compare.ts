/**
 * The record beside what the file says. Two values are the same when a reader would say so: letter case, accents, punctuation
 * and spaces do not make a difference, the order of names does not either.
 */
export type Claim = { field: string; value: unknown; source: string; fileName: string | null };
export type Person = { name: string; role: string };
export type Side = { texts: string[]; people: Person[] };
export type Comparison = {
  field: ComparedField;
  record: Side;
  /** Each different thing that files say, with where exactly it was read. */
  file: (Side & { source: string; fileName: string | null; differs: boolean })[];
  /** `same`; `differs`: a file says something else; `only_file`: the record leaves it empty; `only_record`: no file says it. */
  state: "same" | "differs" | "only_file" | "only_record";
};

export const comparedFields = [
  "title",
  "subtitle",
  "contributors",
  "language",
  "publisher",
  "publishedOn",
  "series",
  "subjects",
  "identifiers",
  "description",
  "rights",
  "pageCount",
] as const;
export type ComparedField = (typeof comparedFields)[number];

/** A file of an album speaks of the album and of a genre; the record calls them title and subjects. */
const sameField: Record<string, ComparedField> = { albumTitle: "title", genre: "subjects" };

/** Rows in the order of `comparedFields`; a field of which nobody says anything has none. */
export function compare(record: Partial<Record<ComparedField, unknown>>, claims: Claim[]): Comparison[] {
  return comparedFields.flatMap((field) => {
    const own = sideOf(record[field]);
    const file: Comparison["file"] = [];
    for (const claim of claims) {
      if ((sameField[claim.field] ?? claim.field) !== field) continue;
      const side = sideOf(claim.value);
      if (isEmpty(side) || file.some((known) => isSame(known, side))) continue;
      file.push({ ...side, source: claim.source, fileName: claim.fileName, differs: !saysAll(own, side) });
    }
    if (isEmpty(own) && file.length === 0) return [];
    const state = isEmpty(own)
      ? ("only_file" as const)
      : file.length === 0
        ? ("only_record" as const)
        : file.some((each) => each.differs)
          ? ("differs" as const)
          : ("same" as const);
    return [{ field, record: own, file, state }];
  });
}

const isEmpty = (side: Side) => side.texts.length === 0 && side.people.length === 0;
const keysOf = (side: Side) =>
  [...side.texts.map(plain), ...side.people.map(({ name, role }) => `${plain(name)} ${role}`)].sort();
const isSame = (one: Side, other: Side) => keysOf(one).join("\n") === keysOf(other).join("\n");

/** A record that says more than the file does not contradict it: two translations of a description, a person added. */
function saysAll(record: Side, file: Side): boolean {
  const known = new Set(keysOf(record));
  return keysOf(file).every((key) => known.has(key));
}

function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Every shape that a record or a finding may hold → lines of text and people; what cannot be read is left out. */
function sideOf(value: unknown): Side {
  const texts: string[] = [];
  const people: Person[] = [];
  for (const each of Array.isArray(value) ? value : [value]) {
    if (typeof each === "string" && each.trim()) texts.push(each.trim());
    else if (typeof each === "number") texts.push(String(each));
    else if (typeof each === "object" && each !== null) {
      const { name, role, label, scheme, value: text, position } = each as Record<string, unknown>;
      if (typeof name === "string" && typeof role === "string") people.push({ name, role });
      else if (typeof name === "string")
        texts.push(position === undefined || position === null ? name : `${name} (${position})`);
      else if (typeof label === "string") texts.push(label);
      else if (typeof scheme === "string" && typeof text === "string")
        texts.push(`${scheme.toUpperCase()} ${text}`);
    }
  }
  return { texts, people };
}
