import "#app/styles/shop.css";
import "#app/styles/library.css";
import { type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useLoaderData, useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { GiftGiven } from "#app/components/gift-given.tsx";
import { HeldWorks } from "#app/components/held-works.tsx";
import { Receipt } from "#app/components/receipt.tsx";
import { keepCart, readCart } from "#app/http/cart.server.ts";
import { keepCoupon } from "#app/http/cart-coupon.server.ts";
import { enter, missing } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { shownGift } from "#app/http/shown-gift.ts";
import { findHeldOfSale } from "#domain/library/queries.server.ts";
import { saleOfAccess } from "#domain/sales/access-link.ts";
import { giftOfSale } from "#domain/sales/gift-queries.server.ts";
import { readSale } from "#domain/sales/queries.server.ts";
import { settleSale } from "#domain/sales/settle-sale.server.ts";
import { libraryWords } from "#i18n/library.ts";
import { localeOf } from "#i18n/locale.ts";
import { offersWords } from "#i18n/offers.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";

/**
 * Where Stripe sends the buyer back. The payment is asked after here as well as by the event: whichever comes first settles the
 * sale, the other finds it settled. What was bought leaves the cart.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, url } = await enter(args);
  const access = args.params.access ?? "";
  const saleId = saleOfAccess(house.settings.sessionSecret, access);
  if (!saleId) throw missing();
  const state = await settleSale(db, house, { saleId }).catch((error: unknown) => {
    // Stripe does not answer just now: the event or the sweep will settle it, and this page asks again.
    if (error instanceof Error && error.name === "StripeFailure") return "open" as const;
    throw error;
  });
  if (state === null) throw missing();
  if (state === "open" || state === "expired") return { state, access, sale: null, held: [], gift: null };
  const [sale, held, gift, cart] = await Promise.all([
    readSale(db, saleId),
    findHeldOfSale(db, saleId),
    giftOfSale(db, saleId),
    readCart(args.request, house.settings),
  ]);
  if (!sale) throw missing();
  const left = cart.filter(({ workId }) => !sale.lines.some((line) => line.workId === workId));
  if (left.length < cart.length) {
    const headers = new Headers({ "set-cookie": await keepCart(left, house.settings) });
    headers.append("set-cookie", await keepCoupon(null, house.settings));
    throw redirect(url.pathname + url.search, { status: 303, headers });
  }
  return { state, access, sale, held, gift: gift && shownGift(args.context, gift) };
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const locale = localeOf(location.pathname);
  const words = shopWords(locale).thanks;
  const title =
    data?.state === "open"
      ? words.waitingTitle
      : data?.state === "expired"
        ? words.expiredTitle
        : words.title;
  return head(locale, { title, hidden: true });
};

export default function Thanks() {
  const found = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = shopWords(locale).thanks;
  const gifts = offersWords(locale).gift;
  const { sale, held, access, state, gift } = found;
  // The exact card fee comes a moment after the payment, and with it where each dollar went.
  useAskAgain(state === "open" || (sale?.state === "paid" && sale.splitAt === null));
  if (!sale) return <Waiting state={state} />;
  return (
    <div className="page thanks">
      <header className="stack">
        <h1>{gift ? gifts.thanks : state === "claimed" ? words.titleFree : words.title}</h1>
        <p className="lead">{gift ? gifts.receiptTo(sale.email) : words.lead(sale.email)}</p>
        <p className="soft">
          {words.keep} <Link to={pathTo("purchase", locale, { access })}>{words.keepLink}</Link>
        </p>
      </header>
      {gift ? (
        <GiftGiven gift={gift} locale={locale} />
      ) : (
        <section aria-labelledby="files" className="stack">
          <h2 id="files">{libraryWords(locale).purchase.files}</h2>
          <HeldWorks held={held} locale={locale} access={access} />
        </section>
      )}
      <Receipt sale={sale} locale={locale} />
    </div>
  );
}

/** Asks the server again every two seconds, for three minutes at most, while something is awaited. */
function useAskAgain(awaiting: boolean) {
  const { revalidate } = useRevalidator();
  const asked = useRef(0);
  useEffect(() => {
    if (!awaiting) return;
    const timer = setInterval(() => {
      asked.current += 1;
      if (asked.current > 90) clearInterval(timer);
      else revalidate();
    }, 2_000);
    return () => clearInterval(timer);
  }, [awaiting, revalidate]);
}

/** Without scripts, the page reloads itself. */
function Waiting({ state }: { state: string }) {
  const locale = useLocale();
  const words = shopWords(locale).thanks;
  return (
    <div className="page narrow stack thanks-waiting" role="status">
      {state === "open" ? (
        <>
          <noscript>
            <meta httpEquiv="refresh" content="4" />
          </noscript>
          <h1>{words.waitingTitle}</h1>
          <p className="lead">{words.waiting}</p>
          <div className="waiting-bar" aria-hidden="true" />
          <p className="soft">{words.waitingHelp}</p>
        </>
      ) : (
        <>
          <h1>{words.expiredTitle}</h1>
          <p className="lead">{words.expired}</p>
          <p>
            <Link className="button" to={pathTo("cart", locale)}>
              {words.again}
            </Link>
          </p>
        </>
      )}
    </div>
  );
}
