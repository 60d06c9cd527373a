import "#app/styles/shop.css";
import "#app/styles/library.css";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { HeldWorks } from "#app/components/held-works.tsx";
import { enterSignedIn } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { findLibrary } from "#domain/library/queries.server.ts";
import { accessOf } from "#domain/sales/access-link.ts";
import { devicesWords } from "#i18n/devices.ts";
import { followingWords } from "#i18n/following.ts";
import { libraryWords } from "#i18n/library.ts";
import { localeOf } from "#i18n/locale.ts";
import { offersWords } from "#i18n/offers.ts";
import { pathTo } from "#i18n/paths.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer } = await enterSignedIn(args);
  const held = await findLibrary(db, viewer.id);
  return {
    held: held.map((each) => ({ ...each, receipt: accessOf(house.settings.sessionSecret, each.saleId) })),
  };
}

export const meta: MetaFunction<typeof loader> = ({ location }) => {
  const locale = localeOf(location.pathname);
  return head(locale, { title: libraryWords(locale).title, hidden: true });
};

/** Everything that one has, for good. */
export default function Library() {
  const { held } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = libraryWords(locale);
  return (
    <div className="page library">
      <header className="browse-head">
        <h1>{words.title}</h1>
        {held.length > 0 && <p className="soft">{words.count(held.length)}</p>}
        <p>
          <Link to={pathTo("devices", locale)}>{devicesWords(locale).fromLibrary}</Link> ·{" "}
          <Link to={pathTo("wishes", locale)}>{followingWords(locale).wishes.title}</Link> ·{" "}
          <Link to={pathTo("following", locale)}>{followingWords(locale).follow.title}</Link> ·{" "}
          <Link to={pathTo("code", locale)}>{offersWords(locale).code.title}</Link>
        </p>
      </header>
      {held.length > 0 ? (
        <>
          <h2 className="visually-hidden">{words.description}</h2>
          {held.filter(({ endedAt }) => endedAt === null).length > 1 && (
            <p>
              <Link className="button quiet" to={pathTo("libraryParcel", locale)}>
                {words.parcel.openAll}
              </Link>
            </p>
          )}
          <HeldWorks held={held} locale={locale} />
        </>
      ) : (
        <div className="cart-empty stack">
          <p className="lead">{words.empty}</p>
          <p className="soft">{words.emptyHelp}</p>
          <p>
            <Link className="button" to={pathTo("browse", locale)}>
              {words.browse}
            </Link>
          </p>
        </div>
      )}
    </div>
  );
}
