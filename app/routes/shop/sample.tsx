import "#app/styles/shop.css";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { enter } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { movedOrMissing } from "#app/http/moved.server.ts";
import { byline } from "#domain/catalogue/byline.ts";
import { movedWork } from "#domain/catalogue/moved-queries.server.ts";
import { findSamplePage } from "#domain/catalogue/queries.server.ts";
import { readSamplePage } from "#domain/delivery/read-sample-page.server.ts";
import { list } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url, locale } = await enter(args);
  const asked = url.searchParams.get("page");
  const page = asked === null ? null : Math.trunc(Number(asked));
  const slug = args.params.slug ?? "";
  const found =
    page === null || (page > 0 && page < 10_000)
      ? await findSamplePage(db, { slug, page, personId: viewer?.id ?? null })
      : null;
  if (!found)
    throw await movedOrMissing(movedWork(db, { slug }), (to) => pathTo("sample", locale, { slug: to.slug }));
  const { storageKey, ...sample } = found;
  return { ...sample, html: await readSamplePage(house, storageKey) };
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const locale = localeOf(location.pathname);
  return data
    ? head(locale, { title: shopWords(locale).sample.title(data.work.title), hidden: data.position > 1 })
    : [];
};

/** A few pages of a book, set to be read. */
export default function Sample() {
  const { work, html, position, pages, language, direction } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = shopWords(locale).sample;
  const to = (page: number) => pathTo("sample", locale, { slug: work.slug }, { page });
  const back = pathTo("work", locale, { slug: work.slug });
  return (
    <div className="page sample">
      <header className="sample-head">
        <Link to={back}>← {words.back}</Link>
        <h1 lang={work.language ?? undefined}>{work.title}</h1>
        <p className="soft">
          {list(
            locale,
            byline(work.kind, work.credits).map(({ name }) => name),
          )}
        </p>
      </header>
      <article
        className="reading"
        lang={language ?? work.language ?? undefined}
        dir={direction === "rtl" ? "rtl" : undefined}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: cleaned twice, when the sample was made and as it was read
        dangerouslySetInnerHTML={{ __html: html }}
      />
      {position === pages && (
        <aside className="sample-end">
          <p>{words.end}</p>
          <p className="lead">{words.goOn}</p>
          <p className="row">
            <Link className="button" to={back}>
              {words.get}
            </Link>
            {work.sampleEpub && (
              <a className="button quiet" href={pathTo("media", locale, { id: work.sampleEpub })} download>
                {words.download}
              </a>
            )}
          </p>
        </aside>
      )}
      {pages > 1 && (
        <nav className="paging" aria-label={words.nav}>
          {position > 1 && (
            <Link rel="prev" to={to(position - 1)}>
              {words.previous}
            </Link>
          )}
          <span aria-current="page">{words.place(position, pages)}</span>
          {position < pages && (
            <Link rel="next" to={to(position + 1)}>
              {words.next}
            </Link>
          )}
        </nav>
      )}
    </div>
  );
}
