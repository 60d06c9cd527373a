import { Link } from "@remix-run/react";
import { money } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";

/** Of one price, before the card fee: the makers by name, then the funds; amounts in minor units, summing to `price`. */
export type SharingFigure = {
  price: number;
  currency: string;
  feeBorneBy: "all" | "coop";
  makers: { name: string; amount: number }[];
  funds: { fund: "operating" | "solidarity" | "reserve" | "pool"; amount: number }[];
  /** The buyer may give more than `price`. */
  open: boolean;
};

/** Who gets what of the price, by the rule in force: a sentence, a bar, and the same in figures. */
export function Sharing({
  figure,
  coop,
  locale,
}: {
  figure: SharingFigure;
  coop: { slug: string; name: string };
  locale: Locale;
}) {
  const words = shopWords(locale).work;
  const amount = (cents: number) => money(locale, cents, figure.currency);
  const price = amount(figure.price);
  const makers = figure.makers.reduce((all, each) => all + each.amount, 0);
  const rows = [
    ...figure.makers.map((each, i) => ({ name: each.name, amount: each.amount, tone: `maker-${i % 4}` })),
    ...figure.funds.map((each) => ({
      name: each.fund === "pool" ? words.pool : words.funds[each.fund],
      amount: each.amount,
      tone: each.fund,
    })),
  ].filter((row) => row.amount > 0);
  return (
    <section aria-labelledby="sharing" className="sharing">
      <h2 id="sharing">{words.sharing}</h2>
      <p className="sharing-sentence">{words.sharingSentence(amount(makers), price)}</p>
      <figure>
        <div className="sharing-bar" aria-hidden="true">
          {rows.map((row) => (
            <span key={row.name} className={`tone ${row.tone}`} style={{ flexGrow: row.amount }} />
          ))}
        </div>
        <figcaption className="visually-hidden">{words.sharingOf(price)}</figcaption>
        <ul className="sharing-rows plain-list">
          {rows.map((row) => (
            <li key={row.name}>
              <span className={`tone ${row.tone}`} aria-hidden="true" />
              <span>{row.name}</span>
              <span className="amount">{amount(row.amount)}</span>
            </li>
          ))}
        </ul>
      </figure>
      <p className="small soft">
        {figure.feeBorneBy === "all" ? words.feeAll : words.feeCoop} {figure.open && words.tip}{" "}
        <Link to={`${pathTo("coop", locale, { slug: coop.slug })}#rule`}>{words.ruleLink(coop.name)}</Link>
      </p>
    </section>
  );
}
