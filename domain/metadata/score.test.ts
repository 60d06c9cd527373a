import { describe, expect, it } from "vitest";
import { authorityId } from "./authorities.ts";
import { madeInFrench, scoreWork, type WorkFacts } from "./score.ts";
import { scoreCatalogue } from "./score-catalogue.ts";
import { scorePerson } from "./score-person.ts";
import { catalogueChecks, weights } from "./score-weights.ts";
import { subjectCode } from "./subject-codes.ts";
import { unconfirmedValues } from "./unconfirmed.ts";

const ana = {
  name: "Ana Roy",
  searched: false,
  identifiers: [{ scheme: "isni", value: "0000000121032683" }],
};
const book: WorkFacts = {
  kind: "book",
  title: "Marées",
  language: "fr-CA",
  originalLanguage: "fr",
  description: { fr: "x".repeat(200) },
  subjects: [{ label: "Roman", scheme: "thema", code: "FBA" }],
  publisher: "Rives",
  publishedOn: "2026-03",
  rights: null,
  accessibility: { features: ["unknown"], hazards: ["unknown"] },
  priceChosen: true,
  coverSide: 1_600,
  contributors: [{ name: "Ana Roy", role: "author" }],
  people: [ana],
  identifiers: [
    { scheme: "isbn", value: "9780306406157", format: "epub" },
    { scheme: "isbn", value: "9782070368228", format: "pdf" },
  ],
  formats: ["epub", "pdf"],
  tracks: [],
  claims: [],
};
const album: WorkFacts = {
  ...book,
  kind: "album",
  accessibility: null,
  subjects: [{ label: "Chanson" }],
  identifiers: [{ scheme: "gtin", value: "0724384960650", format: null }],
  formats: ["music"],
  tracks: [{ isrc: "CBA1B2600001" }, { isrc: "CBA1B2600002" }],
};
const lost = (facts: WorkFacts) => scoreWork(facts).missing;

describe("the score of a work", () => {
  it("shares a hundred points out, in each kind of record and in the catalogue", () => {
    for (const table of [
      ...Object.values(weights),
      Object.fromEntries(Object.entries(catalogueChecks).map(([name, { of }]) => [name, of])),
    ])
      expect(Object.values(table).reduce((sum, points) => sum + points, 0)).toBe(100);
  });

  it("is whole where nothing is missing, and nothing where everything is", () => {
    expect(scoreWork(book)).toEqual({ score: 100, missing: [] });
    expect(scoreWork(album)).toEqual({ score: 100, missing: [] });
    for (const kind of ["book", "album"] as const) {
      const empty: WorkFacts = {
        ...book,
        kind,
        title: "",
        language: null,
        originalLanguage: null,
        description: {},
        subjects: [],
        publisher: null,
        publishedOn: null,
        accessibility: null,
        priceChosen: false,
        coverSide: null,
        contributors: [],
        people: [],
        identifiers: [],
        formats: [],
        tracks: [],
      };
      expect(scoreWork(empty).score).toBe(0);
      expect(
        lost(empty)
          .map(({ field }) => field)
          .sort(),
      ).toEqual(Object.keys(weights[kind]).sort());
    }
  });

  it.each<[string, Partial<WorkFacts>, ReturnType<typeof lost>]>([
    [
      "half a description",
      { description: { fr: "x".repeat(100), en: "y" } },
      [{ field: "description", points: 6, why: "short", count: 100, of: 200 }],
    ],
    ["a small cover", { coverSide: 999 }, [{ field: "cover", points: 10, why: "small" }]],
    [
      "a subject without a code",
      { subjects: [{ label: "Roman" }] },
      [{ field: "subjects", points: 10, why: "uncoded" }],
    ],
    [
      "a code that no list has",
      { subjects: [{ label: "Roman", scheme: "clil", code: "34" }] },
      [{ field: "subjects", points: 10, why: "uncoded" }],
    ],
    [
      "one ISBN for two formats",
      { identifiers: book.identifiers.slice(0, 1) },
      [{ field: "identifiers", points: 5, why: "some", count: 1, of: 2 }],
    ],
    [
      "the same ISBN on two formats",
      { identifiers: book.identifiers.map((each) => ({ ...each, value: "9780306406157" })) },
      [{ field: "identifiers", points: 5, why: "some", count: 1, of: 2 }],
    ],
    [
      "a wrong check digit",
      { identifiers: [...book.identifiers, { scheme: "isbn", value: "9780306406158", format: null }] },
      [{ field: "identifiers", points: 10, why: "invalid" }],
    ],
    [
      "a role that says nothing",
      { contributors: [...book.contributors, { name: "Ben Côté", role: "contributor" }] },
      [{ field: "contributors", points: 5, why: "some", count: 1, of: 2 }],
    ],
    [
      "somebody without an authority",
      { people: [ana, { name: "Ben Côté", searched: false, identifiers: [] }] },
      [{ field: "authority", points: 6, why: "some", count: 1, of: 2 }],
    ],
    [
      "a number that is no ISNI",
      { people: [{ ...ana, identifiers: [{ scheme: "isni", value: "0000000121032684" }] }] },
      [{ field: "authority", points: 12, why: "absent" }],
    ],
    ["neither price nor licence", { priceChosen: false }, [{ field: "licence", points: 4, why: "absent" }]],
  ])("says what %s costs", (_, change, missing) => {
    expect(lost({ ...book, ...change })).toEqual(missing);
  });

  it("takes « searched, none » for an answer, a licence for a price, and no words for an original language", () => {
    expect(lost({ ...book, people: [{ ...ana, identifiers: [], searched: true }] })).toEqual([]);
    expect(lost({ ...book, priceChosen: false, rights: "CC BY 4.0" })).toEqual([]);
    expect(lost({ ...album, language: "zxx", originalLanguage: null })).toEqual([]);
  });

  it("gives nothing for what a file alone says, until a person says the same", () => {
    const file = (field: string, value?: unknown) => ({ field, origin: "file" as const, value });
    const claims = [
      file("title"),
      file("description"),
      file("contributors"),
      file("identifiers", [{ scheme: "isbn", value: "9780306406157" }]),
    ];
    expect(scoreWork({ ...book, claims })).toEqual({
      score: 100 - 5 - 12 - 10 - 5,
      missing: [
        { field: "description", points: 12, why: "unconfirmed" },
        { field: "contributors", points: 10, why: "unconfirmed" },
        { field: "title", points: 5, why: "unconfirmed" },
        { field: "identifiers", points: 5, why: "some", count: 1, of: 2 },
      ],
    });
    const said = unconfirmedValues({ ...book, claims });
    expect(said.map(({ field }) => field)).toEqual(["title", "description", "contributors", "identifiers"]);
    const confirmed = [...claims, ...said.map((each) => ({ ...each, origin: "artist" as const }))];
    expect(scoreWork({ ...book, claims: confirmed }).score).toBe(100);
    expect(unconfirmedValues({ ...book, claims: confirmed })).toEqual([]);
  });

  it("counts the ISRC of each recording by itself", () => {
    const claims = [
      { field: "identifiers", origin: "file" as const, value: [{ scheme: "isrc", value: "CBA1B2600002" }] },
    ];
    expect(lost({ ...album, claims })).toEqual([{ field: "isrc", points: 8, why: "some", count: 1, of: 2 }]);
    expect(
      lost({ ...album, claims: [...claims, { field: "isrc", origin: "artist", value: ["CBA1B2600002"] }] }),
    ).toEqual([]);
    expect(lost({ ...album, tracks: [{ isrc: null }, { isrc: null }] })[0]).toEqual({
      field: "isrc",
      points: 16,
      why: "absent",
    });
  });
});

describe("the score of a person", () => {
  const facts = {
    name: "Éloïse Tremblay",
    kind: "person" as const,
    sortName: "Tremblay, Éloïse",
    about: { en: "x".repeat(80) },
    confirmed: true,
    searched: false,
    identifiers: [{ scheme: "wikidata", value: "Q42" }],
    roles: ["author", "illustrator"],
  };
  it("asks for an authority first, and for somebody's eyes on the sort name", () => {
    expect(scorePerson(facts).score).toBe(100);
    expect(scorePerson({ ...facts, identifiers: [], searched: true }).score).toBe(100);
    expect(scorePerson({ ...facts, identifiers: [] }).missing).toEqual([
      { field: "authority", points: 50, why: "absent" },
    ]);
    expect(scorePerson({ ...facts, confirmed: false }).missing).toEqual([
      { field: "sortName", points: 15, why: "unconfirmed" },
    ]);
    expect(scorePerson({ ...facts, name: "Fauve", sortName: null }).score).toBe(100);
    expect(scorePerson({ ...facts, roles: ["author", "contributor"] }).score).toBe(100 - 8);
  });
  it("reads the number of an authority, or its address", () => {
    expect(authorityId("wikidata", " https://www.wikidata.org/wiki/Q42 ")).toBe("Q42");
    expect(authorityId("isni", "0000 0001 2103 2683")).toBe("0000000121032683");
    expect(authorityId("viaf", "https://viaf.org/viaf/12345/")).toBe("12345");
    for (const [scheme, raw] of [
      ["wikidata", "42"],
      ["isni", "0000000121032684"],
      ["constructor", "x"],
      ["uri", "https://a.b"],
    ] as const)
      expect(authorityId(scheme, raw)).toBeUndefined();
    expect(subjectCode("93", "fba")).toEqual({ scheme: "thema", code: "FBA" });
    expect(subjectCode("bisac", "FIC000000")).toBeUndefined();
  });
});

describe("the score of a catalogue", () => {
  const counts = {
    works: 10,
    invalidIdentifiers: 0,
    complete: 9,
    people: 10,
    identifiedPeople: 8,
    ebooks: 5,
    accessibleEbooks: 5,
  };
  const shown = (window: number, results: number) => [
    { place: "window" as const, works: 5, french: window, presumed: 0 },
    { place: "results" as const, works: 10, french: results, presumed: 0 },
    { place: "catalogue" as const, works: 10, french: 8, presumed: 0 },
  ];
  it("is whole at its aims, and loses what is under them", () => {
    expect(scoreCatalogue(counts, shown(4, 8)).score).toBe(100);
    expect(scoreCatalogue(counts, shown(5, 8)).score).toBe(100);
    const french = (window: number, results: number) =>
      scoreCatalogue(counts, shown(window, results)).checks.find(({ check }) => check === "french");
    expect(french(2, 8)).toMatchObject({ rate: 0.5, points: 8, of: 17 });
    expect(french(0, 8)).toMatchObject({ rate: 0, points: 0 });
    expect(scoreCatalogue({ ...counts, identifiedPeople: 4, complete: 0 }, shown(4, 8)).score).toBe(
      100 - 14 - 21,
    );
  });
  it("judges nothing where there is nothing", () => {
    const none = {
      works: 0,
      invalidIdentifiers: 0,
      complete: 0,
      people: 0,
      identifiedPeople: 0,
      ebooks: 0,
      accessibleEbooks: 0,
    };
    expect(scoreCatalogue(none, []).score).toBe(100);
    expect(scoreCatalogue(none, []).checks.every(({ rate }) => rate === null)).toBe(true);
  });
  it("counts as French what says so, or what nobody says anything else of", () => {
    const of = (language: string | null, originalLanguage: string | null, role = "author") =>
      madeInFrench({ language, originalLanguage, contributors: [{ name: "x", role }] });
    expect([
      of("fr-CA", "fr"),
      of("en", "fr"),
      of("fr", "en"),
      of("fr", null),
      of("fr", null, "translator"),
      of("en", null),
      of(null, null),
    ]).toEqual(["stated", "stated", "no", "presumed", "no", "no", "unknown"]);
  });
});
