import { mayIn } from "#domain/people/permissions.ts";
import type { Viewer } from "#domain/people/viewer.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

export type KeptCoop = {
  id: string;
  slug: string;
  name: string;
  /** The co-op whose Stripe account it is: it alone reconciles. */
  ownsPlatform: boolean;
  /** Whether this person gives its keys to programs. */
  keepsPrograms: boolean;
};
type Page =
  | "office"
  | "officeSales"
  | "officeDisputes"
  | "officeBooks"
  | "officeStatements"
  | "officeStatementPdf"
  | "officeJournal"
  | "officeReconciliation"
  | "officePayees"
  | "officeMembers"
  | "officeRules"
  | "officeYear"
  | "officeActs"
  | "officeAudit"
  | "officeAuditCsv"
  | "officeIncidents"
  | "officeIntegrations"
  | "officeRulePropose"
  | "officeRuleSimulation";

/**
 * Of which co-op the office shows the money: the one that the address names, or the first where this person keeps the books. One
 * named that is not theirs (any more) does not exist: another in its place would be read, or written to, by mistake. `about`: ids of
 * the co-ops that the page is about, where its address names none.
 */
export function keptCoop(
  viewer: Viewer,
  url: URL,
  about: readonly string[] = [],
): { coop: KeptCoop; coops: KeptCoop[] } {
  const coops = new Map<string, KeptCoop>();
  for (const { coopId, coopSlug, coopName, coopMoney } of viewer.roles) {
    const ownsPlatform = coopMoney === "platform";
    if (mayIn(viewer, "readMoney", coopId))
      coops.set(coopId, {
        ...{ id: coopId, slug: coopSlug, name: coopName, ownsPlatform },
        keepsPrograms: mayIn(viewer, "keepIntegrations", coopId),
      });
  }
  const all = [...coops.values()];
  const wanted = url.searchParams.get("coop");
  // `enterStaff` let in only those who have at least one.
  const coop = wanted
    ? all.find(({ slug }) => slug === wanted)
    : (all.find(({ id }) => about.includes(id)) ?? all[0]);
  if (!coop) throw new Response(null, { status: 404 });
  return { coop, coops: all };
}

/** The address of a page of the office that stays with the same co-op. */
export const officePath = (
  page: Page,
  locale: Locale,
  coop: KeptCoop,
  query: Record<string, string | number | null> = {},
): string => pathTo(page, locale, {}, { coop: coop.slug, ...query });
