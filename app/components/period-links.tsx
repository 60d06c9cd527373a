import { Form, Link } from "@remix-run/react";
import type { ReactNode } from "react";
import {
  beside,
  lastDay,
  type Period,
  periodOf,
  periodsOfYear,
} from "#domain/transparency/statement-period.ts";
import type { Locale } from "#i18n/locale.ts";
import { statementWords } from "#i18n/statements.ts";
import { periodName } from "./period-name.ts";

/** From one period to another: the one before and after, the quarters and months of the year. `to`: the address of a period's page. */
export function PeriodLinks({
  locale,
  period,
  to,
}: {
  locale: Locale;
  period: Period;
  to: (code: string) => string;
}) {
  const { period: words } = statementWords(locale);
  const { year, quarters, months } = periodsOfYear(period);
  const [before, after] = ([-1, 1] as const).map((step) => periodOf(beside(period, step).code));
  const link = (each: Period, said: string) => (
    <li key={each.code}>
      <Link
        className="tag"
        to={to(each.code)}
        aria-label={periodName(locale, each)}
        aria-current={each.code === period.code ? "true" : undefined}
        preventScrollReset
      >
        {said}
      </Link>
    </li>
  );
  return (
    <nav className="period stack stack-tight" aria-label={words.label}>
      <p className="row period-step">
        {before && (
          <Link to={to(before.code)} aria-label={`${words.before}, ${periodName(locale, before)}`}>
            ←
          </Link>
        )}
        <strong>{periodName(locale, period)}</strong>
        {after && (
          <Link to={to(after.code)} aria-label={`${words.after}, ${periodName(locale, after)}`}>
            →
          </Link>
        )}
      </p>
      <ul className="row plain-list period-parts">
        {link(year, year.from.slice(0, 4))}
        {quarters.map((each, i) => link(each, words.shortQuarter(i + 1)))}
      </ul>
      <ul className="row plain-list period-parts">
        {months.map((each) => link(each, shortMonth(locale, each.code)))}
      </ul>
    </nav>
  );
}

/** « janv. », “Jan”: nothing but the month. */
const shortMonth = (locale: Locale, month: string): string =>
  new Intl.DateTimeFormat(locale === "fr" ? "fr-CA" : "en-CA", { month: "short", timeZone: "UTC" }).format(
    new Date(`${month}-15T00:00:00Z`),
  );

/** Any dates, and what else narrows a statement (`children`): a plain form that says it in the address. */
export function PeriodForm({
  locale,
  period,
  invalid,
  kept,
  children,
}: {
  locale: Locale;
  period: Period;
  invalid: boolean;
  /** What the address carries along. */
  kept: Record<string, string>;
  children?: ReactNode;
}) {
  const { period: words } = statementWords(locale);
  return (
    <Form method="get" className="period-form" preventScrollReset>
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      {(
        [
          ["du", words.from, period.from],
          ["au", words.to, lastDay(period)],
        ] as const
      ).map(([name, label, value]) => (
        <div className="field" key={`${name} ${value}`}>
          <label htmlFor={name}>{label}</label>
          <input
            type="date"
            id={name}
            name={name}
            defaultValue={value}
            min="2000-01-01"
            max="2199-12-31"
            required
            aria-invalid={invalid || undefined}
            aria-describedby={invalid ? "period-problem" : undefined}
          />
        </div>
      ))}
      <button type="submit" className="button quiet">
        {words.show}
      </button>
      {invalid && (
        <p className="problem" id="period-problem" role="alert">
          {words.invalid}
        </p>
      )}
    </Form>
  );
}
