import { Form, useSubmit } from "@remix-run/react";
import { type Place, provinces } from "#app/http/place.ts";
import { money, percent } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { offersWords } from "#i18n/offers.ts";
import { shopWords } from "#i18n/shop.ts";

type Priced = {
  currency: string;
  /** After bundles and discount. */
  subtotal: number;
  discount: number;
  bundles: { id: string; title: string; saved: number }[];
  /** Of the coupon that gives it. */
  code: string | null;
  taxes: { code: string; percent: string; amount: number }[];
  total: number;
};

/** What is paid: the works, each tax by its name and rate, the total. */
export function Totals({ priced, locale }: { priced: Priced; locale: Locale }) {
  const words = shopWords(locale).cart;
  const amount = (cents: number) => money(locale, cents, priced.currency);
  return (
    <dl className="totals" aria-live="polite">
      <div>
        <dt>{words.subtotal}</dt>
        <dd>
          {amount(priced.bundles.reduce((all, { saved }) => all + saved, priced.subtotal + priced.discount))}
        </dd>
      </div>
      {priced.bundles.map(({ id, title, saved }) => (
        <div key={id}>
          <dt>{offersWords(locale).bundle.saves(title)}</dt>
          <dd>{`−\u00a0${amount(saved)}`}</dd>
        </div>
      ))}
      {priced.discount > 0 && (
        <div>
          <dt>{offersWords(locale).cart.discount(priced.code)}</dt>
          <dd>{`−\u00a0${amount(priced.discount)}`}</dd>
        </div>
      )}
      {priced.taxes.map((tax) => (
        <div key={`${tax.code} ${tax.percent}`}>
          <dt>{words.tax(tax.code, percent(locale, tax.percent))}</dt>
          <dd>{amount(tax.amount)}</dd>
        </div>
      ))}
      {priced.taxes.length === 0 && priced.subtotal > 0 && (
        <div className="soft small">
          <dt>{words.noTax}</dt>
          <dd />
        </div>
      )}
      <div className="totals-sum">
        <dt>{words.total}</dt>
        <dd>{amount(priced.total)}</dd>
      </div>
    </dl>
  );
}

/** Where the buyer is. A form of its own: without scripts its button brings the taxes up to date, with them the choice itself does. */
export function PlaceChoice({ place, locale }: { place: Place; locale: Locale }) {
  const words = shopWords(locale).cart;
  const submit = useSubmit();
  return (
    <Form
      method="get"
      className="place"
      preventScrollReset
      onChange={(event) => submit(event.currentTarget, { replace: true })}
    >
      <div className="field">
        <label htmlFor="place">{words.place}</label>
        <span className="hint" id="place-hint">
          {words.placeHint}
        </span>
        <select id="place" name="place" defaultValue={place} aria-describedby="place-hint">
          <optgroup label={words.canada}>
            {provinces.map((each) => (
              <option key={each} value={each}>
                {words.places[each]}
              </option>
            ))}
          </optgroup>
          <optgroup label={words.abroad}>
            <option value="FR">{words.places.FR}</option>
            <option value="ZZ">{words.places.ZZ}</option>
          </optgroup>
        </select>
      </div>
      <noscript>
        <button type="submit" className="button quiet small">
          {words.update}
        </button>
      </noscript>
    </Form>
  );
}
