/** The words of a query as the catalogue keeps its own: plain letters, no accents; those of one or two letters say nothing. */
export function wordsOf(query: string): string[] {
  const plain = query
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/ß/g, "ss")
    .replace(/ø/g, "o")
    .replace(/ł/g, "l");
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2 && word.length <= 30);
  return [...new Set(words)].slice(0, mostWords);
}
const mostWords = 8;

/** Words that titles begin with or are held together by; nobody searches for them, and a missing one is no misspelling. */
const small = new Set(
  "les des une aux dans par sur pour avec sans que qui son ses the and for with from his her".split(" "),
);
export const isSmall = (word: string): boolean => small.has(word);

/** The word and what is left when one letter is dropped: the twin of `without_one_letter` in PostgreSQL. */
export function withoutOneLetter(word: string): string[] {
  const left = [...word].map((_, i) => word.slice(0, i) + word.slice(i + 1));
  return [...new Set([word, ...left])];
}

/** How many letters are wrong, missing, too many or swapped with their neighbour; more than `most` is told as `most + 1`. */
export function lettersWrong(a: string, b: string, most = 3): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return Math.min(last[b.length]!, most + 1);
}

/**
 * Which of the known words somebody may have meant, nearest first, at most `most`: a letter wrong in a short word, two from six
 * letters on, three from ten on, and those that begin like it. The word itself comes first where it is known.
 */
export function meant(word: string, known: readonly string[], most = 6): string[] {
  const allowed = word.length < 6 ? 1 : word.length < 10 ? 2 : 3;
  return known
    .map((each) => {
      const wrong = lettersWrong(word, each);
      // A word that was only begun.
      const begun = word.length > 3 && each.startsWith(word);
      return {
        each,
        wrong: begun ? Math.min(wrong, allowed) : wrong,
        sameStart: each[0] === word[0] ? 0 : 1,
      };
    })
    .filter(({ wrong }) => wrong <= allowed)
    .sort(
      (x, y) =>
        x.wrong - y.wrong || x.sameStart - y.sameStart || (x.each < y.each ? -1 : x.each > y.each ? 1 : 0),
    )
    .slice(0, most)
    .map(({ each }) => each);
}

/**
 * A query of PostgreSQL out of groups of words, each of which must be met by one of its own: `(maree | marees) & eau`. With three
 * groups or more and `oneMayMiss`, any one of them may stay unmet.
 */
export function queryOf(groups: readonly (readonly string[])[], oneMayMiss = false): string {
  const all = (some: readonly (readonly string[])[]) =>
    some.map((group) => (group.length === 1 ? group[0] : `(${group.join(" | ")})`)).join(" & ");
  if (!oneMayMiss || groups.length < 3) return all(groups);
  return groups.map((_, i) => `(${all(groups.filter((_, j) => j !== i))})`).join(" | ");
}

/** A number that one types whole, without its spaces and hyphens: ISBN-13, ISBN-10 (as 13), GTIN, ISRC, DOI; null for words. */
export function numberOf(query: string): string | null {
  const said = query.trim();
  if (/^10\.\d{4,9}\/\S+$/.test(said)) return said.toLowerCase();
  const bare = said
    .replace(/^(urn:)?(isbn|isrc|gtin|upc|ean)[:\s]*/i, "")
    .replace(/[\s.‐-―-]/g, "")
    .toUpperCase();
  if (/^\d{9}[\dX]$/.test(bare)) {
    const body = `978${bare.slice(0, 9)}`;
    const sum = [...body].reduce((all, digit, i) => all + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
    return body + ((10 - (sum % 10)) % 10);
  }
  return /^\d{8}$|^\d{12,14}$|^[A-Z]{2}[A-Z0-9]{3}\d{7}$/.test(bare) ? bare : null;
}
