/** How well a catalogue can be found, out of 100: counts in, checks out. Pure. */
import { type CatalogueCheck, catalogueChecks } from "./score-weights.ts";

/** Of published works, and of the people whom they name. */
export type CatalogueCounts = {
  works: number;
  invalidIdentifiers: number;
  complete: number;
  people: number;
  identifiedPeople: number;
  ebooks: number;
  accessibleEbooks: number;
};

/** What one place shows; `french` counts `presumed` too. */
export type Shown = { place: ShownPlace; works: number; french: number; presumed: number };
export const shownPlaces = ["window", "home", "results", "books", "albums", "catalogue"] as const;
export type ShownPlace = (typeof shownPlaces)[number];
/** What a visitor sees without having chosen anything: the window of the front page, and the first page of the shelves. */
const first: readonly ShownPlace[] = ["window", "results"];

/** `rate` is between 0 and 1, null where there is nothing to judge; at `target` all the points are earned, below it a part. */
export type CheckResult = {
  check: CatalogueCheck;
  points: number;
  of: number;
  rate: number | null;
  target: number;
};

/** An empty catalogue has lost nothing yet. */
export function scoreCatalogue(
  counts: CatalogueCounts,
  shown: readonly Shown[],
): { score: number; checks: CheckResult[] } {
  const rate = (have: number, of: number) => (of === 0 ? null : have / of);
  const rates: Record<CatalogueCheck, number | null> = {
    identifiers: rate(counts.works - counts.invalidIdentifiers, counts.works),
    authority: rate(counts.identifiedPeople, counts.people),
    completeness: rate(counts.complete, counts.works),
    accessibility: rate(counts.accessibleEbooks, counts.ebooks),
    french: frenchRate(shown),
  };
  const checks = (Object.keys(catalogueChecks) as CatalogueCheck[]).map((check) => {
    const { of, target } = catalogueChecks[check];
    const reached = rates[check] === null ? 1 : Math.min(1, rates[check] / target);
    return { check, of, target, rate: rates[check], points: Math.floor(of * reached + 1e-9) };
  });
  return { checks, score: checks.reduce((sum, { points }) => sum + points, 0) };
}

/** The poorest of the places shown first, over the share of the whole: more French than the catalogue has is not asked. */
function frenchRate(shown: readonly Shown[]): number | null {
  const all = shown.find(({ place }) => place === "catalogue");
  if (!all || all.french === 0) return null;
  const shares = shown
    .filter(({ place, works }) => first.includes(place) && works > 0)
    .map(({ works, french }) => french / works / (all.french / all.works));
  return shares.length === 0 ? null : Math.min(1, ...shares);
}
