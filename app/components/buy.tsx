import { Form, Link, useNavigation } from "@remix-run/react";
import type { FormAnswer } from "#app/http/form.server.ts";
import { followingWords } from "#i18n/following.ts";
import { money, plainMoney } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";
import { FormNotice, TextField } from "./field.tsx";
import { priceWords } from "./price.tsx";

type ForSale = {
  id: string;
  title: string;
  price: { kind: "fixed" | "open"; amount: number; suggested: number | null; currency: string };
};

/** How one takes a work: at its price, at one's own, or for nothing. A plain form, with or without JavaScript. */
export function Buy({
  work,
  inCart,
  email,
  seed,
  answer,
  locale,
}: {
  work: ForSale;
  inCart: { price: number } | null;
  email: string;
  seed: string;
  answer: FormAnswer | undefined;
  locale: Locale;
}) {
  const words = shopWords(locale).work;
  const { price } = work;
  const busy = useNavigation().formMethod === "POST";
  const free = price.kind === "fixed" && price.amount === 0;
  const amount = (cents: number) => money(locale, cents, price.currency);
  if (inCart) {
    return (
      <div className="buy">
        <p role="status" className="buy-in-cart">
          {words.inCart}
        </p>
        <Link className="button wide" to={pathTo("cart", locale)}>
          {words.seeCart}
        </Link>
      </div>
    );
  }
  return (
    <Form method="post" className="buy" preventScrollReset>
      <FormNotice locale={locale} answer={answer} />
      <p className="buy-price">{priceWords(locale, price)}</p>
      {free && (
        <>
          <input type="hidden" name="seed" value={seed} />
          <TextField
            locale={locale}
            name="email"
            type="email"
            autoComplete="email"
            required
            label={words.claimEmail}
            hint={words.claimHint}
            answer={answer}
            defaultValue={email}
          />
        </>
      )}
      {price.kind === "open" && (
        <TextField
          locale={locale}
          name="price"
          inputMode="decimal"
          autoComplete="off"
          required
          label={words.yourPrice}
          hint={
            price.amount === 0
              ? words.priceHintFree(price.suggested === null ? null : amount(price.suggested))
              : words.priceHint(
                  amount(price.amount),
                  price.suggested === null ? null : amount(price.suggested),
                )
          }
          answer={answer}
          defaultValue={plainMoney(locale, price.suggested ?? price.amount, price.currency)}
        />
      )}
      <button
        type="submit"
        className="button wide"
        name="intent"
        value={free ? "claim" : price.kind === "open" ? "name" : "add"}
        aria-disabled={busy}
      >
        {free ? words.claim : words.add}
      </button>
      <p className="small soft">
        {words.noDrm} {!free && words.taxes}
      </p>
      {/* Goes with this very form, to another address: the page has no second one to lay out. */}
      <button
        type="submit"
        className="link-button small"
        formAction={pathTo("wishes", locale)}
        formNoValidate
        name="act"
        value="keep"
      >
        {followingWords(locale).wishes.keep}
      </button>
      <input type="hidden" name="work" value={work.id} />
    </Form>
  );
}
