import { settlementCurrency } from "#domain/money/amount.ts";
import type { SaleRefund, SaleReversal } from "#domain/transparency/money-back-queries.server.ts";
import { dateTime, money } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { moneyBackWords } from "#i18n/office-money-back.ts";

const mood = { asked: "warn", pending: "warn", succeeded: "good", failed: "bad", refused: "bad" };

/** The refunds of a sale, each with how it stands in words, who asked it and why. `done`: the one just asked. */
export function RefundList({
  refunds,
  split,
  done = null,
  locale,
}: {
  refunds: SaleRefund[];
  split: boolean;
  done?: string | null;
  locale: Locale;
}) {
  const { refunds: words, refund } = moneyBackWords(locale);
  const cash = (cents: number) => money(locale, cents, settlementCurrency);
  const explain = ({ state, refusal }: SaleRefund) => {
    const plain = state === "asked" && !split ? words.explain.askedBeforeSplit : words.explain[state];
    return refusal && state !== "succeeded" ? `${plain} (${words.why[refusal] ?? refusal})` : plain;
  };
  return (
    <section className="stack" aria-labelledby="refunds-title">
      <h2 id="refunds-title">{words.title}</h2>
      <ol className="plain-list refunds">
        {refunds.map((each) => (
          <li key={each.id} id={`r-${each.id}`} className={each.id === done ? "card refund-done" : "card"}>
            <p className="row between baseline">
              <strong>{each.amount === null ? words.all : refund.done(cash(each.amount))}</strong>
              <span className={`tag ${mood[each.state]}`}>{words.states[each.state]}</span>
            </p>
            <p role={each.id === done ? "status" : undefined}>{explain(each)}</p>
            {each.lines.length > 0 && (
              <ul className="plain-list small">
                {each.lines.map((line) => (
                  <li key={line.title} className="row between">
                    <span>{line.title}</span>
                    <span className="amount">{cash(line.amount)}</span>
                  </li>
                ))}
              </ul>
            )}
            <p className="small soft">
              {[
                dateTime(locale, each.askedAt),
                each.askedOf === "stripe" ? words.inDashboard : each.askedBy && words.by(each.askedBy),
              ]
                .filter(Boolean)
                .join(", ")}
            </p>
            {each.reason && <p className="refund-reason">{each.reason}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

const moved = { intended: "warn", done: "good", refused: "bad" };

export function ReversalTable({ reversals, locale }: { reversals: SaleReversal[]; locale: Locale }) {
  const { reversals: words } = moneyBackWords(locale);
  const { columns } = words;
  return (
    <section className="stack stack-tight" aria-labelledby="reversals-title">
      <h2 id="reversals-title">{words.title}</h2>
      <table className="office-table">
        <thead>
          <tr>
            <th scope="col">{columns.from}</th>
            <th scope="col">{columns.state}</th>
            <th scope="col">{columns.at}</th>
            <th scope="col">{columns.stripe}</th>
            <th scope="col" className="amount">
              {columns.amount}
            </th>
          </tr>
        </thead>
        <tbody>
          {reversals.map((each) => (
            <tr key={each.id}>
              <th scope="row">{each.name}</th>
              <td data-label={columns.state}>
                <span className={`tag ${moved[each.state]}`}>{words.states[each.state]}</span>{" "}
                <span className="soft small">
                  {[
                    each.state === "refused" ? words.owed : "",
                    each.disputed ? words.afterDispute : "",
                    each.refusal ?? "",
                  ]
                    .filter(Boolean)
                    .join(", ")}
                </span>
              </td>
              <td data-label={columns.at}>{dateTime(locale, each.stateAt)}</td>
              <td data-label={columns.stripe} className="breakable small">
                {each.stripeReversal ?? "—"}
              </td>
              <td data-label={columns.amount} className="amount">
                {money(locale, each.amount, settlementCurrency)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
