import "#app/styles/front.css";
import "#app/styles/shop.css";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { coverAddress } from "#app/components/cover-address.ts";
import { JsonLd } from "#app/components/json-ld.tsx";
import { onShelf } from "#app/components/shown-front.ts";
import { Shelf } from "#app/components/work-card.tsx";
import { enter, missing } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { findCollection } from "#domain/catalogue/collection-queries.server.ts";
import { frontWords } from "#i18n/front.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { collectionJsonLd } from "./json-ld.server.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale } = await enter(args);
  const collection = await findCollection(db, args.params.slug ?? "");
  if (!collection) throw missing();
  const { title, about, coop, works } = collection;
  const other = locale === "fr" ? "en" : "fr";
  const cover = works.find((work) => work.cover)?.cover;
  const tongueOf = (words: typeof title) => (words[locale] || !words[other] ? undefined : other);
  return {
    title: title[locale] ?? title[other] ?? "",
    titleLang: tongueOf(title),
    about: about[locale] ?? about[other] ?? null,
    aboutLang: tongueOf(about),
    coop: { slug: coop.slug, name: coop.name },
    works: works.map(onShelf),
    image: cover ? house.settings.publicUrl + coverAddress(locale, cover) : undefined,
    jsonLd: collectionJsonLd(args.context, collection),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  data
    ? head(localeOf(location.pathname), {
        title: data.title,
        description: data.about ?? undefined,
        image: data.image,
      })
    : [];

/** Works that the staff of a co-op chose, in their order. */
export default function Collection() {
  const { title, titleLang, about, aboutLang, coop, works, jsonLd } = useLoaderData<typeof loader>();
  const locale = useLocale();
  return (
    <div className="page stack stack-loose">
      <JsonLd script={jsonLd} />
      <header className="stack">
        <h1 lang={titleLang}>{title}</h1>
        <p className="soft">
          {frontWords(locale).shop.selectedBy}{" "}
          <Link to={pathTo("coop", locale, { slug: coop.slug })}>{coop.name}</Link>
        </p>
        {about && (
          <div className="prose lead" lang={aboutLang}>
            {about.split(/\n{2,}/).map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </div>
        )}
      </header>
      <Shelf works={works} locale={locale} eager={6} as="h2" />
    </div>
  );
}
