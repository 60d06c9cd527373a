import { slugOf } from "#domain/slug.ts";
import { coopName, personName, seedWork } from "./catalogue.ts";
import type { Value } from "./copy.ts";

/** How much of each a catalogue of so many works has. */
export type Sizes = { works: number; people: number; coops: number; members: number };
export const sizesFor = (works: number): Sizes => {
  const coops = Math.max(3, Math.min(150, Math.round(Math.sqrt(works) / 6)));
  return { works, people: Math.max(10, Math.round(works / 3)), coops, members: coops * 12 };
};

/** Years and hours of the seed: fixed, so that the same seed gives the same catalogue on another day. */
const until = Date.UTC(2026, 0, 1);
const years = 10 * 365.25 * 86_400_000;
const begun = new Date(until - years);

const nouns = {
  coop: 1,
  person: 2,
  member: 3,
  agent: 4,
  work: 5,
  edition: 6,
  contribution: 7,
  identifier: 8,
  rule: 9,
};

/** By this every row of the seed is known: the same place in all its ids, in the variant bits that uuid v7 leaves free. */
export const mark = "b5ee";

/** A uuid v7 that says its noun and number, in the order of the numbers. */
export function idOf(noun: keyof typeof nouns, i: number, at: number = begun.getTime()): string {
  const time = Math.trunc(at).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${nouns[noun].toString(16).padStart(3, "0")}-${mark}-${i.toString(16).padStart(12, "0")}`;
}

const publishedAt = (i: number, { works }: Sizes): Date =>
  new Date(Math.trunc(until - years + (years * (i + 1)) / works));
const workId = (i: number, sizes: Sizes): string => idOf("work", i, publishedAt(i, sizes).getTime());

/** 978 and a check digit. */
function isbn(i: number): string {
  const body = `9782${String(100_000_000 - 1 - (i % 100_000_000)).padStart(8, "0")}`;
  const sum = [...body].reduce((all, digit, n) => all + Number(digit) * (n % 2 === 0 ? 1 : 3), 0);
  return body + ((10 - (sum % 10)) % 10);
}

const slug = (words: string, i: number): string =>
  `${slugOf(words).slice(0, 60).replace(/-+$/, "") || "oeuvre"}-${i.toString(36)}`;
function* counted<T>(n: number, row: (i: number) => T): Generator<T> {
  for (let i = 0; i < n; i += 1) yield row(i);
}

export type Table = { name: string; columns: string[]; total: number; rows: Iterable<readonly Value[]> };

/** Every table of the seed with its rows, in the order in which they can be written. */
export function tables(seed: number, sizes: Sizes): Table[] {
  const { works, people, coops, members } = sizes;
  const work = (i: number) => seedWork(seed, i, { people, works });
  const coopOf = (i: number) => (Math.imul(i + seed, 0x9e3779b1) >>> 8) % coops;
  const memberOf = (i: number) => coopOf(i) + coops * ((Math.imul(i, 0x85ebca6b) >>> 8) % (members / coops));
  const names = Array.from({ length: coops }, (_, i) => coopName(seed, i));
  function* contributions(): Generator<Value[]> {
    let n = 0;
    for (let i = 0; i < works; i += 1) {
      for (const [position, { person, role }] of work(i).credits.entries())
        yield [idOf("contribution", n++), workId(i, sizes), idOf("agent", person), role, position + 1];
    }
  }
  return [
    {
      name: "coop",
      columns: ["id", "slug", "name", "legal_form", "place", "description", "money", "created_at"],
      total: coops,
      rows: counted(coops, (i) => [
        ...[idOf("coop", i), slug(names[i]!, i), names[i]!, i % 3 === 0 ? "scic" : "coop_qc"],
        ...[
          i % 3 === 0 ? "FR" : "CA-QC",
          { fr: "Coopérative de démonstration.", en: "A demonstration co-operative." },
          "own",
          begun,
        ],
      ]),
    },
    {
      name: "person",
      columns: ["id", "email", "name", "created_at"],
      total: members,
      rows: counted(members, (i) => [
        idOf("person", i),
        `membre-${seed}-${i}@semis.exemple`,
        personName(seed, i).name,
        begun,
      ]),
    },
    {
      name: "member",
      columns: ["id", "coop_id", "person_id", "slug", "name", "joined_at"],
      total: members,
      rows: counted(members, (i) => {
        const { name } = personName(seed, i);
        return [idOf("member", i), idOf("coop", i % coops), idOf("person", i), slug(name, i), name, begun];
      }),
    },
    {
      name: "agent",
      columns: ["id", "slug", "name", "sort_name", "member_id", "created_at"],
      total: people,
      rows: counted(people, (i) => {
        const { name, sortName } = personName(seed, i);
        return [
          idOf("agent", i),
          slug(name, i),
          name,
          sortName,
          i < members ? idOf("member", i) : null,
          begun,
        ];
      }),
    },
    {
      name: "work",
      columns:
        `id coop_id member_id slug kind title subtitle language description subjects series publisher published_on price_kind
        price suggested_price currency state state_at published_at priced_at created_at updated_at`.split(
          /\s+/,
        ),
      total: works,
      rows: counted(works, (i) => {
        const made = work(i);
        const at = publishedAt(i, sizes);
        const coop = coopOf(i);
        return [
          ...[
            workId(i, sizes),
            idOf("coop", coop),
            idOf("member", memberOf(i)),
            slug(made.title, i),
            made.kind,
          ],
          ...[made.title, made.subtitle, made.language, { [made.language]: made.description }],
          ...[made.subjects.map((label) => ({ label })), made.series, names[coop]!, made.publishedOn],
          ...[made.open ? "open" : "fixed", made.price, made.open ? made.price + 500 : null],
          ...[coop % 3 === 0 ? "eur" : "cad", "published", at, at, at, at, at],
        ];
      }),
    },
    {
      name: "edition",
      columns: ["id", "work_id", "format", "created_at"],
      total: works,
      rows: counted(works, (i) => [
        ...[
          idOf("edition", i),
          workId(i, sizes),
          work(i).kind === "book" ? "epub" : "music",
          publishedAt(i, sizes),
        ],
      ]),
    },
    {
      name: "identifier",
      columns: ["id", "edition_id", "scheme", "value"],
      total: works,
      rows: counted(works, (i) => [
        ...[idOf("identifier", i), idOf("edition", i), work(i).kind === "book" ? "isbn" : "gtin", isbn(i)],
      ]),
    },
    {
      name: "contribution",
      columns: ["id", "work_id", "agent_id", "role", "position"],
      total: works,
      rows: contributions(),
    },
  ];
}
