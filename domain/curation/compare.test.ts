import { expect, it } from "vitest";
import { compare } from "./compare.ts";

const claim = (field: string, value: unknown) => ({
  field,
  value,
  source: "opf:dc:x",
  fileName: "livre.epub",
});

it("says the same where only accents, case, punctuation or order differ", () => {
  const rows = compare(
    {
      title: "Fil d’eau",
      contributors: [
        { name: "Éloïse Roy", role: "author" },
        { name: "A. Côté", role: "translator" },
      ],
    },
    [
      claim("title", "FIL D'EAU"),
      claim("contributors", [
        { name: "A. Cote", role: "translator" },
        { name: "Eloise Roy", role: "author" },
      ]),
    ],
  );
  expect(rows.map(({ field, state }) => [field, state])).toEqual([
    ["title", "same"],
    ["contributors", "same"],
  ]);
});

it("marks what a file contradicts, and not what the record adds", () => {
  const rows = compare(
    { title: "Un", description: ["Texte.", "Text."], contributors: [{ name: "B", role: "author" }] },
    [
      claim("title", "Deux"),
      claim("description", "Texte."),
      claim("contributors", [{ name: "B", role: "editor" }]),
    ],
  );
  expect(Object.fromEntries(rows.map(({ field, state }) => [field, state]))).toEqual({
    title: "differs",
    contributors: "differs",
    description: "same",
  });
});

it("tells apart what only the file and what only the record says, and leaves out what nobody says", () => {
  const rows = compare({ publisher: "Coop", subtitle: null }, [
    claim("language", "fr"),
    claim("language", "fr"),
  ]);
  expect(rows.map(({ field, state, file }) => [field, state, file.length])).toEqual([
    ["language", "only_file", 1],
    ["publisher", "only_record", 0],
  ]);
});

it("reads an album's title and genre as the record's title and subjects", () => {
  const rows = compare({ title: "Marées", subjects: [{ label: "folk" }] }, [
    claim("albumTitle", "Marees"),
    claim("genre", ["Folk"]),
  ]);
  expect(rows.map(({ state }) => state)).toEqual(["same", "same"]);
});
