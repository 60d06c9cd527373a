import "#app/styles/shop.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { FormNotice, TextField } from "#app/components/field.tsx";
import { GiftChoice } from "#app/components/gift-choice.tsx";
import { PlaceChoice, Totals } from "#app/components/totals.tsx";
import { readCart } from "#app/http/cart.server.ts";
import { readCoupon } from "#app/http/cart-coupon.server.ts";
import { dayOf } from "#app/http/day.ts";
import { enter } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { giftErrors, giftFields, giftOf } from "#app/http/gift-form.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { freshSeed, idOnce, seedField } from "#app/http/once.server.ts";
import { pace } from "#app/http/pace.server.ts";
import { placeOf, places } from "#app/http/place.ts";
import { accessOf } from "#domain/sales/access-link.ts";
import { claimFree } from "#domain/sales/claim-free.server.ts";
import { openSale } from "#domain/sales/open-sale.server.ts";
import { priceCartNow } from "#domain/sales/price-cart.server.ts";
import { money, percent } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { refusalWords } from "#i18n/refusals.ts";
import { shopWords } from "#i18n/shop.ts";
import { termsAt } from "#i18n/terms.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, locale, url } = await enter(args);
  const lines = await readCart(args.request, house.settings);
  const coupon = await readCoupon(args.request, house.settings);
  if (lines.length === 0) throw redirect(pathTo("cart", locale));
  const place = placeOf(args.request);
  const priced = await priceCartNow(db, house, { lines, place, coupon, at: house.clock.now() });
  const [trouble] = priced.troubles;
  const { currency, subtotal, discount, bundles, taxes, total } = priced;
  return {
    lines: priced.lines.map(({ work, unitPrice, quantity }) => ({
      id: work.id,
      title: work.title,
      coop: work.coopName,
      amount: unitPrice * quantity,
    })),
    priced: { currency, subtotal, discount, bundles, code: priced.coupon?.code ?? null, taxes, total },
    trouble: trouble ? refusalWords(locale, trouble.code, { title: trouble.title ?? "" }) : null,
    place,
    email: viewer?.email ?? "",
    seed: freshSeed(),
    today: dayOf(house.clock.now()),
    terms: termsAt(locale, house.clock.now()),
    cancelled: url.searchParams.has("annule"),
  };
}

/** The bundles whose price was shown: one that ended meanwhile is told, not charged. */
const bundlesField = z
  .string()
  .max(4000)
  .default("")
  .transform((said) => said.split(" ").filter((id) => z.uuid().safeParse(id).success));

const order = z.object({
  email: z.email("email").max(254),
  place: z.enum(places),
  seed: seedField,
  ...giftFields,
  bundles: bundlesField,
});

/** Opens the sale and sends the buyer to the payment page; a cart of 0 is claimed at once. */
export async function action(args: ActionFunctionArgs) {
  const { db, house, viewer, locale } = await enter(args);
  const form = await readForm(args.request, order);
  if (!form.ok) return sendBack(form.answer);
  const { place, seed } = form.value;
  const errors = giftErrors(form.value);
  if (errors) return sendBack({ errors, values: typed(form.value) });
  const gift = giftOf(form.value);
  const email = form.value.email.toLowerCase();
  const { settings } = house;
  const [lines, coupon] = await Promise.all([
    readCart(args.request, settings),
    readCoupon(args.request, settings),
  ]);
  const asked = {
    saleId: idOnce(seed, [email, place, lines, coupon, gift]),
    email,
    // What is bought for another address is that address's own.
    personId: viewer?.email === email ? viewer.id : null,
    locale,
    place: place === "ZZ" ? null : place,
    lines,
    coupon,
    gift,
    bundleIds: form.value.bundles,
  };
  const thanks = (saleId: string) =>
    pathTo("thanks", locale, { access: accessOf(settings.sessionSecret, saleId) });
  const { total } = await priceCartNow(db, house, { lines, place, coupon, at: house.clock.now() });
  const opened = await orRefuse(locale, async () => {
    pace(args.context, "order");
    return total === 0 && lines.length > 0
      ? thanks((await claimFree(db, house, asked)).saleId)
      : (
          await openSale(db, house, {
            ...asked,
            urls: (saleId) => ({
              successUrl: settings.publicUrl + thanks(saleId),
              cancelUrl: settings.publicUrl + pathTo("checkout", locale, {}, { place, annule: 1 }),
            }),
            words: wordsOnStripe(locale),
          })
        ).url;
  });
  if (!opened.ok) return sendBack({ ...opened.answer, values: typed(form.value) });
  return redirect(opened.value, 303);
}

/** What was typed, for the form to keep. */
const typed = ({
  seed: _,
  place: __,
  bundles: ___,
  ...said
}: z.output<typeof order>): Record<string, string> =>
  Object.fromEntries(Object.entries(said).map(([name, value]) => [name, value ?? ""]));

const wordsOnStripe = (locale: Locale) => ({
  line: (title: string, quantity: number) => (quantity === 1 ? title : `${title} × ${quantity}`),
  tax: (code: string, rate: string) => shopWords(locale).cart.tax(code, percent(locale, rate)),
});

export const meta: MetaFunction<typeof loader> = ({ location }) => {
  const locale = localeOf(location.pathname);
  return head(locale, { title: shopWords(locale).checkout.title, hidden: true });
};

/** An address, a place, one button. */
export default function Checkout() {
  const { lines, priced, trouble, place, email, seed, today, terms, cancelled } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const navigation = useNavigation();
  const locale = useLocale();
  const all = shopWords(locale);
  const words = all.checkout;
  const opening = navigation.formMethod === "POST";
  return (
    <div className="page checkout">
      <h1>{words.title}</h1>
      {cancelled && !answer && (
        <p className="notice" role="status">
          {words.cancelled}
        </p>
      )}
      {trouble && !answer && (
        <p className="notice warn" role="status">
          {trouble} <Link to={pathTo("cart", locale, {}, { place })}>{words.edit}</Link>
        </p>
      )}
      <div className="cart-columns">
        <div className="checkout-form stack">
          <PlaceChoice place={place} locale={locale} />
          <Form method="post" className="stack">
            <FormNotice locale={locale} answer={answer} />
            <input type="hidden" name="place" value={place} />
            <input type="hidden" name="seed" value={seed} />
            <input type="hidden" name="bundles" value={priced.bundles.map(({ id }) => id).join(" ")} />
            <TextField
              locale={locale}
              name="email"
              type="email"
              autoComplete="email"
              required
              label={words.email}
              hint={words.emailHint}
              answer={answer}
              defaultValue={email}
            />
            <GiftChoice locale={locale} today={today} answer={answer} />
            <button type="submit" className="button wide" aria-disabled={opening}>
              {opening ? words.opening : priced.total === 0 ? words.claim : words.pay}
            </button>
            {priced.total > 0 && <p className="small soft">{words.secure}</p>}
            {priced.total > 0 && terms.length > 0 && <p className="small soft">{terms.join(" ")}</p>}
          </Form>
        </div>
        <section aria-labelledby="summary" className="cart-sum card">
          <h2 id="summary">{words.summary}</h2>
          <ul className="checkout-lines plain-list">
            {lines.map((line) => (
              <li key={line.id}>
                <span>
                  {line.title}
                  <span className="small soft"> {line.coop}</span>
                </span>
                <span className="amount">{money(locale, line.amount, priced.currency)}</span>
              </li>
            ))}
          </ul>
          <Totals priced={priced} locale={locale} />
          <Link className="small" to={pathTo("cart", locale, {}, { place })}>
            {words.edit}
          </Link>
        </section>
      </div>
    </div>
  );
}
