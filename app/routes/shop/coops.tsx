import "#app/styles/shop.css";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { CoopPanel } from "#app/components/coop-panel.tsx";
import { onPanel } from "#app/components/shown-front.ts";
import { enter } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { listCoops } from "#domain/catalogue/queries.server.ts";
import { localeOf } from "#i18n/locale.ts";
import { shopWords } from "#i18n/shop.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, locale } = await enter(args);
  const coops = await listCoops(db);
  return { coops: coops.map((coop) => onPanel(coop, locale)) };
}

export const meta: MetaFunction<typeof loader> = ({ location }) => {
  const locale = localeOf(location.pathname);
  const { coops } = shopWords(locale);
  return head(locale, { title: coops.title, description: coops.lead });
};

/** Who keeps the shop. */
export default function Coops() {
  const { coops } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = shopWords(locale).coops;
  return (
    <div className="page stack stack-loose">
      <header className="stack">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </header>
      <ul className="coop-panels plain-list">
        {coops.map((coop) => (
          <li key={coop.slug}>
            <CoopPanel coop={coop} locale={locale} as="h2" />
          </li>
        ))}
      </ul>
    </div>
  );
}
