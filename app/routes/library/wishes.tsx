import "#app/styles/shop.css";
import "#app/styles/library.css";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { WorkCard } from "#app/components/work-card.tsx";
import { enter } from "#app/http/door.server.ts";
import { readForm, sendBack } from "#app/http/form.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { keepWishCookie, readWishes } from "#app/http/wishes.server.ts";
import { cardsOf } from "#domain/catalogue/search-queries.server.ts";
import { dropWish, keepWishes } from "#domain/following/keep-wishes.server.ts";
import { wishesOf } from "#domain/following/wish-queries.server.ts";
import { followingWords } from "#i18n/following.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url } = await enter(args);
  const inCookie = await readWishes(args.request, house.settings);
  const headers = new Headers();
  if (viewer && inCookie.length > 0) {
    // What was wished for before signing in joins the account.
    await keepWishes(db, house, { personId: viewer.id, workIds: inCookie });
    headers.set("set-cookie", await keepWishCookie([], house.settings));
  }
  const ids = viewer ? await wishesOf(db, viewer.id) : inCookie;
  const cards = new Map((await cardsOf(db, ids)).map((card) => [card.id, card]));
  const works = ids.flatMap((id) => cards.get(id) ?? []);
  const kept = works.find(({ id }) => id === url.searchParams.get("gardee"))?.title ?? null;
  return data({ works, gone: ids.length - works.length, signedIn: viewer !== null, kept }, { headers });
}

const form = z.object({ act: z.enum(["keep", "drop"]), work: z.uuid() });

/** Keeps a work for later, or lets it go: in the account of who is signed in, in a cookie otherwise. */
export async function action(args: ActionFunctionArgs) {
  const { db, house, viewer, locale } = await enter(args);
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const { act, work } = given.value;
  const headers = new Headers();
  if (viewer) {
    if (act === "keep") await keepWishes(db, house, { personId: viewer.id, workIds: [work] });
    else await dropWish(db, { personId: viewer.id, workId: work });
  } else {
    const left = (await readWishes(args.request, house.settings)).filter((id) => id !== work);
    headers.set("set-cookie", await keepWishCookie(act === "keep" ? [work, ...left] : left, house.settings));
  }
  const query = act === "keep" ? { gardee: work } : {};
  return redirect(pathTo("wishes", locale, {}, query), { status: 303, headers });
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return head(locale, { title: followingWords(locale).wishes.title, hidden: true });
};

/** What one would like to have one day. */
export default function Wishes() {
  const { works, gone, signedIn, kept } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = followingWords(locale).wishes;
  return (
    <div className="page wishes stack">
      <h1>{words.title}</h1>
      {kept && (
        <p className="notice good" role="status">
          {words.kept(kept)}
        </p>
      )}
      {gone > 0 && <p className="notice">{words.gone(gone)}</p>}
      {works.length === 0 ? (
        <div className="cart-empty stack">
          <p className="lead">{words.empty}</p>
          <p>
            <Link className="button" to={pathTo("browse", locale)}>
              {shopWords(locale).cart.browse}
            </Link>
          </p>
        </div>
      ) : (
        <ul className="wish-list plain-list">
          {works.map((work) => (
            <li key={work.id}>
              <WorkCard work={work} locale={locale} as="h2" />
              <Form method="post" preventScrollReset>
                <input type="hidden" name="work" value={work.id} />
                <button
                  type="submit"
                  name="act"
                  value="drop"
                  className="link-button small"
                  aria-label={words.dropOf(work.title)}
                >
                  {words.drop}
                </button>
              </Form>
            </li>
          ))}
        </ul>
      )}
      {!signedIn && works.length > 0 && (
        <p className="small soft">
          {words.inBrowser}{" "}
          <Link to={pathTo("signIn", locale, {}, { vers: pathTo("wishes", locale) })}>{words.signIn}</Link>
        </p>
      )}
    </div>
  );
}
