import "@fontsource-variable/literata/standard.css";
import "@fontsource-variable/literata/standard-italic.css";
import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/parts.css";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunctionArgs,
  useLocation,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import { type ReactNode, useContext } from "react";
import { coopsWhere } from "#domain/people/permissions.ts";
import { frameWords } from "#i18n/frame.ts";
import { localeOf } from "#i18n/locale.ts";
import { twin } from "#i18n/paths.ts";
import { ErrorNote } from "./components/error-note.tsx";
import { FeedLinks } from "./components/feed-links.tsx";
import { Frame, frameOf } from "./components/frame.tsx";
import { JsonLd } from "./components/json-ld.tsx";
import { readCart } from "./http/cart.server.ts";
import { enter } from "./http/door.server.ts";
import { frameChanges } from "./http/frame-changes.ts";
import { NonceContext } from "./http/nonce.ts";
import { sharePicture } from "./http/share-picture.ts";
import { siteJsonLd } from "./routes/shop/json-ld.server.ts";

/** What every page's frame shows: who is there and how many works are in the cart. */
export async function loader(args: LoaderFunctionArgs) {
  const { viewer, house } = await enter(args);
  const cart = await readCart(args.request, house.settings);
  return {
    publicUrl: house.settings.publicUrl,
    outboxUrl: house.settings.demoOutboxUrl ?? null,
    cartCount: cart.length,
    jsonLd: viewer ? null : siteJsonLd(args.context),
    viewer: viewer && {
      email: viewer.email,
      isMember: viewer.members.length > 0,
      isCurator: coopsWhere(viewer, "judgeWorks").length > 0,
      isOfficer: coopsWhere(viewer, "readMoney").length > 0,
    },
  };
}

export const shouldRevalidate = (step: ShouldRevalidateFunctionArgs): boolean => frameChanges(step);

export const meta: MetaFunction = ({ location }) => {
  const words = frameWords(localeOf(location.pathname));
  return [{ title: `${words.siteName} · ${words.tagline}` }];
};

/** The html element stands around pages and errors alike. */
export function Layout({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  const nonce = useContext(NonceContext);
  const locale = localeOf(pathname);
  const other = twin(pathname);
  const root = useRouteLoaderData<typeof loader>("root");
  const matches = useMatches();
  const shape = frameOf(matches);
  const picture = root && sharePicture(matches, root.publicUrl);
  return (
    <html lang={locale === "fr" ? "fr-CA" : "en"}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        {other && root && (
          <>
            <link rel="canonical" href={root.publicUrl + pathname} />
            <link
              rel="alternate"
              hrefLang="fr"
              href={root.publicUrl + (locale === "fr" ? pathname : other)}
            />
            <link
              rel="alternate"
              hrefLang="en"
              href={root.publicUrl + (locale === "en" ? pathname : other)}
            />
            <link
              rel="alternate"
              hrefLang="x-default"
              href={root.publicUrl + (locale === "fr" ? pathname : other)}
            />
          </>
        )}
        {other && root && <meta property="og:url" content={root.publicUrl + pathname} />}
        {other && picture && <meta property="og:image" content={picture} />}
        {root && <FeedLinks locale={locale} />}
        {other && root && <JsonLd script={root.jsonLd} />}
        <Meta />
        <Links />
      </head>
      <body>
        <Frame shape={shape} locale={locale} twin={other} root={root ?? null}>
          {children}
        </Frame>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

export function ErrorBoundary() {
  const error = useRouteError();
  const { pathname } = useLocation();
  const status = isRouteErrorResponse(error) ? error.status : 500;
  return <ErrorNote locale={localeOf(pathname)} status={status} />;
}
