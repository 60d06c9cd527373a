import "#app/styles/front.css";
import { Link } from "@remix-run/react";
import { shopWindow } from "#domain/catalogue/shop-window.ts";
import { frontWords } from "#i18n/front.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";
import { CoopPanel, type ShownCoop } from "./coop-panel.tsx";
import { Cover } from "./cover.tsx";
import type { ShownSection } from "./shown-front.ts";
import { type Carded, langOf, Shelf } from "./work-card.tsx";

type Shop = { works: Carded[]; coops: ShownCoop[]; locale: Locale };

/** The sections of the front page, one after the other, as the staff composed them or as they are without that. */
export function FrontSections({ sections, ...shop }: Shop & { sections: ShownSection[] }) {
  const shelves = shopWindow(
    shop.works,
    sections.some(({ kind }) => kind === "newest"),
  );
  return sections.map((section, i) => (
    <Section key={section.id} section={section} first={i === 0} shelves={shelves} {...shop} />
  ));
}

function Section({
  section,
  first,
  shelves: { window, books, albums },
  coops,
  locale,
}: Shop & { section: ShownSection; first: boolean; shelves: ReturnType<typeof shopWindow<Carded>> }) {
  const { home: words } = shopWords(locale);
  const said = frontWords(locale).shop;
  const { id } = section;
  const eager = first ? 5 : 0;
  switch (section.kind) {
    case "newest":
      return (
        window.length > 0 && (
          <section aria-labelledby={id} className="home-window">
            <h2 id={id} className="shelf-title">
              {words.newest}
            </h2>
            <Shelf works={window} locale={locale} eager={eager} />
          </section>
        )
      );
    case "books":
    case "albums": {
      const works = section.kind === "books" ? books : albums;
      const genre = section.kind === "books" ? "book" : "album";
      const total = coops.reduce((all, coop) => all + coop.works[genre], 0);
      return (
        works.length > 0 && (
          <section aria-labelledby={id}>
            <div className="shelf-head">
              <h2 id={id}>{words[section.kind]}</h2>
              <Link to={pathTo("browse", locale, {}, { genre })}>
                {genre === "book" ? words.allBooks(total) : words.allAlbums(total)}
              </Link>
            </div>
            <Shelf works={works} locale={locale} eager={eager} />
          </section>
        )
      );
    }
    case "coops":
      return (
        coops.length > 0 && (
          <section aria-labelledby={id}>
            <h2 id={id} className="shelf-title">
              {words.coops}
            </h2>
            <ul className="coop-panels plain-list">
              {coops.map((coop) => (
                <li key={coop.slug}>
                  <CoopPanel coop={coop} locale={locale} />
                </li>
              ))}
            </ul>
          </section>
        )
      );
    case "coop": {
      const coop = coops.find(({ slug }) => slug === section.coop);
      return (
        coop && (
          <section aria-labelledby={id}>
            <h2 id={id} className="shelf-title">
              {said.coop}
            </h2>
            <CoopPanel coop={coop} locale={locale} />
          </section>
        )
      );
    }
    case "collection":
      return (
        section.works.length > 0 && (
          <section aria-labelledby={id}>
            <div className="shelf-head">
              <h2 id={id}>{section.title}</h2>
              <Link to={pathTo("collection", locale, { slug: section.slug })}>{said.all}</Link>
            </div>
            <Shelf works={section.works} locale={locale} eager={eager} />
          </section>
        )
      );
    case "pick":
      return (
        <section aria-labelledby={id}>
          <h2 id={id} className="shelf-title">
            {said.pick}
          </h2>
          <div className="pick">
            <Cover work={section.work} locale={locale} sizes="12rem" eager={first} />
            <div className="stack stack-tight">
              {section.words && <blockquote lang={section.wordsLang}>{section.words}</blockquote>}
              <p className="pick-work">
                <Link
                  to={pathTo("work", locale, { slug: section.work.slug })}
                  lang={langOf(section.work, locale)}
                  prefetch="intent"
                >
                  {section.work.title}
                </Link>
              </p>
            </div>
          </div>
        </section>
      );
  }
}
