/** How people misspell a title that they have heard or read once: each gives what they might type, or null where it cannot be done. */
import { isSmall } from "#domain/catalogue/search-words.ts";

/** The word that is hit: the longest, and of those the first. */
const longest = (title: string): string =>
  title
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => !isSmall(word.toLowerCase()))
    .reduce((best, word) => (word.length > best.length ? word : best), "");

const hit = (change: (word: string, at: number) => string | null) => (title: string, at: number) => {
  const word = longest(title);
  const changed = word.length < 4 ? null : change(word, 1 + (at % (word.length - 2)));
  return changed === null || changed === word ? null : title.replace(word, changed);
};

export const misspellings: Record<string, (title: string, at: number) => string | null> = {
  "as it is": (title) => title,
  "without accents, in small letters": (title) => {
    const plain = title.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return plain === title ? null : plain;
  },
  "two letters swapped": hit(
    (word, at) => word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2),
  ),
  "a letter dropped": hit((word, at) => word.slice(0, at) + word.slice(at + 1)),
  "a letter doubled": hit((word, at) => word.slice(0, at) + word[at]! + word.slice(at)),
  "a wrong letter": hit(
    (word, at) => word.slice(0, at) + (word[at] === "e" ? "a" : "e") + word.slice(at + 1),
  ),
  "two letters wrong": hit((word, at) =>
    word.length < 8
      ? null
      : `${word.slice(0, 2)}${word[2] === "o" ? "a" : "o"}${word.slice(3, 3 + at)}${word.slice(4 + at)}`,
  ),
  "the article moved": (title) => {
    const [, article, rest] = /^(Le|La|Les|The|A) (.+)$/.exec(title) ?? [];
    return article ? `${rest}, ${article}` : null;
  },
  "plural or singular": hit((word) => (/[sxz]$/.test(word) ? word.slice(0, -1) : `${word}s`)),
  "a small word forgotten": (title) => {
    const without = title.replace(/ (?:de la|du|des|de|et|the|of|and) /i, " ");
    return without === title ? null : without;
  },
};
