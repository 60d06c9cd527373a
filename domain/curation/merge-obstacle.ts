/** Whether two records may become one work with its editions, and if not, why. Pure. */

export type WorkSide = {
  id: string;
  coopId: string;
  kind: "book" | "album";
  state: "draft" | "submitted" | "returned" | "published" | "withdrawn";
  /** Was in the shop one day: somebody may have its address, or have bought it. */
  everPublished: boolean;
  language: string | null;
  currency: string;
  /** The share list in force; [] where there is none. */
  shares: { memberId: string; parts: number }[];
  /** Minor units of approved expenses that sales of this work have not paid back. */
  poolDue: number;
  /** Files on their way, or being read. */
  underway: number;
  mergedInto: string | null;
};

export type MergeObstacle =
  | "merge_same"
  | "work_merged"
  | "merge_coops"
  | "merge_albums"
  | "merge_languages"
  | "merge_unpublished"
  | "merge_underway"
  | "merge_currencies"
  | "merge_expenses"
  | "merge_shares";

/** Null where nothing stands against it. What was sold stays as it was sold; what will be sold is shared by the list of who is kept. */
export function mergeObstacle(kept: WorkSide, gone: WorkSide): MergeObstacle | null {
  if (kept.id === gone.id) return "merge_same";
  if (kept.mergedInto !== null || gone.mergedInto !== null) return "work_merged";
  if (kept.coopId !== gone.coopId) return "merge_coops";
  if (kept.kind !== "book" || gone.kind !== "book") return "merge_albums";
  if (inOtherTongues(kept, gone)) return "merge_languages";
  // Its address would lead to a page that nobody may see.
  if (gone.everPublished && kept.state !== "published") return "merge_unpublished";
  if (kept.underway + gone.underway > 0) return "merge_underway";
  if (kept.currency !== gone.currency) return "merge_currencies";
  if (gone.poolDue > 0) return "merge_expenses";
  if (gone.shares.length > 0 && !sharedAlike(kept.shares, gone.shares)) return "merge_shares";
  return null;
}

const tongue = (tag: string | null): string | null => tag?.split("-")[0]?.toLowerCase() ?? null;

/** A translation is a work of its own. */
export const inOtherTongues = (one: Pick<WorkSide, "language">, other: Pick<WorkSide, "language">): boolean =>
  tongue(one.language) !== null &&
  tongue(other.language) !== null &&
  tongue(one.language) !== tongue(other.language);

/** 1 and 1 share as 50 and 50 do; who has no part is not there. */
function sharedAlike(one: WorkSide["shares"], other: WorkSide["shares"]): boolean {
  const sum = (shares: WorkSide["shares"]) => shares.reduce((all, { parts }) => all + parts, 0);
  const [a, b] = [sum(one), sum(other)];
  const partOf = new Map(
    one.filter(({ parts }) => parts > 0).map(({ memberId, parts }) => [memberId, parts]),
  );
  const others = other.filter(({ parts }) => parts > 0);
  return (
    partOf.size === others.length &&
    others.every(({ memberId, parts }) => (partOf.get(memberId) ?? 0) * b === parts * a)
  );
}
