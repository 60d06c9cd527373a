import "#app/styles/shop.css";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { CoopPanel } from "#app/components/coop-panel.tsx";
import { Shelf } from "#app/components/work-card.tsx";
import { enter } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { listCoops } from "#domain/catalogue/queries.server.ts";
import { newestWorks } from "#domain/catalogue/search-queries.server.ts";
import { onTheFrontPage, shopWindow } from "#domain/catalogue/shop-window.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db } = await enter(args);
  const [works, coops] = await Promise.all([newestWorks(db, onTheFrontPage), listCoops(db)]);
  return { works, coops };
}

export const meta: MetaFunction<typeof loader> = ({ location }) => {
  const locale = localeOf(location.pathname);
  const words = shopWords(locale).home;
  return head(locale, { title: words.title, description: words.description });
};

/** The shop window. */
export default function Home() {
  const { works, coops } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const { home: words } = shopWords(locale);
  const { window, books, albums } = shopWindow(works);
  const total = (kind: "book" | "album") => coops.reduce((all, coop) => all + coop.works[kind], 0);
  return (
    <div className="page home">
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
      {works.length === 0 ? (
        <p className="empty">{words.empty}</p>
      ) : (
        <section aria-labelledby="newest" className="home-window">
          <h2 id="newest" className="shelf-title">
            {words.newest}
          </h2>
          <Shelf works={window} locale={locale} eager={5} />
        </section>
      )}
      {books.length > 0 && (
        <section aria-labelledby="books">
          <div className="shelf-head">
            <h2 id="books">{words.books}</h2>
            <Link to={pathTo("browse", locale, {}, { genre: "book" })}>{words.allBooks(total("book"))}</Link>
          </div>
          <Shelf works={books} locale={locale} />
        </section>
      )}
      {albums.length > 0 && (
        <section aria-labelledby="albums">
          <div className="shelf-head">
            <h2 id="albums">{words.albums}</h2>
            <Link to={pathTo("browse", locale, {}, { genre: "album" })}>
              {words.allAlbums(total("album"))}
            </Link>
          </div>
          <Shelf works={albums} locale={locale} />
        </section>
      )}
      {coops.length > 0 && (
        <section aria-labelledby="coops">
          <h2 id="coops" className="shelf-title">
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
      )}
    </div>
  );
}
