import "#app/styles/shop.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { FormNotice } from "#app/components/field.tsx";
import { Shelf } from "#app/components/work-card.tsx";
import { keepCart, readCart } from "#app/http/cart.server.ts";
import { enter, missing } from "#app/http/door.server.ts";
import { orRefuse, sendBack } from "#app/http/form.server.ts";
import { head } from "#app/http/head.ts";
import { useLocale } from "#app/http/locale.ts";
import { findBundle } from "#domain/offers/bundle-queries.server.ts";
import { putInCart } from "#domain/sales/cart.ts";
import { money } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { offersWords } from "#i18n/offers.ts";
import { pathTo } from "#i18n/paths.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db } = await enter(args);
  const bundle = await findBundle(db, args.params.slug ?? "");
  if (!bundle) throw missing();
  return { bundle };
}

/** All its works into the cart: there, its price takes effect by itself. */
export async function action(args: ActionFunctionArgs) {
  const { db, house, locale } = await enter(args);
  const bundle = await findBundle(db, args.params.slug ?? "");
  if (!bundle) throw missing();
  const kept = await orRefuse(locale, async () => {
    let cart = { lines: await readCart(args.request, house.settings) };
    for (const { id, price } of bundle.works)
      if (!cart.lines.some(({ workId }) => workId === id))
        cart = putInCart(cart, { workId: id, price: price.amount });
    return keepCart(cart.lines, house.settings);
  });
  if (!kept.ok) return sendBack(kept.answer);
  return redirect(pathTo("cart", locale), { status: 303, headers: { "set-cookie": kept.value } });
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  data ? head(localeOf(location.pathname), { title: data.bundle.title, description: data.bundle.about }) : [];

/** Works sold together. */
export default function Bundle() {
  const { bundle } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const words = offersWords(locale).bundle;
  const say = (cents: number) => money(locale, cents, bundle.currency);
  const apart = bundle.works.reduce((all, { price }) => all + price.amount, 0);
  return (
    <div className="page bundle stack stack-loose">
      <header className="stack">
        <h1>{bundle.title}</h1>
        <p className="soft">
          {words.by} <Link to={pathTo("coop", locale, { slug: bundle.coop.slug })}>{bundle.coop.name}</Link>
        </p>
        {bundle.about && <p className="lead">{bundle.about}</p>}
      </header>
      <Form method="post" className="buy bundle-buy">
        <FormNotice locale={locale} answer={answer} />
        <p className="buy-price">
          {say(bundle.price)} <span className="small soft">{words.instead(say(apart))}</span>
        </p>
        <button type="submit" className="button wide">
          {words.add}
        </button>
        <p className="small soft">{words.each}</p>
      </Form>
      <Shelf works={bundle.works} locale={locale} eager={6} as="h2" />
    </div>
  );
}
