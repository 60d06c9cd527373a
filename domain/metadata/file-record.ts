/**
 * What one file says of itself, as one flat record: the form in which `ventes inspect` prints it. Pure: an inspection in,
 * a plain object out, in the field names of this folder. docs/catalogue.md explains each field.
 */
import type { AudioFacts, ContentsEntry, Inspection } from "./inspection.ts";
import type { Contributor, FieldName, FieldValue } from "./record.ts";

type Person = {
  name: string;
  sortName?: string;
  /** In words of ours (`roles.ts`), in the order of the file. */
  roles: string[];
  /** As the file wrote them, where it spoke MARC. */
  relators?: string[];
  instruments?: string[];
  identifiers?: Contributor["identifiers"];
};

/** Absent is what the file does not say. `title` is the book's or the track's. */
export type FileRecord = {
  kind: Inspection["kind"];
  mediaType: string;
  title?: string;
  /** Those who made it: dc:creator, the artists of a track. */
  creators: Person[];
  /** Those who helped: dc:contributor, a track's composer, producer… */
  contributors: Person[];
  /** The cover that the file declares. */
  cover: NonNullable<Inspection["picture"]> | null;
  /** What stands for it where none is declared: the picture that a comic begins with. */
  firstPicture?: NonNullable<Inspection["picture"]>;
  /** Seconds; null for a sound that does not say. Absent for what is no sound. */
  duration?: number | null;
  audio?: Omit<AudioFacts, "durationMs">;
  contents?: ContentsEntry[];
  /** In minutes, at 230 words a minute. */
  readingTime?: number;
  pageLabels?: Inspection["pageLabels"];
  /** Field → where it was read. */
  sources: Partial<Record<FieldName, string>>;
} & { [Name in Exclude<FieldName, "title" | "trackTitle" | "contributors">]?: FieldValue<Name> };

const WORDS_A_MINUTE = 230;

export function recordOf(inspection: Inspection): FileRecord {
  const { kind, mediaType, findings, picture, contents, audio, pageLabels } = inspection;
  const sources: FileRecord["sources"] = {};
  const said: Partial<Record<FieldName, unknown>> = {};
  for (const { field, value, source } of findings) {
    // Told twice by two parts of a file: the first is the surer one.
    if (field in said) continue;
    said[field] = value;
    sources[field] = source;
  }
  const { title, trackTitle, contributors = [], ...fields } = said;
  const people = contributors as Contributor[];
  const words = fields.wordCount as number | undefined;
  const name = (kind === "audio" ? trackTitle : title) as string | undefined;
  return {
    kind,
    mediaType,
    ...(name === undefined ? {} : { title: name }),
    ...(fields as object),
    creators: inOnePerson(people.filter(({ secondary }) => !secondary)),
    contributors: inOnePerson(people.filter(({ secondary }) => secondary)),
    cover: picture && !standsIn(picture) ? picture : null,
    ...(picture && standsIn(picture) ? { firstPicture: picture } : {}),
    ...(audio ? factsOf(audio) : {}),
    ...(contents ? { contents } : {}),
    ...(words === undefined ? {} : { readingTime: Math.max(1, Math.round(words / WORDS_A_MINUTE)) }),
    ...(pageLabels ? { pageLabels } : {}),
    sources,
  };
}

function standsIn({ source }: NonNullable<Inspection["picture"]>): boolean {
  return source === "opf:first-page";
}

function factsOf({ durationMs, ...facts }: AudioFacts): Pick<FileRecord, "duration" | "audio"> {
  return { duration: durationMs === null ? null : durationMs / 1_000, audio: facts };
}

/** A catalogue credits a person once for each role; a reader wants the person once, with all of them. */
function inOnePerson(credits: readonly Contributor[]): Person[] {
  const people = new Map<string, Person>();
  for (const { name, sortName, role, relators = [], instrument, identifiers } of credits) {
    const person = people.get(name) ?? { name, ...(sortName ? { sortName } : {}), roles: [] };
    if (!person.roles.includes(role)) person.roles.push(role);
    if (relators.length > 0) person.relators = [...(person.relators ?? []), ...relators];
    if (identifiers) person.identifiers ??= identifiers;
    if (instrument) person.instruments = [...(person.instruments ?? []), instrument];
    people.set(name, person);
  }
  return [...people.values()];
}
