import { Link } from "@remix-run/react";
import type { BundleLink } from "#domain/offers/bundle-queries.server.ts";
import { money } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { offersWords } from "#i18n/offers.ts";
import { pathTo } from "#i18n/paths.ts";

/** The bundles that a work is in, in one line each. */
export function BundleLinks({ bundles, locale }: { bundles: BundleLink[]; locale: Locale }) {
  const words = offersWords(locale).bundle;
  if (bundles.length === 0) return null;
  return (
    <p className="small work-bundles">
      {words.within}{" "}
      {bundles.map(({ slug, title, works, price, currency }, i) => (
        <span key={slug}>
          {i > 0 && ", "}
          <Link to={pathTo("bundle", locale, { slug })}>{title}</Link>{" "}
          <span className="soft">
            ({words.works(works)}, {money(locale, price, currency)})
          </span>
        </span>
      ))}
    </p>
  );
}
