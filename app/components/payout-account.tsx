import { Form, useNavigation } from "@remix-run/react";
import type { FormAnswer } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import type { PayoutStanding } from "#domain/payouts/queries.server.ts";
import { highestThreshold } from "#domain/payouts/threshold.ts";
import { date, money } from "#i18n/formats.ts";
import { askedBy, payeeWords } from "#i18n/payees.ts";
import { studioMoneyWords } from "#i18n/studio.ts";
import { TextField } from "./field.tsx";

type Standing = PayoutStanding & { memberId: string; coopName: string; coopPlace: string };
type Country = { code: string; name: string; served: boolean };
type Shared = { stripeAccount: string; name: string };

const buttons = {
  none: "begin",
  to_complete: "continue",
  in_review: null,
  active: "change",
  restricted: "continue",
  closed: "again",
} as const;

/** Where a member's money goes, what is in its way, and what they can do about it. */
export function PayoutAccount({
  standing,
  currency,
  several,
  countries,
  shared,
  answer,
}: {
  standing: Standing;
  currency: string;
  several: boolean;
  countries: Country[];
  shared: Shared[];
  answer: FormAnswer | undefined;
}) {
  const locale = useLocale();
  const words = studioMoneyWords(locale).payouts;
  const more = payeeWords(locale).studio;
  const { account, heldBecause } = standing;
  const cash = (amount: number) => money(locale, amount, currency);
  const amounts: [string, number][] = [
    [words.owed, standing.owed],
    [words.onItsWay, standing.onItsWay],
    [words.held, standing.held],
    [words.sent, standing.sent],
  ];
  const country = countries.find(({ code }) => code === standing.country);
  const away = country !== undefined && !country.served && account !== "active";
  const waits = account === "active" && standing.threshold > 0;
  const hold = heldBecause === null ? undefined : words.holds[heldBecause];
  const asked = account === "active" ? [] : askedBy(locale, standing.requirements);
  return (
    <section className={`card account account-${account} stack`}>
      {several && <p className="soft small">{words.forCoop(standing.coopName)}</p>}
      <h2>{words.states[account]}</h2>
      {away ? (
        <p className="notice warn">{more.notServed(country.name)}</p>
      ) : (
        <p>{waits ? words.threshold(cash(standing.threshold)) : words.explain[account]}</p>
      )}
      {account === "restricted" && asked.length > 0 && (
        <p className="notice warn">
          {more.asks} {asked.join(", ")}. {standing.dueAt && more.due(date(locale, standing.dueAt))}
        </p>
      )}
      {standing.bankTrouble && (
        <div className="notice bad stack stack-tight">
          <h3>{more.bankTitle}</h3>
          <p>{more.bank(cash(standing.bankTrouble.amount), date(locale, standing.bankTrouble.at))}</p>
        </div>
      )}
      <dl className="figures">
        {amounts.map(([label, amount]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="amount">{cash(amount)}</dd>
          </div>
        ))}
      </dl>
      {hold && (
        <p className="notice warn">
          {hold} {standing.heldSince && more.since(date(locale, standing.heldSince))}
        </p>
      )}
      <Onboard standing={standing} countries={countries} away={away} />
      <Threshold standing={standing} currency={currency} answer={answer} />
      {shared.length > 0 && account !== "active" && <UseShared standing={standing} shared={shared} />}
    </section>
  );
}

function Onboard({ standing, countries, away }: { standing: Standing; countries: Country[]; away: boolean }) {
  const locale = useLocale();
  const words = studioMoneyWords(locale).payouts;
  const more = payeeWords(locale).studio;
  const busy = useNavigation().state !== "idle";
  const { account, memberId } = standing;
  const button = buttons[account];
  if (!button) return null;
  const choosesCountry = account === "none" || account === "closed" || account === "to_complete";
  const label = standing.bankTrouble ? more.bankButton : away ? more.saveCountry : words[button];
  const isMain = account !== "active" || standing.bankTrouble !== null;
  return (
    <Form method="post" className="stack stack-tight" reloadDocument>
      <input type="hidden" name="act" value="onboard" />
      <input type="hidden" name="memberId" value={memberId} />
      {choosesCountry && (
        <div className="field">
          <label htmlFor={`country-${memberId}`}>{more.country}</label>
          <span className="hint" id={`country-hint-${memberId}`}>
            {more.countryHint}
          </span>
          <select
            id={`country-${memberId}`}
            name="country"
            aria-describedby={`country-hint-${memberId}`}
            defaultValue={standing.country ?? standing.coopPlace.slice(0, 2)}
          >
            {countries.map(({ code, name, served }) => (
              <option key={code} value={code}>
                {served ? name : `${name} (${more.notServedMark})`}
              </option>
            ))}
          </select>
        </div>
      )}
      <div>
        <button type="submit" className={isMain ? "button" : "button quiet"} disabled={busy}>
          {label}
        </button>
      </div>
      {!away && <p className="small soft">{words.leaving}</p>}
    </Form>
  );
}

/** A threshold waits behind its summary: few want one. */
function Threshold({
  standing,
  currency,
  answer,
}: {
  standing: Standing;
  currency: string;
  answer: FormAnswer | undefined;
}) {
  const locale = useLocale();
  const more = payeeWords(locale).studio;
  const { memberId, threshold } = standing;
  return (
    <details open={answer?.errors?.threshold !== undefined || undefined}>
      <summary>{more.thresholdTitle}</summary>
      <Form method="post" className="stack stack-tight">
        <input type="hidden" name="act" value="threshold" />
        <input type="hidden" name="memberId" value={memberId} />
        <TextField
          locale={locale}
          name="threshold"
          label={more.thresholdLabel}
          hint={more.thresholdHint(money(locale, highestThreshold, currency))}
          answer={answer}
          inputMode="decimal"
          defaultValue={(threshold / 100).toFixed(2).replace(".", locale === "fr" ? "," : ".")}
        />
        <div>
          <button type="submit" className="button quiet">
            {more.thresholdButton}
          </button>
        </div>
      </Form>
    </details>
  );
}

function UseShared({ standing, shared }: { standing: Standing; shared: Shared[] }) {
  const locale = useLocale();
  const more = payeeWords(locale).studio;
  return (
    <details>
      <summary>{more.shared}</summary>
      <Form method="post" className="stack stack-tight">
        <p className="soft small">{more.sharedLead}</p>
        <input type="hidden" name="act" value="share" />
        <input type="hidden" name="memberId" value={standing.memberId} />
        {shared.map(({ stripeAccount, name }, i) => (
          <label key={stripeAccount} className="choice">
            <input type="radio" name="account" value={stripeAccount} defaultChecked={i === 0} />
            <span>{more.sharedOf(name)}</span>
          </label>
        ))}
        <div>
          <button type="submit" className="button quiet">
            {more.sharedButton}
          </button>
        </div>
      </Form>
    </details>
  );
}
