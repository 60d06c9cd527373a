import { Form } from "@remix-run/react";
import { settlementCurrency } from "#domain/money/amount.ts";
import type { RefundableSale } from "#domain/sales/refund-queries.server.ts";
import { money } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { moneyBackWords } from "#i18n/office-money-back.ts";

/** Which lines and how much: asked by GET, so that the effect has an address and nothing is done yet. */
export function RefundChoice({
  sale,
  positions,
  typed,
  left,
  locale,
}: {
  sale: Pick<RefundableSale, "lines" | "mixed">;
  /** Of the lines chosen. */
  positions: number[];
  typed: string;
  left: number;
  locale: Locale;
}) {
  const { refund: words } = moneyBackWords(locale);
  const cash = (cents: number) => money(locale, cents, settlementCurrency);
  return (
    <Form method="get" className="stack" preventScrollReset key={`${positions.join()} ${typed}`}>
      <h2>{words.choose}</h2>
      <fieldset className="field">
        <legend>{words.lines}</legend>
        {sale.lines.map((line) => (
          <label key={line.id} className="choice">
            <input
              type="checkbox"
              name="ligne"
              value={line.position}
              defaultChecked={positions.includes(line.position)}
              disabled={line.left === 0}
            />
            <span>
              {line.left === 0 ? words.nothingOf(line.title) : words.line(line.title, cash(line.left))}
            </span>
          </label>
        ))}
        {sale.mixed && <span className="hint">{words.own}</span>}
      </fieldset>
      <div className="field refund-amount">
        <label htmlFor="montant">{words.amount}</label>
        <span className="hint" id="montant-hint">
          {left > 0 ? words.amountHint(cash(left)) : words.amountHintNone}
        </span>
        <input
          id="montant"
          name="montant"
          inputMode="decimal"
          autoComplete="off"
          defaultValue={typed}
          aria-describedby="montant-hint"
        />
      </div>
      <button type="submit" className="button quiet">
        {words.show}
      </button>
    </Form>
  );
}
