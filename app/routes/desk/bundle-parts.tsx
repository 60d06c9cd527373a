import { Form, Link } from "@remix-run/react";
import { FormNotice, SelectField, TextArea, TextField } from "#app/components/field.tsx";
import type { FormAnswer } from "#app/http/form.server.ts";
import type { BundleRow } from "#domain/offers/bundle-queries.server.ts";
import { money } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { offersWords } from "#i18n/offers.ts";
import { pathTo } from "#i18n/paths.ts";

const tones = { sold: "good", waiting: "warn", ended: "", unavailable: "bad" } as const;

/** The bundles that there are, with what each waits for. */
export function BundleRows({ bundles, locale }: { bundles: BundleRow[]; locale: Locale }) {
  const words = offersWords(locale).bundle.room;
  return (
    <section aria-labelledby="bundles" className="stack">
      <h2 id="bundles">{words.list}</h2>
      {bundles.length === 0 ? (
        <div className="empty">
          <h3>{words.emptyTitle}</h3>
          <p className="soft">{words.empty}</p>
        </div>
      ) : (
        <ul className="plain-list coupons">
          {bundles.map((bundle) => (
            <li key={bundle.id}>
              <div className="row between baseline">
                <h3>
                  {bundle.title} <span className="soft">{money(locale, bundle.price, bundle.currency)}</span>
                </h3>
                <span className={`tag ${tones[bundle.state]}`}>{words.states[bundle.state]}</span>
              </div>
              <p className="small soft">
                {bundle.works
                  .map(({ title, coopName, agreed }) => (agreed ? title : words.waits(title, coopName)))
                  .join(", ")}
                {" · "}
                {words.soldTimes(bundle.sold)}
              </p>
              {bundle.state !== "ended" && (
                <Form method="post" className="row">
                  <input type="hidden" name="bundle" value={bundle.id} />
                  {bundle.state === "sold" && (
                    <Link className="small" to={pathTo("bundle", locale, { slug: bundle.slug })}>
                      {words.see}
                    </Link>
                  )}
                  {bundle.toAgree && (
                    <button
                      type="submit"
                      name="act"
                      value="agree"
                      className="button small"
                      aria-label={words.agreeOf(bundle.title)}
                    >
                      {words.agree}
                    </button>
                  )}
                  <button
                    type="submit"
                    name="act"
                    value="end"
                    className="link-button small"
                    aria-label={words.endOf(bundle.title)}
                  >
                    {words.end}
                  </button>
                </Form>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** A new one: works of one's own by ticking them, those of others by their address. */
export function BundleForm({
  works,
  owners,
  answer,
  locale,
}: {
  works: { id: string; title: string; price: number }[];
  owners: { id: string; name: string }[];
  answer: FormAnswer | undefined;
  locale: Locale;
}) {
  const all = offersWords(locale);
  const words = all.bundle.room;
  const shared = { locale, answer, autoComplete: "off" } as const;
  return (
    <section aria-labelledby="make" className="card stack">
      <h2 id="make">{words.make}</h2>
      {works.length === 0 ? (
        <p className="soft">{all.coupons.noWorks}</p>
      ) : (
        <Form method="post" className="stack">
          <FormNotice locale={locale} answer={answer} />
          {owners.length === 1 ? (
            <input type="hidden" name="whose" value={owners[0]!.id} />
          ) : (
            <SelectField locale={locale} name="whose" label={words.whose} answer={answer}>
              {owners.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </SelectField>
          )}
          <TextField {...shared} name="title" label={words.name} required maxLength={200} />
          <TextArea locale={locale} answer={answer} name="about" label={words.about} optional rows={3} />
          <TextField {...shared} name="price" label={words.price} required inputMode="decimal" />
          <fieldset>
            <legend>{words.works}</legend>
            <ul className="plain-list coupon-works">
              {works.map(({ id, title, price }) => (
                <li key={id}>
                  <label>
                    <input type="checkbox" name="works[]" value={id} />
                    <span>
                      {title} <span className="soft small">{money(locale, price, "cad")}</span>
                    </span>
                  </label>
                </li>
              ))}
            </ul>
          </fieldset>
          <TextArea
            locale={locale}
            answer={answer}
            name="others"
            label={words.others}
            hint={words.othersHint}
            optional
            rows={3}
          />
          <button type="submit" className="button" name="act" value="make">
            {words.save}
          </button>
        </Form>
      )}
    </section>
  );
}
