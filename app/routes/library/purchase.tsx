import "#app/styles/shop.css";
import "#app/styles/library.css";
import { type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { GiftGiven } from "#app/components/gift-given.tsx";
import { HeldWorks } from "#app/components/held-works.tsx";
import { Receipt } from "#app/components/receipt.tsx";
import { Refunded } from "#app/components/refunded.tsx";
import { enter, missing } from "#app/http/door.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { shownGift } from "#app/http/shown-gift.ts";
import { findHeldOfSale } from "#domain/library/queries.server.ts";
import { saleOfAccess } from "#domain/sales/access-link.ts";
import { findGift, giftOfSale } from "#domain/sales/gift-queries.server.ts";
import { readSale } from "#domain/sales/queries.server.ts";
import { refundsOfPurchase } from "#domain/sales/refund-queries.server.ts";
import { libraryWords } from "#i18n/library.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale } = await enter(args);
  const access = args.params.access ?? "";
  const saleId = saleOfAccess(house.settings.sessionSecret, access);
  if (!saleId) throw missing();
  const [sale, held, refunds, gift] = await Promise.all([
    readSale(db, saleId),
    findHeldOfSale(db, saleId),
    refundsOfPurchase(db, saleId),
    giftOfSale(db, saleId),
  ]);
  // The link of a gift opens the gift.
  if (!sale && (await findGift(db, saleId))) throw redirect(pathTo("gift", locale, { access }));
  if (!sale || sale.state === "expired") throw missing();
  // Not paid yet, as far as we know: the page of thanks asks.
  if (sale.state === "open") throw redirect(pathTo("thanks", locale, { access }));
  return { sale, held, refunds, access, gift: gift && shownGift(args.context, gift) };
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const locale = localeOf(location.pathname);
  const words = libraryWords(locale).purchase;
  return head(locale, { title: data ? words.title(String(data.sale.number)) : words.receipt, hidden: true });
};

/** What the link in the receipt opens: the files and the receipt, without an account. */
export default function Purchase() {
  const { sale, held, refunds, access, gift } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = libraryWords(locale).purchase;
  return (
    <div className="page purchase">
      <header className="stack">
        <h1>{words.title(String(sale.number))}</h1>
        <p className="soft">{words.keep}</p>
      </header>
      {gift ? (
        <GiftGiven gift={gift} locale={locale} />
      ) : (
        <section aria-labelledby="files" className="stack">
          <h2 id="files">{words.files}</h2>
          {held.filter(({ endedAt }) => endedAt === null).length > 1 && (
            <p>
              <Link className="button quiet" to={pathTo("purchaseParcel", locale, { access })}>
                {libraryWords(locale).parcel.openAll}
              </Link>
            </p>
          )}
          <HeldWorks held={held} locale={locale} access={access} />
        </section>
      )}
      {refunds.length > 0 && <Refunded refunds={refunds} currency={sale.currency} locale={locale} />}
      <Receipt sale={sale} locale={locale} pdf={pathTo("receiptPdf", locale, { access })} />
    </div>
  );
}
