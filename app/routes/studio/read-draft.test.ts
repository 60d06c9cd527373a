import { describe, expect, it } from "vitest";
import type { StudioRecord } from "#domain/catalogue/studio-queries.server.ts";
import { cents, readDraft } from "./read-draft.server.ts";
import { draftOf } from "./record-draft.ts";

const record: StudioRecord = {
  id: "01900000-0000-7000-8000-000000000001",
  slug: "marees",
  kind: "book",
  state: "draft",
  stateAt: new Date(0),
  coop: { id: "01900000-0000-7000-8000-000000000002", name: "Fleuve", slug: "fleuve" },
  memberId: "01900000-0000-7000-8000-000000000003",
  title: "Marées",
  subtitle: null,
  language: "fr",
  originalLanguage: null,
  description: { fr: "Un livre." },
  subjects: [{ label: "roman", scheme: "thema", code: "FBA" }],
  series: { name: "Bords", position: 1.5 },
  publisher: null,
  publishedOn: "2026-03",
  rights: null,
  price: { kind: "fixed", amount: 1250, suggested: null, currency: "cad" },
  priceChosen: true,
  cover: null,
  credits: [{ name: "Ana Roy", slug: "ana-roy", role: "author" }],
  identifiers: [
    { scheme: "doi", value: "10.5555/12345678", format: null },
    { scheme: "isbn", value: "9782765410058", format: "epub" },
  ],
  formats: ["epub", "pdf"],
  tracks: [],
  origins: {},
};

/** The form as the page sends it, with some fields typed over. */
function formOf(over: Record<string, string> = {}): FormData {
  const draft = draftOf(record, "fr");
  const form = new FormData();
  for (const [name, value] of Object.entries(draft)) if (typeof value === "string") form.set(name, value);
  for (const [bearer, value] of Object.entries(draft.isbn)) form.set(`isbn-${bearer}`, value);
  for (const { name, role } of [...draft.people, { name: "", role: "author" }]) {
    form.append("person[]", name);
    form.append("role[]", role);
  }
  for (const [name, value] of Object.entries(over)) form.set(name, value);
  return form;
}

describe("the details form", () => {
  it("says again what the record says when nothing was typed, what it does not show included", () => {
    const { problems, values, price } = readDraft(formOf(), record, "fr");
    expect(problems).toEqual({});
    expect(values).toMatchObject({
      title: "Marées",
      description: { fr: "Un livre." },
      subjects: record.subjects,
      series: { name: "Bords", position: 1.5 },
      contributors: [{ name: "Ana Roy", role: "author" }],
      identifiers: [
        { scheme: "doi", value: "10.5555/12345678" },
        { scheme: "isbn", value: "9782765410058", format: "epub" },
      ],
    });
    expect(price).toEqual({ kind: "fixed", amount: 1250 });
  });

  it("takes an ISBN away, gives another format its own, and refuses a wrong digit in words", () => {
    const moved = readDraft(formOf({ "isbn-epub": "", "isbn-pdf": "978-2-7654-1005-8" }), record, "fr");
    expect(moved.values.identifiers).toEqual([
      { scheme: "doi", value: "10.5555/12345678" },
      { scheme: "isbn", value: "978-2-7654-1005-8", format: "pdf" },
    ]);
    const wrong = readDraft(formOf({ "isbn-epub": "9782765410059" }), record, "fr");
    expect(wrong.problems["isbn-epub"]).toMatch(/chiffre/);
  });

  it("refuses a date that is in no calendar instead of keeping half of it", () => {
    const problem = (publishedOn: string) =>
      readDraft(formOf({ publishedOn }), record, "fr").problems.publishedOn;
    for (const good of ["2026", "2026-03", "2026-3-5", "2024-02-29", "20260305", ""])
      expect(problem(good)).toBeUndefined();
    for (const bad of ["2026-02-31", "2026-13-45", "2026-13", "20261345", "hier"])
      expect(problem(bad)).toMatch(/calendrier/);
  });

  it("reads amounts as people write them", () => {
    expect(["12", "12,5", "12.50 $", "1 250,00", "0,50"].map(cents)).toEqual([1200, 1250, 1250, 125_000, 50]);
    expect(["", "douze", "12,505", "-3", "1.250,00"].map(cents)).toEqual([null, null, null, null, null]);
  });

  it("puts tracks in the order of their numbers, those typed alike in the order of the page", () => {
    const form = new FormData();
    for (const [id, place] of [
      ["a", "3"],
      ["b", "1"],
      ["c", "1"],
    ] as const) {
      form.append("track[]", id);
      form.append("trackTitle[]", `Titre ${id}`);
      form.append("place[]", place);
    }
    const { tracks } = readDraft(form, { ...record, kind: "album" }, "fr");
    expect(tracks?.map(({ id }) => id)).toEqual(["b", "c", "a"]);
  });
});
