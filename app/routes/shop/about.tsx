import "#app/styles/shop.css";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { ShownFirst } from "#app/components/shown-first.tsx";
import { enter } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { listCoops } from "#domain/catalogue/queries.server.ts";
import { latestCatalogueScore } from "#domain/metadata/score-queries.server.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db } = await enter(args);
  const [coops, measured] = await Promise.all([listCoops(db), latestCatalogueScore(db)]);
  return { coops: coops.map(({ slug, name }) => ({ slug, name })), measured };
}

export const meta: MetaFunction<typeof loader> = ({ location }) => {
  const locale = localeOf(location.pathname);
  const { about } = shopWords(locale);
  return head(locale, { title: about.title, description: about.description });
};

/** What this is, and how money is shared. */
export default function About() {
  const { coops, measured } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = shopWords(locale);
  return (
    <article className="page narrow about">
      <h1>{words.about.title}</h1>
      <p className="lead">{words.about.lead}</p>
      {words.about.sections.map(({ title, text }) => (
        <section key={title}>
          <h2>{title}</h2>
          {text.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </section>
      ))}
      {measured?.shown.some(({ works }) => works > 0) && <ShownFirst measured={measured} locale={locale} />}
      <section>
        <h2>{words.coops.title}</h2>
        <ul className="names plain-list">
          {coops.map(({ slug, name }) => (
            <li key={slug}>
              <Link to={pathTo("coop", locale, { slug })}>{name}</Link>
            </li>
          ))}
        </ul>
      </section>
    </article>
  );
}
