import { Form, Link } from "@remix-run/react";
import type { FormAnswer } from "#app/http/form.server.ts";
import { byline } from "#domain/catalogue/byline.ts";
import { list, money, plainMoney } from "#i18n/formats.ts";
import { frameWords } from "#i18n/frame.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";
import { Cover } from "./cover.tsx";
import type { Carded } from "./work-card.tsx";

type Line = {
  id: string;
  slug: string;
  title: string;
  kind: "book" | "album";
  open: boolean;
  floor: number;
  currency: string;
  unitPrice: number;
  amount: number;
  /** The open price is under the floor. */
  troubled: boolean;
  card: Carded | null;
};

/** One work of the cart: leave it, change one's price, or take it out. */
export function CartLine({
  line,
  locale,
  answer,
}: {
  line: Line;
  locale: Locale;
  answer: FormAnswer | undefined;
}) {
  const all = shopWords(locale);
  const words = all.cart;
  const field = `price-${line.id}`;
  const floor = money(locale, line.floor, line.currency);
  const typed = answer?.values?.work === line.id ? answer : undefined;
  const wrong = typed?.errors?.price !== undefined || line.troubled;
  return (
    <li className="cart-line">
      <Link
        to={pathTo("work", locale, { slug: line.slug })}
        className="cart-line-cover"
        tabIndex={-1}
        aria-hidden="true"
      >
        <Cover work={line.card ?? { ...line, cover: null }} locale={locale} sizes="5rem" />
      </Link>
      <div className="cart-line-words">
        <h3>
          <Link to={pathTo("work", locale, { slug: line.slug })}>{line.title}</Link>
        </h3>
        <p className="small soft">
          {line.card &&
            list(
              locale,
              byline(line.kind, line.card.credits)
                .slice(0, 3)
                .map(({ name }) => name),
            )}
        </p>
        <Form method="post" preventScrollReset>
          <input type="hidden" name="work" value={line.id} />
          <button
            type="submit"
            name="intent"
            value="remove"
            className="link-button small"
            aria-label={words.removeOf(line.title)}
          >
            {words.remove}
          </button>
        </Form>
      </div>
      {line.open ? (
        <Form method="post" className="cart-line-price" preventScrollReset>
          <input type="hidden" name="work" value={line.id} />
          <div className="field">
            <label htmlFor={field} className="visually-hidden">
              {words.yourPriceOf(line.title)}
            </label>
            <input
              id={field}
              name="price"
              inputMode="decimal"
              autoComplete="off"
              key={line.unitPrice}
              defaultValue={typed?.values?.price ?? plainMoney(locale, line.unitPrice, line.currency)}
              aria-describedby={`${field}-hint`}
              aria-invalid={wrong || undefined}
            />
            <span id={`${field}-hint`} className={wrong ? "problem" : "hint"}>
              {typed?.errors?.price
                ? String(frameWords(locale).forms[typed.errors.price])
                : line.floor === 0
                  ? all.work.priceHintFree(null)
                  : all.work.priceHint(floor, null)}
            </span>
          </div>
          <button
            type="submit"
            name="intent"
            value="price"
            className="button quiet small"
            aria-label={words.changeOf(line.title)}
          >
            {words.change}
          </button>
        </Form>
      ) : (
        <p className="cart-line-price amount">
          {line.amount === 0 ? all.price.free : money(locale, line.amount, line.currency)}
        </p>
      )}
    </li>
  );
}
