import { Link } from "@remix-run/react";
import { settlementCurrency } from "#domain/money/amount.ts";
import type { PayeeAct, PayeeTransfer } from "#domain/payouts/payee-queries.server.ts";
import type { AccountState } from "#domain/payouts/queries.server.ts";
import { date, dateTime, money } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { payeeWords } from "#i18n/payees.ts";

export const accountMood: Record<AccountState, string> = {
  none: "",
  to_complete: "warn",
  in_review: "warn",
  active: "good",
  restricted: "bad",
  closed: "bad",
};

const transferMood = { intended: "warn", sent: "good", refused: "", stuck: "bad" } as const;

export function Transfers({
  transfers,
  locale,
  slug,
}: {
  transfers: PayeeTransfer[];
  locale: Locale;
  slug: string;
}) {
  const words = payeeWords(locale).office;
  const { transferColumns: columns } = words;
  const cash = (amount: number) => money(locale, amount, settlementCurrency);
  if (transfers.length === 0) return <p className="soft">{words.noTransfers}</p>;
  return (
    <table className="office-table">
      <thead>
        <tr>
          <th scope="col">{columns.about}</th>
          <th scope="col">{columns.at}</th>
          <th scope="col">{columns.state}</th>
          <th scope="col">{columns.stripe}</th>
          <th scope="col" className="amount">
            {columns.amount}
          </th>
        </tr>
      </thead>
      <tbody>
        {transfers.map((transfer) => (
          <tr key={transfer.id}>
            <th scope="row">
              {transfer.saleId === null ? (
                words.release
              ) : (
                <Link to={pathTo("officeSale", locale, { id: transfer.saleId }, { coop: slug })}>
                  {words.sale(String(transfer.saleNumber))}
                </Link>
              )}
            </th>
            <td data-label={columns.at}>{dateTime(locale, transfer.stateAt)}</td>
            <td data-label={columns.state}>
              <span className={`tag ${transferMood[transfer.state]}`}>
                {words.transferStates[transfer.state]}
              </span>{" "}
              <span className="soft small">
                {[
                  transfer.refusal === null ? "" : (words.refusals[transfer.refusal] ?? transfer.refusal),
                  words.calls(transfer.calls),
                ]
                  .filter(Boolean)
                  .join(", ")}
              </span>
            </td>
            <td data-label={columns.stripe} className="breakable small">
              {transfer.stripeTransfer ?? "—"}
            </td>
            <td data-label={columns.amount} className="amount">
              {cash(transfer.amount)}
              {transfer.reversed > 0 && (
                <span className="soft small">{words.reversed(cash(transfer.reversed))}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What staff did for a payee, who and when, with the words that they left. */
export function Acts({ acts, locale }: { acts: PayeeAct[]; locale: Locale }) {
  const words = payeeWords(locale).office;
  if (acts.length === 0) return <p className="soft">{words.noActs}</p>;
  // A day of the calendar has no hour: noon in UTC is that day everywhere that a co-op of ours may be.
  const day = (on: string) => date(locale, new Date(`${on}T12:00:00Z`));
  return (
    <ul className="plain-list payee-acts">
      {acts.map(({ id, act, words: said, on, amount, by, at }) => (
        <li key={`${id}${act}`}>
          <p>
            <strong>{words.actWords[act]}</strong>
            {amount !== null && <> {money(locale, amount, settlementCurrency)}</>}
            {on !== null && <> {words.noticeOn(day(on))}</>}
          </p>
          {said !== null && <p>{said}</p>}
          <p className="soft small">{words.byOn(by ?? words.house, dateTime(locale, at))}</p>
        </li>
      ))}
    </ul>
  );
}
