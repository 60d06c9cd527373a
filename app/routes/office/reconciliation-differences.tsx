import { Form, Link } from "@remix-run/react";
import { FormNotice, SelectField, TextArea } from "#app/components/field.tsx";
import type { FormAnswer } from "#app/http/form.server.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { explanations } from "#domain/reconciliation/explanation.ts";
import type { Difference, EntryNamed, ReconciliationShown } from "#domain/reconciliation/queries.server.ts";
import { dateTime, money } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { pathTo } from "#i18n/paths.ts";
import { reconciliationWords } from "#i18n/reconciliation.ts";
import { accountWords } from "./entry-list.tsx";
import { type KeptCoop, officePath } from "./kept-coop.ts";

type Place = { coop: KeptCoop; locale: Locale };

/** What does not agree, each with what Stripe says of it and what was done; then those that were explained. */
export function Differences({
  shown: { open, closed, isTreasurer },
  coop,
  locale,
  explaining,
  answer,
}: Place & {
  shown: ReconciliationShown;
  /** The difference whose form is open. */
  explaining: string | null;
  answer: FormAnswer | undefined;
}) {
  const { differences: words } = reconciliationWords(locale);
  return (
    <section className="stack" aria-labelledby="differences">
      <h2 id="differences">{words.title}</h2>
      {open.length === 0 && (
        <div className="empty">
          <h3>{words.emptyTitle}</h3>
          <p className="soft">{words.empty}</p>
        </div>
      )}
      {open.length > 0 && (
        <ul className="plain-list differences">
          {open.map((each) => (
            <li key={each.id} className="difference">
              <Shown difference={each} coop={coop} locale={locale} />
              {isTreasurer && explaining !== each.id && (
                <Link
                  className="button quiet small"
                  to={`${officePath("officeReconciliation", locale, coop, { ecart: each.id })}#explain`}
                >
                  {words.explain}
                </Link>
              )}
              {isTreasurer && explaining === each.id && (
                <Explain difference={each} locale={locale} answer={answer} />
              )}
            </li>
          ))}
        </ul>
      )}
      {closed.length > 0 && (
        <details>
          <summary>{words.closedTitle}</summary>
          <ul className="plain-list differences">
            {closed.map((each) => (
              <li key={each.id} className="difference">
                <Shown difference={each} coop={coop} locale={locale} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Shown({ difference, coop, locale }: Place & { difference: Difference }) {
  const { differences: words } = reconciliationWords(locale);
  const { movement, entry, payout, closedAt, closedBecause } = difference;
  return (
    <>
      <p className="difference-head">
        <strong>{words.what[difference.kind]}</strong>
        <span className="amount">{money(locale, difference.amount, difference.currency)}</span>
      </p>
      {movement && (
        <p>
          {words.stripeSays(words.types[movement.type] ?? movement.type, movement.description)}{" "}
          <span className="soft small breakable">
            {movement.id}, {dateTime(locale, movement.at)}
          </span>
        </p>
      )}
      {payout && (
        <p>
          <Link to={`${officePath("officeReconciliation", locale, coop, { depot: payout })}#payout`}>
            {payout}
          </Link>
        </p>
      )}
      {entry && (
        <p>
          <EntryLink entry={entry} coop={coop} locale={locale} />
        </p>
      )}
      {closedAt && closedBecause ? (
        <p className="soft small">
          {[words.closed[closedBecause](dateTime(locale, closedAt)), difference.closedBy]
            .filter(Boolean)
            .join(", ")}
        </p>
      ) : (
        <>
          <p>{doneOf(difference, locale)}</p>
          <p className="soft small">{words.since(dateTime(locale, difference.foundAt))}</p>
        </>
      )}
      {difference.reason && <p>{words.said(difference.reason)}</p>}
    </>
  );
}

function doneOf({ held, account, currency, kind }: Difference, locale: Locale): string {
  const { done } = reconciliationWords(locale).differences;
  if (held !== 0 && account !== null) return done.held(accountWords(locale, account, null));
  return kind === "unexplained" && currency !== settlementCurrency ? done.foreign : done.notHeld;
}

/** An entry by its kind and number, and the receipt that it belongs to; both lead there. */
export function EntryLink({ entry, coop, locale }: Place & { entry: EntryNamed }) {
  const { differences: words } = reconciliationWords(locale);
  const { books } = officeWords(locale);
  const name = words.entry(books.kinds[entry.kind] ?? entry.kind, String(entry.number));
  return (
    <>
      <Link to={`${officePath("officeBooks", locale, coop, { avant: entry.number + 1 })}#entries`}>
        {name}
      </Link>
      {entry.saleId && entry.saleNumber !== null && (
        <>
          {", "}
          <Link to={pathTo("officeSale", locale, { id: entry.saleId })}>
            {words.receipt(String(entry.saleNumber))}
          </Link>
        </>
      )}
    </>
  );
}

function Explain({
  difference,
  locale,
  answer,
}: {
  difference: Difference;
  locale: Locale;
  answer: FormAnswer | undefined;
}) {
  const { differences: words } = reconciliationWords(locale);
  return (
    <Form method="post" className="card stack" id="explain">
      <FormNotice locale={locale} answer={answer} />
      {difference.held === 0 ? (
        <>
          <p className="soft">{words.close}</p>
          <input type="hidden" name="to" value="operating" />
        </>
      ) : (
        <SelectField locale={locale} name="to" label={words.to} hint={words.toHint} answer={answer}>
          {explanations.map((each) => (
            <option key={each} value={each}>
              {words.accounts[each]}
            </option>
          ))}
        </SelectField>
      )}
      <TextArea
        locale={locale}
        name="reason"
        label={words.reason}
        hint={words.reasonHint}
        answer={answer}
        required
        rows={3}
      />
      <input type="hidden" name="what" value="explain" />
      <input type="hidden" name="difference" value={difference.id} />
      <button type="submit" className="button">
        {words.submit}
      </button>
    </Form>
  );
}
