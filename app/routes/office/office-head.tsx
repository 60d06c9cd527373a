import { Link, useLocation } from "@remix-run/react";
import type { Locale } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { pathTo } from "#i18n/paths.ts";
import { type KeptCoop, officePath } from "./kept-coop.ts";

const pages = [
  "office",
  "officeSales",
  "officeDisputes",
  "officeBooks",
  "officeStatements",
  "officeReconciliation",
  "officePayees",
  "officeMembers",
  "officeRules",
  "officeYear",
  "officeActs",
  "officeAudit",
  "officeIntegrations",
] as const;

/** The way between the pages of the office, and between co-ops for who keeps the books of several. */
export function OfficeHead({ locale, coop, coops }: { locale: Locale; coop: KeptCoop; coops: KeptCoop[] }) {
  const words = officeWords(locale);
  const { pathname } = useLocation();
  return (
    <div className="office-head">
      <nav className="office-tabs" aria-label={words.tabs.label}>
        {pages
          .filter((page) => (page !== "officeReconciliation" && page !== "officeYear") || coop.ownsPlatform)
          .filter((page) => page !== "officeIntegrations" || coop.keepsPrograms)
          .map((page) => (
            <Link
              key={page}
              to={officePath(page, locale, coop)}
              prefetch="intent"
              aria-current={pathname === pathTo(page, locale) ? "page" : undefined}
            >
              {words.tabs[page]}
            </Link>
          ))}
      </nav>
      {coops.length > 1 && (
        <nav className="row office-coops" aria-label={words.coops}>
          {coops.map((each) => (
            <Link
              key={each.id}
              className="tag"
              to={officePath("office", locale, each)}
              aria-current={each.id === coop.id ? "true" : undefined}
            >
              {each.name}
            </Link>
          ))}
        </nav>
      )}
    </div>
  );
}
