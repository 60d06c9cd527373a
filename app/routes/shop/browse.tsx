import "#app/styles/shop.css";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData, useSubmit } from "@remix-run/react";
import { Shelf } from "#app/components/work-card.tsx";
import { enter } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { findWorks, mostCounted, newestWorks } from "#domain/catalogue/search-queries.server.ts";
import { type Sort, sorts } from "#domain/catalogue/search-wish.ts";
import { findPeople } from "#domain/catalogue/suggestion-queries.server.ts";
import { language, list, number } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";

type Wish = {
  q: string;
  genre: "book" | "album" | "";
  coop: string;
  langue: string;
  prix: "gratuit" | "";
  sujet: string;
  ordre: Sort | "";
};

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
    sujet: (search.get("sujet") ?? "").replaceAll("\0", "").trim().slice(0, 100),
    ordre: sorts.find((sort) => sort === search.get("ordre")) ?? "",
  };
}

export async function loader(args: LoaderFunctionArgs) {
  const { db, locale, url } = await enter(args);
  const wish = wishOf(url.searchParams);
  const after = url.searchParams.get("apres")?.slice(0, 200);
  const [found, people] = await Promise.all([
    findWorks(db, {
      q: wish.q,
      ...(wish.genre && { kind: wish.genre }),
      ...(wish.coop && { coop: wish.coop }),
      ...(wish.langue && { language: wish.langue }),
      ...(wish.sujet && { subject: wish.sujet }),
      ...(wish.ordre && { sort: wish.ordre }),
      ...(after && { after }),
      free: wish.prix === "gratuit",
      locale,
    }),
    wish.q && !after ? findPeople(db, wish.q) : [],
  ]);
  const newest = found.works.length + found.also.length === 0 ? await newestWorks(db, 3) : [];
  return { wish, later: Boolean(after), newest, people, mostCounted, ...found };
}

const titleOf = (locale: Locale, wish: Wish): string => {
  const { browse } = shopWords(locale);
  return wish.q
    ? browse.searchTitle(wish.q)
    : wish.sujet
      ? browse.subject(wish.sujet)
      : wish.genre
        ? browse.titleOf[wish.genre]
        : browse.title;
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
  const { wish, works, also, people, counts, total, more, free, languages, coops, later, next, ...rest } =
    useLoaderData<typeof loader>();
  const { resembling, unknown, withoutChoices, newest } = rest;
  const locale = useLocale();
  const submit = useSubmit();
  const words = shopWords(locale).browse;
  const toKind = (genre: Wish["genre"]) => pathTo("browse", locale, {}, { ...wish, genre });
  const chosen = Boolean(wish.genre || wish.coop || wish.langue || wish.prix);
  const shown = (n: number) => number(locale, n);
  const most = shown(rest.mostCounted);
  const quoted = list(locale, unknown.map(words.searchTitle));
  const counted = (n: number) => (n > 0 ? ` (${shown(n)})` : "");
  return (
    <div className="page browse">
      <header className="browse-head">
        <h1>{titleOf(locale, wish)}</h1>
        <p className="soft" role="status">
          {more && total >= rest.mostCounted ? words.moreThan(most) : words.results(total, shown(total))}
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
            {label} <span className="kinds-count">{shown(count)}</span>
          </Link>
        ))}
      </nav>
      <details className="wish-box" open={chosen || Boolean(wish.q || wish.ordre)}>
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
          {wish.sujet && <input type="hidden" name="sujet" value={wish.sujet} />}
          <div className="field wish-q">
            <label htmlFor="wish-q">{words.q}</label>
            <input id="wish-q" type="search" name="q" defaultValue={wish.q} autoComplete="off" />
          </div>
          <div className="field">
            <label htmlFor="wish-coop">{words.coop}</label>
            <select id="wish-coop" name="coop" defaultValue={wish.coop}>
              <option value="">{words.allCoops}</option>
              {coops.map(({ slug, name, works: n }) => (
                <option key={slug} value={slug}>
                  {name}
                  {counted(n)}
                </option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor="wish-language">{words.language}</label>
            <select id="wish-language" name="langue" defaultValue={wish.langue}>
              <option value="">{words.allLanguages}</option>
              {languages.map(({ code, works: n }) => (
                <option key={code} value={code}>
                  {language(locale, code)}
                  {counted(n)}
                </option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor="wish-sort">{words.sort}</label>
            <select id="wish-sort" name="ordre" defaultValue={wish.ordre || (wish.q ? "rank" : "newest")}>
              {sorts
                .filter((sort) => wish.q || sort !== "rank")
                .map((sort) => (
                  <option key={sort} value={sort}>
                    {words.sortOf[sort]}
                  </option>
                ))}
            </select>
          </div>
          <label className="choice wish-free">
            <input type="checkbox" name="prix" value="gratuit" defaultChecked={wish.prix === "gratuit"} />
            <span>
              {words.free}
              {counted(free)}
            </span>
          </label>
          <div className="row wish-do">
            <button type="submit" className="button quiet">
              {words.apply}
            </button>
            {(chosen || wish.q || wish.sujet) && <Link to={pathTo("browse", locale)}>{words.clear}</Link>}
          </div>
        </Form>
      </details>
      {wish.sujet && wish.q && (
        <p>
          {words.subject(wish.sujet)} ·{" "}
          <Link to={pathTo("browse", locale, {}, { ...wish, sujet: "" })}>{words.withoutSubject}</Link>
        </p>
      )}
      {more && <p className="soft small">{words.counted(most)}</p>}
      {people.length > 0 && (
        <p className="browse-people">
          <span className="soft">{words.people}</span>{" "}
          {people.map(({ slug, name }, i) => (
            <span key={slug}>
              {i > 0 && " · "}
              <Link to={pathTo("agent", locale, { slug })}>{name}</Link>
            </span>
          ))}
        </p>
      )}
      {resembling && (
        <p className="notice" role="status">
          {words.resembling(wish.q)} {unknown.length > 0 && words.unknown(quoted, true)}
        </p>
      )}
      {works.length > 0 ? (
        <Shelf works={works} locale={locale} eager={6} as="h2" />
      ) : (
        <div className="browse-empty">
          <h2>{words.emptyTitle}</h2>
          <p>{wish.q && withoutChoices === 0 ? words.emptySearch(wish.q) : words.emptyFilters}</p>
          {unknown.length > 0 && <p>{words.unknown(quoted, false)}</p>}
          {withoutChoices > 0 ? (
            <p>
              {words.withoutChoices(withoutChoices, shown(withoutChoices), more)}{" "}
              <Link to={pathTo("browse", locale, {}, { q: wish.q, sujet: wish.sujet })}>
                {words.dropChoices}
              </Link>
            </p>
          ) : (
            <p className="soft">{words.emptyHelp}</p>
          )}
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
      {also.length > 0 && (
        <section aria-labelledby="also" className="browse-newest">
          <h2 id="also">{words.also}</h2>
          <Shelf works={also} locale={locale} />
        </section>
      )}
      {(later || next) && (
        <nav className="paging" aria-label={words.pages}>
          {later && <Link to={pathTo("browse", locale, {}, wish)}>{words.first}</Link>}
          {next && (
            <Link rel="next" to={pathTo("browse", locale, {}, { ...wish, apres: next })}>
              {words.next}
            </Link>
          )}
        </nav>
      )}
    </div>
  );
}
