import { Link } from "@remix-run/react";
import { byline, type Credit } from "#domain/catalogue/byline.ts";
import { list } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { Cover } from "./cover.tsx";
import type { CoverFacts } from "./cover-address.ts";
import { priceWords } from "./price.tsx";

export type Carded = {
  slug: string;
  kind: "book" | "album";
  title: string;
  language: string | null;
  credits: Credit[];
  price: { kind: "fixed" | "open"; amount: number; currency: string };
  cover: CoverFacts | null;
};

/** The tag of a work's own words where the page speaks another language: a screen reader pronounces them as they are. */
export const langOf = (work: { language: string | null }, locale: Locale): string | undefined =>
  work.language && work.language.split("-")[0] !== locale ? work.language : undefined;

/** A work on a shelf: its cover, its title, whose it is, what it costs. The whole of it is one link. */
export function WorkCard({
  work,
  locale,
  eager = false,
  as: Heading = "h3",
  note,
}: {
  work: Carded;
  locale: Locale;
  eager?: boolean;
  as?: "h2" | "h3";
  note?: string;
}) {
  const people = byline(work.kind, work.credits).map(({ name }) => name);
  const named = people.length > 3 ? [...people.slice(0, 2), "…"] : people;
  return (
    <article className={`work-card ${work.kind}`}>
      <Cover
        work={work}
        locale={locale}
        sizes="(max-width: 34rem) 44vw, (max-width: 60rem) 28vw, 14rem"
        eager={eager}
      />
      <div className="work-card-words">
        <Heading className="work-card-title" lang={langOf(work, locale)}>
          <Link to={pathTo("work", locale, { slug: work.slug })} prefetch="intent">
            {work.title}
          </Link>
        </Heading>
        {named.length > 0 && (
          <p className="work-card-people">
            {named.at(-1) === "…" ? named.join(", ").replace(", …", "…") : list(locale, named)}
          </p>
        )}
        <p className="work-card-price">{note ?? priceWords(locale, work.price)}</p>
      </div>
    </article>
  );
}

/** Works side by side, standing on the same board whatever their height. */
export function Shelf({
  works,
  locale,
  eager = 0,
  as = "h3",
}: {
  works: Carded[];
  locale: Locale;
  /** How many covers are in sight at once. */
  eager?: number;
  as?: "h2" | "h3";
}) {
  return (
    <ul className="shelf plain-list">
      {works.map((work, i) => (
        <li key={work.slug}>
          <WorkCard work={work} locale={locale} eager={i < eager} as={as} />
        </li>
      ))}
    </ul>
  );
}
