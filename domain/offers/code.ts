/** Letters and digits that nobody takes for one another when read aloud or off a card: no 0, O, 1, I, L, U. */
const alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A code as it is kept, from how somebody typed it: « été 25 » is ETE25. What cannot be one stays what no code is. */
export const plainCode = (typed: string): string =>
  typed
    .normalize("NFD")
    .replace(/[\u0300-\u036f\s]/g, "")
    .replace(/[‐‑‒–—]/g, "-")
    .toUpperCase()
    .slice(0, 40);

/** What a person may choose as a code. */
export const isCode = (code: string): boolean => /^[A-Z0-9][A-Z0-9-]{2,23}$/.test(code);

/** A code that nobody guesses: 12 of 30 signs (58 bits), in groups of four. `pick` gives a random integer from 0 to below its argument. */
export function secretCode(pick: (below: number) => number): string {
  const signs = Array.from({ length: 12 }, () => alphabet[pick(alphabet.length)]);
  return [0, 4, 8].map((at) => signs.slice(at, at + 4).join("")).join("-");
}
