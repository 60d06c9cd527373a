import "#app/styles/front.css";
import "#app/styles/shop.css";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { FrontSections } from "#app/components/front-sections.tsx";
import { HomeHead } from "#app/components/home-head.tsx";
import { onPanel, onShelf, shownSections } from "#app/components/shown-front.ts";
import { enterStaff } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { frontToCompose } from "#domain/catalogue/front-queries.server.ts";
import { listCoops } from "#domain/catalogue/queries.server.ts";
import { newestWorks } from "#domain/catalogue/search-queries.server.ts";
import { onTheFrontPage } from "#domain/catalogue/shop-window.ts";
import { frontWords } from "#i18n/front.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, locale } = await enterStaff(args, "composeShop");
  const [works, coops, front] = await Promise.all([
    newestWorks(db, onTheFrontPage),
    listCoops(db),
    frontToCompose(db),
  ]);
  return {
    works: works.map(onShelf),
    coops: coops.map((coop) => onPanel(coop, locale)),
    sections: shownSections(front?.sections ?? [], locale),
  };
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return head(locale, { title: frontWords(locale).front.previewTitle, hidden: true });
};

/** The front page as it would be, for who composes it. */
export default function FrontPreview() {
  const { works, coops, sections } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = frontWords(locale).front;
  return (
    <div className="page home">
      <p className="notice warn preview-note" role="status">
        {words.previewNote} <Link to={pathTo("deskFront", locale)}>{words.back}</Link>
      </p>
      <HomeHead coops={coops} locale={locale} />
      <FrontSections sections={sections} works={works} coops={coops} locale={locale} />
    </div>
  );
}
