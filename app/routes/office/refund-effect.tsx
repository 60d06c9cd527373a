import { settlementCurrency } from "#domain/money/amount.ts";
import type { RefundEffect, TakenFrom } from "#domain/sales/effect-of-refund.server.ts";
import { money } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { moneyBackWords } from "#i18n/office-money-back.ts";

/** What confirming would take from each person and fund, lose, and end; the rows of the first column sum to what goes back. */
export function Effect({ effect, locale }: { effect: RefundEffect; locale: Locale }) {
  const { refund: words } = moneyBackWords(locale);
  const { sale, home } = officeWords(locale);
  const cash = (cents: number) => money(locale, cents, settlementCurrency);
  const nameOf = (from: TakenFrom) => {
    if (from.kind === "pool") return words.pool(from.name);
    return from.fund ? words.fund(from.name, home.fund[from.fund]) : from.name;
  };
  const rows = [
    ...(effect.feeLost > 0 ? [{ name: words.fee, amount: effect.feeLost }] : []),
    ...effect.taxes.map(({ code, amount }) => ({
      name: words.tax(sale.taxes[code] ?? code.toUpperCase()),
      amount,
    })),
  ];
  const someOwe = effect.from.some(({ owes }) => owes > 0);
  return (
    <>
      <p className="soft">{words.effectLead}</p>
      <table className="office-table">
        <thead>
          <tr>
            <th scope="col">{words.who}</th>
            <th scope="col" className="amount">
              {words.taken}
            </th>
            <th scope="col" className="amount">
              {words.reversed}
            </th>
            <th scope="col" className="amount">
              {words.owes}
            </th>
          </tr>
        </thead>
        <tbody>
          {effect.from.map((from) => (
            <tr key={from.account}>
              <th scope="row">{nameOf(from)}</th>
              <td data-label={words.taken} className="amount">
                {cash(from.taken)}
              </td>
              <td data-label={words.reversed} className="amount">
                {from.reversed > 0 ? cash(from.reversed) : "–"}
              </td>
              <td data-label={words.owes} className="amount">
                {from.owes > 0 ? <strong>{cash(from.owes)}</strong> : "–"}
              </td>
            </tr>
          ))}
          {rows.map(({ name, amount }) => (
            <tr key={name} className="soft">
              <th scope="row">{name}</th>
              <td data-label={words.taken} className="amount">
                {cash(amount)}
              </td>
              <td className="wide-only" />
              <td className="wide-only" />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.total}</th>
            <td className="amount">{cash(effect.amount)}</td>
            <td className="wide-only" />
            <td className="wide-only" />
          </tr>
        </tfoot>
      </table>
      {someOwe && <p className="small soft">{words.owesNote}</p>}
      <h3>{words.access}</h3>
      <ul className="plain-list stack stack-tight">
        {effect.lines.map((line) => (
          <li key={line.id}>{line.ends ? words.ends(line.title) : words.stays(line.title)}</li>
        ))}
      </ul>
    </>
  );
}
