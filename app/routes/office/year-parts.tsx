import { type Amount, settlementCurrency } from "#domain/money/amount.ts";
import { money } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { yearWords } from "#i18n/year.ts";

/** A surplus shared, proposed or posted. */
export type Shown = {
  fromNonMembers: Amount;
  toReserve: Amount;
  unshared: Amount;
  toMembers: Amount;
  parts: { memberId: string; name: string; patronage: Amount; amount: Amount }[];
};

/** Where a surplus goes: the reserve and the members together, then each member. */
export function YearParts({ locale, shown }: { locale: Locale; shown: Shown }) {
  const words = yearWords(locale);
  const cash = (amount: Amount) => money(locale, amount, settlementCurrency);
  const figures = (["fromNonMembers", "toReserve", "unshared", "toMembers"] as const).filter(
    (name) => name === "toMembers" || shown[name] > 0,
  );
  return (
    <>
      <dl className="figures">
        {figures.map((name) => (
          <div className="figure" key={name}>
            <dt>{words[name]}</dt>
            <dd className="year-figure">{cash(shown[name])}</dd>
          </div>
        ))}
      </dl>
      {shown.parts.length === 0 ? (
        <p className="soft">{words.nobody}</p>
      ) : (
        <table className="office-table">
          <thead>
            <tr>
              <th scope="col">{words.member}</th>
              <th scope="col" className="amount">
                {words.patronage}
              </th>
              <th scope="col" className="amount">
                {words.part}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.parts.map((part) => (
              <tr key={part.memberId}>
                <th scope="row">{part.name}</th>
                <td className="amount" data-label={words.patronage}>
                  {cash(part.patronage)}
                </td>
                <td className="amount" data-label={words.part}>
                  {cash(part.amount)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
