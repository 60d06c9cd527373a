/** How two names may be one person's. Pure; names as people write them. */

/** `same`: but for accents, capitals and order; `initials`: one gives letters where the other gives names; `spelling`: a letter or two. */
export type NameLikeness = "same" | "initials" | "spelling";

const tokens = (name: string): string[] =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Null where nothing says that they are alike. « Roy, Ana » is « Ana Roy »; « J. Verne » may be « Jules Verne ». */
export function nameLikeness(one: string, other: string): NameLikeness | null {
  const [a, b] = [tokens(one), tokens(other)];
  if (a.length === 0 || b.length === 0) return null;
  const sorted = (all: readonly string[]) => all.toSorted().join(" ");
  if (sorted(a) === sorted(b)) return "same";
  if (a.join("") === b.join("")) return "spelling";
  if (matches(a, b, initialOf)) return "initials";
  if (matches(a, b, nearly)) return "spelling";
  return null;
}

/** Each word of the one has a word of its own in the other; at least one long word is the very same, or all are long and near. */
function matches(
  one: readonly string[],
  other: readonly string[],
  like: (a: string, b: string) => boolean,
): boolean {
  if (one.length !== other.length) return false;
  const left = [...other];
  let same = 0;
  for (const word of one.toSorted((a, b) => b.length - a.length)) {
    const exact = left.indexOf(word);
    const at = exact >= 0 ? exact : left.findIndex((each) => like(word, each));
    if (at < 0) return false;
    if (exact >= 0 && word.length > 2) same += 1;
    left.splice(at, 1);
  }
  return same > 0 || one.every((word) => word.length > 5);
}

const initialOf = (a: string, b: string): boolean =>
  (a.length === 1 && b.startsWith(a)) || (b.length === 1 && a.startsWith(b));

/** One letter wrong, missing, too many or swapped, in words long enough to bear it; two in very long ones. */
function nearly(a: string, b: string): boolean {
  const longest = Math.max(a.length, b.length);
  return longest > 3 && distance(a, b) <= (longest > 12 ? 2 : 1);
}

/** Of Damerau, with swaps of neighbours; words are short. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
  for (let j = 0; j <= b.length; j += 1) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      rows[i]![j] = least;
    }
  }
  return rows[a.length]![b.length]!;
}
