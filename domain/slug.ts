/**
 * The last part of an address, out of a name or a title: « L’Été à Gaspé » → « l-ete-a-gaspe ». At most 80 characters, cut
 * between words where there is one; empty when nothing of the words can be written in an address.
 */
export function slugOf(words: string): string {
  const plain = words
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/ß/g, "ss")
    .replace(/ø/g, "o")
    .replace(/ł/g, "l")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  if (plain.length <= longest) return plain;
  const cut = plain.slice(0, longest + 1).replace(/-[^-]*$/, "");
  return cut.length > longest ? plain.slice(0, longest) : cut;
}
const longest = 80;

/** The slug itself, or with the first number from 2 that no other bears. `taken`: those that begin like it. */
export function freeSlug(wanted: string, taken: Iterable<string>): string {
  const all = new Set(taken);
  if (!all.has(wanted)) return wanted;
  let n = 2;
  while (all.has(`${wanted}-${n}`)) n += 1;
  return `${wanted}-${n}`;
}
