import { Link } from "@remix-run/react";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";

/** What the shop is and who keeps it, above all that it shows. */
export function HomeHead({ coops, locale }: { coops: { slug: string; name: string }[]; locale: Locale }) {
  const { home: words } = shopWords(locale);
  return (
    <header className="home-head">
      <h1>{words.title}</h1>
      <p className="lead">
        {words.keptBy(coops.length)}{" "}
        {coops.map((coop, i) => (
          <span key={coop.slug}>
            {i > 0 && (i === coops.length - 1 ? (locale === "fr" ? " et " : " and ") : ", ")}
            <Link to={pathTo("coop", locale, { slug: coop.slug })}>{coop.name}</Link>
          </span>
        ))}
        .
      </p>
    </header>
  );
}
