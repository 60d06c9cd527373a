import "#app/styles/shop.css";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { CartCoupon } from "#app/components/cart-coupon.tsx";
import { CartLine } from "#app/components/cart-line.tsx";
import { FormNotice } from "#app/components/field.tsx";
import { PlaceChoice, Totals } from "#app/components/totals.tsx";
import { readAmount, typedAmount } from "#app/http/amount.ts";
import { keepCart, readCart } from "#app/http/cart.server.ts";
import { keepCoupon, readCoupon } from "#app/http/cart-coupon.server.ts";
import { enter } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { placeOf } from "#app/http/place.ts";
import { cardsOf } from "#domain/catalogue/search-queries.server.ts";
import { putInCart, takeFromCart } from "#domain/sales/cart.ts";
import { priceCartNow } from "#domain/sales/price-cart.server.ts";
import { followingWords } from "#i18n/following.ts";
import { money } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { offersWords } from "#i18n/offers.ts";
import { pathTo } from "#i18n/paths.ts";
import { refusalWords } from "#i18n/refusals.ts";
import { shopWords } from "#i18n/shop.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale } = await enter(args);
  const [lines, coupon] = await Promise.all([
    readCart(args.request, house.settings),
    readCoupon(args.request, house.settings),
  ]);
  const place = placeOf(args.request);
  const [priced, cards] = await Promise.all([
    priceCartNow(db, house, { lines, place, coupon, at: house.clock.now() }),
    cardsOf(
      db,
      lines.map(({ workId }) => workId),
    ),
  ]);
  const shown = priced.lines.map(({ work, unitPrice, shown, quantity }) => ({
    id: work.id,
    slug: work.slug,
    title: work.title,
    kind: work.kind,
    coop: work.coopName,
    open: work.priceKind === "open",
    floor: work.price,
    currency: work.currency,
    unitPrice,
    quantity,
    // Before the coupon, which has a row of its own.
    amount: unitPrice * quantity,
    was: shown,
    troubled: priced.troubles.some(
      ({ code, title }) => code === "price_below_minimum" && title === work.title,
    ),
    card: cards.find(({ id }) => id === work.id) ?? null,
  }));
  // A work that left the shop leaves the cart, and the page says so once.
  const gone = lines.length - priced.lines.length;
  const headers = new Headers();
  if (gone > 0) {
    const kept = lines.filter(({ workId }) => priced.lines.some(({ work }) => work.id === workId));
    headers.set("set-cookie", await keepCart(kept, house.settings));
  }
  const { currency, subtotal, discount, bundles, taxes, total } = priced;
  // On an empty cart a code is neither good nor bad.
  const trouble = lines.length > 0 && priced.troubles.find(({ code }) => code.startsWith("coupon_"));
  return data(
    {
      lines: shown,
      gone,
      place,
      coupon:
        coupon === null
          ? null
          : { code: coupon, trouble: trouble ? refusalWords(locale, trouble.code) : null },
      priced: { currency, subtotal, discount, bundles, code: priced.coupon?.code ?? null, taxes, total },
    },
    { headers },
  );
}

const change = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("remove"), work: z.uuid() }),
  z.object({ intent: z.literal("price"), work: z.uuid(), price: typedAmount }),
  z.object({ intent: z.literal("accept") }),
  z.object({ intent: z.literal("coupon"), code: z.string().trim().min(1, "required").max(60, "tooLong") }),
  z.object({ intent: z.literal("no-coupon") }),
]);

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, url } = await enter(args);
  const form = await readForm(args.request, change);
  if (!form.ok) return sendBack(form.answer);
  const wish = form.value;
  const lines = await readCart(args.request, house.settings);
  let named: number | null = null;
  if (wish.intent === "price") {
    // In the currency of the work, which only its row knows.
    const now = await priceCartNow(db, house, { lines, at: house.clock.now() });
    const currency = now.lines.find(({ work }) => work.id === wish.work)?.work.currency;
    named = readAmount(wish.price, currency);
    if (named === null)
      return sendBack({ errors: { price: "money" }, values: { work: wish.work, price: wish.price } });
  }
  const keep = (left: typeof lines) => keepCart(left, house.settings);
  const kept = await orRefuse(locale, async () => {
    if (wish.intent === "coupon") return keepCoupon(wish.code, house.settings);
    if (wish.intent === "no-coupon") return keepCoupon(null, house.settings);
    if (wish.intent === "remove") return keep(takeFromCart({ lines }, wish.work).lines);
    if (wish.intent === "price" && named !== null)
      return keep(putInCart({ lines }, { workId: wish.work, price: named }).lines);
    const now = await priceCartNow(db, house, { lines, at: house.clock.now() });
    return keep(
      now.lines.map(({ work, quantity, unitPrice }) => ({ workId: work.id, quantity, price: unitPrice })),
    );
  });
  if (!kept.ok) return sendBack(kept.answer);
  const place = url.searchParams.get("place");
  return redirect(pathTo("cart", locale, {}, { place }), {
    status: 303,
    headers: { "set-cookie": kept.value },
  });
}

export const meta: MetaFunction<typeof loader> = ({ location }) => {
  const locale = localeOf(location.pathname);
  return head(locale, { title: shopWords(locale).cart.title, hidden: true });
};

/** What one is about to take, of every co-op together, with the taxes of the place. */
export default function Cart() {
  const { lines, gone, place, coupon, priced } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const words = shopWords(locale).cart;
  const changed = lines.filter(({ was }) => was !== null);
  const coops = [...new Set(lines.map(({ coop }) => coop))];
  return (
    <div className="page cart">
      <h1>{words.title}</h1>
      <FormNotice locale={locale} answer={answer} />
      {gone > 0 && (
        <p className="notice warn" role="status">
          {words.withdrawn(gone)}
        </p>
      )}
      {changed.length > 0 && (
        <div className="notice warn stack stack-tight" role="status">
          <p>
            <strong>{words.changed}</strong>
          </p>
          {changed.map((line) => (
            <p key={line.id}>
              {words.wasNow(
                line.title,
                money(locale, line.was ?? 0, line.currency),
                money(locale, line.unitPrice, line.currency),
              )}
            </p>
          ))}
          <Form method="post">
            <button className="button small quiet" name="intent" value="accept" type="submit">
              {words.accept}
            </button>
          </Form>
        </div>
      )}
      {lines.length === 0 ? (
        <div className="cart-empty stack">
          <p className="lead">{words.empty}</p>
          <p className="soft">{words.emptyHelp}</p>
          <p className="row">
            <Link to={pathTo("wishes", locale)}>{followingWords(locale).wishes.title}</Link>
            <Link to={pathTo("code", locale)}>{offersWords(locale).code.title}</Link>
          </p>
          <p>
            <Link className="button" to={pathTo("browse", locale)}>
              {words.browse}
            </Link>
          </p>
        </div>
      ) : (
        <div className="cart-columns">
          <section aria-label={words.works} className="cart-lines">
            {coops.map((coop) => (
              <div key={coop}>
                <h2>{coop}</h2>
                <ul className="plain-list">
                  {lines
                    .filter((line) => line.coop === coop)
                    .map((line) => (
                      <CartLine key={line.id} line={line} locale={locale} answer={answer} />
                    ))}
                </ul>
              </div>
            ))}
          </section>
          <section aria-labelledby="totals" className="cart-sum card">
            <h2 id="totals">{words.totals}</h2>
            <PlaceChoice place={place} locale={locale} />
            <CartCoupon coupon={coupon} answer={answer} locale={locale} />
            <Totals priced={priced} locale={locale} />
            <Link className="button wide" to={pathTo("checkout", locale, {}, { place })}>
              {words.checkout}
            </Link>
            <p className="small soft">{coops.length > 1 && words.onePayment}</p>
            <Link className="small" to={pathTo("browse", locale)}>
              {words.goOn}
            </Link>
          </section>
        </div>
      )}
    </div>
  );
}
