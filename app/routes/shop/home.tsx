import "#app/styles/shop.css";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { FrontSections } from "#app/components/front-sections.tsx";
import { HomeHead } from "#app/components/home-head.tsx";
import { onPanel, onShelf, shownSections } from "#app/components/shown-front.ts";
import { enter } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { shownFront } from "#domain/catalogue/front-queries.server.ts";
import { listCoops } from "#domain/catalogue/queries.server.ts";
import { newestWorks } from "#domain/catalogue/search-queries.server.ts";
import { onTheFrontPage } from "#domain/catalogue/shop-window.ts";
import { localeOf } from "#i18n/locale.ts";
import { shopWords } from "#i18n/shop.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, locale } = await enter(args);
  const [works, coops, sections] = await Promise.all([
    newestWorks(db, onTheFrontPage),
    listCoops(db),
    shownFront(db),
  ]);
  return {
    works: works.map(onShelf),
    coops: coops.map((coop) => onPanel(coop, locale)),
    sections: shownSections(sections, locale),
  };
}

export const meta: MetaFunction<typeof loader> = ({ location }) => {
  const locale = localeOf(location.pathname);
  const words = shopWords(locale).home;
  return head(locale, { title: words.title, description: words.description });
};

/** The shop window. */
export default function Home() {
  const { works, coops, sections } = useLoaderData<typeof loader>();
  const locale = useLocale();
  return (
    <div className="page home">
      <HomeHead coops={coops} locale={locale} />
      {works.length === 0 && <p className="empty">{shopWords(locale).home.empty}</p>}
      <FrontSections sections={sections} works={works} coops={coops} locale={locale} />
    </div>
  );
}
