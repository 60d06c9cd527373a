/** What a front page is made of. Pure: the desk's forms, the verbs and the page itself read the same. */

/** Kinds that stand for themselves, each at most once, in the order of a page that nobody composed. */
export const plainKinds = ["newest", "books", "albums", "coops"] as const;
export type FrontKind = (typeof plainKinds)[number] | "collection" | "pick" | "coop";

/** A section as it is asked for: what it shows by its id, and the sentence that goes with a work picked. */
export type SectionWish = {
  kind: FrontKind;
  collectionId?: string;
  workId?: string;
  coopId?: string;
  words?: { fr?: string; en?: string };
};

/** More than this and nobody reads to the end. */
export const mostSections = 12;

const subjectOf = ({ kind, collectionId, workId, coopId }: SectionWish): string | undefined =>
  ({ collection: collectionId, pick: workId, coop: coopId })[kind as "collection"];

/** Whether a page may be made of these: not too many, each with what it shows, and nothing twice. */
export function canBeFront(wishes: readonly SectionWish[]): boolean {
  const said = wishes.map((wish) => `${wish.kind} ${subjectOf(wish) ?? ""}`);
  return (
    wishes.length <= mostSections &&
    new Set(said).size === said.length &&
    wishes.every((wish) => (plainKinds as readonly string[]).includes(wish.kind) || subjectOf(wish))
  );
}

/** The list with the one at `index` a place further up or down, or gone; the same list where it cannot. */
export function moved<T>(list: readonly T[], index: number, to: "up" | "down" | "out"): T[] {
  const item = list[index];
  if (item === undefined) return [...list];
  const others = list.toSpliced(index, 1);
  if (to === "out") return others;
  const place = index + (to === "up" ? -1 : 1);
  return place < 0 || place > others.length ? [...list] : others.toSpliced(place, 0, item);
}

/** The list in the order of these keys: as somebody dragged it. Keys that name nothing are nothing; what no key names stays at the end. */
export function ordered<T>(list: readonly T[], keys: readonly string[], keyOf: (item: T) => string): T[] {
  const named = keys.flatMap((key) => list.find((item) => keyOf(item) === key) ?? []);
  return [...new Set([...named, ...list])];
}
