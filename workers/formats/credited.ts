import type { Tags } from "#domain/delivery/tags.ts";

/** The names that hold this role. */
export const namesOf = ({ people }: Tags, role: string): string[] =>
  people.filter((each) => each.role === role).map(({ name }) => name);

/** Codes of three letters (ISO 639-2), which ID3 wants, for the languages that our catalogues speak; « und » is unknown. */
const threeLetters: Record<string, string> = {
  fr: "fra",
  en: "eng",
  es: "spa",
  de: "deu",
  it: "ita",
  pt: "por",
  ht: "hat",
  ar: "ara",
  cr: "cre",
  iu: "iku",
  oj: "oji",
  moe: "moe",
  mic: "mic",
};

export const threeLettersOf = (language: string | null): string =>
  threeLetters[(language ?? "").toLowerCase().split("-")[0] ?? ""] ?? "und";
