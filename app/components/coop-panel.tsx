import { Link } from "@remix-run/react";
import type { CoopCard } from "#domain/catalogue/queries.server.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";
import { Cover, type CoveredWork } from "./cover.tsx";

/** « Québec », « France »: the widest name that we have words for. */
export function placeName(locale: Locale, place: string): string {
  const names = shopWords(locale).coop.place;
  return names[place] ?? names[place.split("-")[0] ?? ""] ?? place;
}

/** What its panel shows of a co-op, in one tongue. */
export type ShownCoop = Pick<
  CoopCard,
  "slug" | "name" | "legalForm" | "place" | "accent" | "works" | "members"
> & { description: string; window: (CoveredWork & { slug: string })[] };

/** A co-operative at the door of the shop: its colour, its name, some of its covers. */
export function CoopPanel({
  coop,
  locale,
  as: Heading = "h3",
}: {
  coop: ShownCoop;
  locale: Locale;
  as?: "h2" | "h3";
}) {
  const words = shopWords(locale);
  return (
    <article className="coop-panel" style={{ ["--coop" as string]: coop.accent }}>
      <div className="coop-panel-words">
        <Heading>
          <Link to={pathTo("coop", locale, { slug: coop.slug })} prefetch="intent">
            {coop.name}
          </Link>
        </Heading>
        <p className="small soft">
          {placeName(locale, coop.place)} · {words.legalForms[coop.legalForm]}
        </p>
        <p>{coop.description}</p>
        <p className="small soft">
          {words.books(coop.works.book)} · {words.albums(coop.works.album)} ·{" "}
          {words.coops.members(coop.members)}
        </p>
      </div>
      <div className="coop-panel-covers" aria-hidden="true">
        {coop.window.map((work) => (
          <Cover key={work.slug} work={work} locale={locale} sizes="6rem" />
        ))}
      </div>
    </article>
  );
}
