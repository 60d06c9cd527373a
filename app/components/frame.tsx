import { Form, Link, NavLink, useLocation, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { frameWords } from "#i18n/frame.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { Dock } from "./player/dock.tsx";
import { SearchBox } from "./search-box.tsx";

export type FrameData = {
  cartCount: number;
  outboxUrl: string | null;
  viewer: { email: string; isMember: boolean; isCurator: boolean; isOfficer: boolean } | null;
};

/** What a page says by its `handle`: the whole frame unless it asks for none (a book is read) or for the player alone (on other sites). */
type FrameShape = "whole" | "none" | "player";

export const frameOf = (matches: readonly { handle?: unknown }[]): FrameShape =>
  matches
    .map(({ handle }) => (handle as { frame?: FrameShape } | undefined)?.frame)
    .find((frame) => frame !== undefined) ?? "whole";

/** The shopfront around every page: masthead, search, foot. Works without JavaScript. */
export function Frame({
  shape,
  locale,
  twin,
  root,
  children,
}: {
  shape: FrameShape;
  locale: Locale;
  twin: string | null;
  root: FrameData | null;
  children: ReactNode;
}) {
  const words = frameWords(locale);
  const { nav } = words;
  const viewer = root?.viewer ?? null;
  const busy = useNavigation().state !== "idle";
  const here = useLocation();
  const browsing =
    here.pathname === pathTo("browse", locale) ? new URLSearchParams(here.search).get("genre") : null;
  if (shape !== "whole")
    return (
      <>
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        {shape === "player" && <Dock locale={locale} away />}
      </>
    );
  return (
    <>
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <div className="busy" data-busy={busy || undefined} aria-hidden="true" />
      <header className="masthead">
        <div className="masthead-row">
          <Link className="wordmark" to={pathTo("home", locale)} prefetch="intent">
            <span className="wordmark-name">ventes</span>
            <span className="wordmark-dot">.coop</span>
          </Link>
          <SearchBox locale={locale} />
          <nav className="masthead-nav" aria-label={nav.label}>
            <Link
              to={pathTo("browse", locale, {}, { genre: "book" })}
              aria-current={browsing === "book" ? "page" : undefined}
              prefetch="intent"
            >
              {nav.books}
            </Link>
            <Link
              to={pathTo("browse", locale, {}, { genre: "album" })}
              aria-current={browsing === "album" ? "page" : undefined}
              prefetch="intent"
            >
              {nav.albums}
            </Link>
            <NavLink to={pathTo("coops", locale)} prefetch="intent">
              {nav.coops}
            </NavLink>
          </nav>
          <div className="masthead-own">
            <Link className="cart-link" to={pathTo("cart", locale)}>
              {nav.cart}
              {root && root.cartCount > 0 && (
                <span className="count" aria-hidden="true">
                  {root.cartCount}
                </span>
              )}
              <span className="visually-hidden">, {nav.cartCount(root?.cartCount ?? 0)}</span>
            </Link>
            {viewer ? (
              <Link to={pathTo("library", locale)}>{nav.library}</Link>
            ) : (
              <Link to={pathTo("signIn", locale)}>{nav.signIn}</Link>
            )}
            {twin && (
              <a href={twin} hrefLang={locale === "fr" ? "en" : "fr"} lang={locale === "fr" ? "en" : "fr"}>
                {words.otherLanguage}
              </a>
            )}
          </div>
        </div>
        {viewer && (viewer.isMember || viewer.isCurator || viewer.isOfficer) && (
          <nav className="masthead-rooms" aria-label={nav.menu}>
            {viewer.isMember && <NavLink to={pathTo("studio", locale)}>{nav.studio}</NavLink>}
            {viewer.isCurator && <NavLink to={pathTo("desk", locale)}>{nav.desk}</NavLink>}
            {viewer.isOfficer && <NavLink to={pathTo("office", locale)}>{nav.office}</NavLink>}
          </nav>
        )}
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <footer className="foot">
        <div className="foot-row">
          <p className="foot-promise">{words.foot.promise}</p>
          <ul className="foot-links">
            <li>
              <Link to={pathTo("about", locale)}>{nav.about}</Link>
            </li>
            <li>
              <Link to={pathTo("coops", locale)}>{nav.coops}</Link>
            </li>
            {root?.outboxUrl && (
              <li>
                <a href={root.outboxUrl}>{words.foot.outbox}</a>
              </li>
            )}
            {viewer && (
              <li>
                <Link to={pathTo("account", locale)}>{nav.account}</Link>
              </li>
            )}
            {viewer && (
              <li>
                <Form method="post" action={pathTo("signOut", locale)}>
                  <button type="submit" className="link-button">
                    {nav.signOut} ({viewer.email})
                  </button>
                </Form>
              </li>
            )}
          </ul>
          <p className="foot-free">{words.foot.free}</p>
        </div>
      </footer>
      <Dock locale={locale} />
    </>
  );
}
