import "#app/styles/shop.css";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData, useSubmit } from "@remix-run/react";
import { Shelf } from "#app/components/work-card.tsx";
import { enter } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { findWorks, newestWorks, worksOnAPage } from "#domain/catalogue/search-queries.server.ts";
import { language } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";

type Wish = { q: string; genre: "book" | "album" | ""; coop: string; langue: string; prix: "gratuit" | "" };

/** What the address asks for; anything else in it is as if it were not there. */
function wishOf(search: URLSearchParams): Wish {
  const text = (key: string, pattern: RegExp) => {
    const value = search.get(key)?.trim() ?? "";
    return pattern.test(value) ? value : "";
  };
  const genre = search.get("genre");
  return {
    q: (search.get("q") ?? "").replaceAll("\0", "").trim().slice(0, 200),
    genre: genre === "book" || genre === "album" ? genre : "",
    coop: text("coop", /^[a-z0-9-]{1,80}$/),
    langue: text("langue", /^[a-z]{2,3}$/),
    prix: search.get("prix") === "gratuit" ? "gratuit" : "",
  };
}

export async function loader(args: LoaderFunctionArgs) {
  const { db, locale, url } = await enter(args);
  const wish = wishOf(url.searchParams);
  const asked = Math.min(1000, Math.max(1, Math.trunc(Number(url.searchParams.get("page"))) || 1));
  const found = await findWorks(db, {
    q: wish.q,
    ...(wish.genre && { kind: wish.genre }),
    ...(wish.coop && { coop: wish.coop }),
    ...(wish.langue && { language: wish.langue }),
    free: wish.prix === "gratuit",
    page: asked,
    locale,
  });
  const total = wish.genre ? found.counts[wish.genre] : found.counts.book + found.counts.album;
  const newest = total === 0 ? await newestWorks(db, 3) : [];
  return { wish, page: asked, pages: Math.max(1, Math.ceil(total / worksOnAPage)), total, newest, ...found };
}

const titleOf = (locale: Locale, wish: Wish): string => {
  const { browse } = shopWords(locale);
  return wish.q ? browse.searchTitle(wish.q) : wish.genre ? browse.titleOf[wish.genre] : browse.title;
};

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const locale = localeOf(location.pathname);
  const { browse } = shopWords(locale);
  return head(locale, {
    title: data ? titleOf(locale, data.wish) : browse.title,
    description: browse.description,
    hidden: Boolean(data?.wish.q),
  });
};

/** The shelves, with a wish. */
export default function Browse() {
  const { wish, works, counts, total, resembling, languages, coops, page, pages, newest } =
    useLoaderData<typeof loader>();
  const locale = useLocale();
  const submit = useSubmit();
  const words = shopWords(locale).browse;
  const toKind = (genre: Wish["genre"]) => pathTo("browse", locale, {}, { ...wish, genre });
  const chosen = Boolean(wish.q || wish.coop || wish.langue || wish.prix);
  return (
    <div className="page browse">
      <header className="browse-head">
        <h1>{titleOf(locale, wish)}</h1>
        <p className="soft" role="status">
          {words.results(total)}
        </p>
      </header>
      <nav className="kinds" aria-label={words.kind}>
        {(
          [
            ["", words.allKinds, counts.book + counts.album],
            ["book", words.titleOf.book, counts.book],
            ["album", words.titleOf.album, counts.album],
          ] as const
        ).map(([genre, label, count]) => (
          <Link key={genre} to={toKind(genre)} aria-current={wish.genre === genre ? "true" : undefined}>
            {label} <span className="kinds-count">{count}</span>
          </Link>
        ))}
      </nav>
      <details className="wish-box" open={chosen}>
        <summary>{words.filters}</summary>
        <Form
          method="get"
          className="wish"
          aria-label={words.filters}
          key={JSON.stringify(wish)}
          onChange={(event) => {
            if (event.target instanceof HTMLInputElement && event.target.type === "search") return;
            submit(event.currentTarget, { replace: true });
          }}
        >
          {wish.genre && <input type="hidden" name="genre" value={wish.genre} />}
          <div className="field wish-q">
            <label htmlFor="wish-q">{words.q}</label>
            <input id="wish-q" type="search" name="q" defaultValue={wish.q} autoComplete="off" />
          </div>
          <div className="field">
            <label htmlFor="wish-coop">{words.coop}</label>
            <select id="wish-coop" name="coop" defaultValue={wish.coop}>
              <option value="">{words.allCoops}</option>
              {coops.map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor="wish-language">{words.language}</label>
            <select id="wish-language" name="langue" defaultValue={wish.langue}>
              <option value="">{words.allLanguages}</option>
              {languages.map((code) => (
                <option key={code} value={code}>
                  {language(locale, code)}
                </option>
              ))}
            </select>
          </div>
          <label className="choice wish-free">
            <input type="checkbox" name="prix" value="gratuit" defaultChecked={wish.prix === "gratuit"} />
            {words.free}
          </label>
          <div className="row wish-do">
            <button type="submit" className="button quiet">
              {words.apply}
            </button>
            {chosen && <Link to={pathTo("browse", locale, {}, { genre: wish.genre })}>{words.clear}</Link>}
          </div>
        </Form>
      </details>
      {resembling && (
        <p className="notice" role="status">
          {words.resembling(wish.q)}
        </p>
      )}
      {works.length > 0 ? (
        <Shelf works={works} locale={locale} eager={6} as="h2" />
      ) : (
        <div className="browse-empty">
          <h2>{words.emptyTitle}</h2>
          <p>{wish.q ? words.emptySearch(wish.q) : words.emptyFilters}</p>
          <p className="soft">{words.emptyHelp}</p>
          <p>
            <Link className="button quiet" to={pathTo("browse", locale)}>
              {words.clear}
            </Link>
          </p>
          {newest.length > 0 && (
            <section aria-labelledby="newest" className="browse-newest">
              <h2 id="newest">{words.emptyNewest}</h2>
              <Shelf works={newest} locale={locale} />
            </section>
          )}
        </div>
      )}
      {pages > 1 && (
        <nav className="paging" aria-label={words.pages}>
          {page > 1 && (
            <Link
              rel="prev"
              to={pathTo("browse", locale, {}, { ...wish, page: page - 1 > 1 ? page - 1 : null })}
            >
              {words.previous}
            </Link>
          )}
          <span aria-current="page">{words.pageOf(page, pages)}</span>
          {page < pages && (
            <Link rel="next" to={pathTo("browse", locale, {}, { ...wish, page: page + 1 })}>
              {words.next}
            </Link>
          )}
        </nav>
      )}
    </div>
  );
}
