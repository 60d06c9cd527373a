import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { FormNotice, SelectField, TextArea, TextField } from "#app/components/field.tsx";
import type { FormAnswer } from "#app/http/form.server.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import type { PayeeChoices } from "#domain/payouts/payee-choice-queries.server.ts";
import { date, money } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { payeeWords } from "#i18n/payees.ts";

export type ActAnswer = FormAnswer & { act?: string };

/** Whether there is anything to do. */
export const hasChoices = ({ authority: _, remitted, ...choices }: PayeeChoices): boolean =>
  remitted.length > 0 || Object.values(choices).some(Boolean);

/** The forms of what staff may do for a payee now; each act of money is kept with who and when. */
export function ActForms({
  choices,
  answer,
  locale,
  today,
}: {
  choices: PayeeChoices;
  answer: ActAnswer | undefined;
  locale: Locale;
  /** YYYY-MM-DD. */
  today: string;
}) {
  const words = payeeWords(locale).office;
  const cash = (amount: number) => money(locale, amount, settlementCurrency);
  const day = (on: string) => date(locale, new Date(`${on}T12:00:00Z`));
  const of = (act: string) => (answer?.act === act ? answer : undefined);
  const shared = { locale, answer };
  return (
    <div className="payee-forms">
      {choices.clear && (
        <Act act="clear" {...words.clear} {...shared} urgent>
          <TextArea
            locale={locale}
            name="words"
            label={words.clear.words}
            answer={of("clear")}
            required
            rows={3}
          />
        </Act>
      )}
      {choices.retry && <Act act="retry" {...words.retry} {...shared} />}
      {choices.outside > 0 && (
        <Act act="outside" {...words.outside} {...shared}>
          <TextField
            locale={locale}
            name="amount"
            label={words.outside.amount}
            hint={words.outside.most(cash(choices.outside))}
            answer={of("outside")}
            inputMode="decimal"
            required
          />
          <TextField
            locale={locale}
            name="paidOn"
            type="date"
            label={words.outside.on}
            answer={of("outside")}
            max={today}
            required
          />
          <TextField
            locale={locale}
            name="reference"
            label={words.outside.proof}
            hint={words.outside.proofHint}
            answer={of("outside")}
            required
          />
        </Act>
      )}
      {choices.writeOff > 0 && (
        <Act
          act="writeOff"
          {...words.writeOff}
          lead={words.writeOff.lead(cash(choices.writeOff))}
          {...shared}
        >
          <TextArea
            locale={locale}
            name="reason"
            label={words.writeOff.reason}
            answer={of("writeOff")}
            required
            rows={3}
          />
        </Act>
      )}
      {choices.unclaimed && (
        <Act
          act="unclaimed"
          {...words.unclaimed}
          lead={words.unclaimed.lead(day(choices.unclaimed.noticeOn), cash(choices.unclaimed.amount))}
          {...shared}
        />
      )}
      {choices.setAside > 0 && (
        <Act act="reclaim" {...words.reclaim} lead={words.reclaim.lead(cash(choices.setAside))} {...shared} />
      )}
      {choices.setAside > 0 && (
        <Act act="remit" {...words.remit} lead={words.remit.lead(cash(choices.setAside))} {...shared}>
          <TextField
            locale={locale}
            name="authority"
            label={words.remit.authority}
            answer={of("remit")}
            defaultValue={choices.authority}
            required
          />
          <TextField
            locale={locale}
            name="remittedOn"
            type="date"
            label={words.remit.on}
            answer={of("remit")}
            max={today}
            required
          />
          <TextField
            locale={locale}
            name="remittance"
            label={words.remit.proof}
            hint={words.remit.proofHint}
            answer={of("remit")}
            required
          />
        </Act>
      )}
      {choices.remitted.length > 0 && (
        <Act act="remitBack" {...words.remitBack} {...shared}>
          <SelectField
            locale={locale}
            name="remittanceId"
            label={words.remitBack.which}
            answer={of("remitBack")}
            required
          >
            {choices.remitted.map(({ remittanceId, amount, authority, paidOn, reference }) => (
              <option key={remittanceId} value={remittanceId}>
                {words.remitBack.one(cash(amount), authority, day(paidOn), reference)}
              </option>
            ))}
          </SelectField>
          <TextField
            locale={locale}
            name="backReason"
            label={words.remitBack.reason}
            answer={of("remitBack")}
            required
          />
        </Act>
      )}
      {choices.notice && (
        <Act act="notice" {...words.notice} {...shared}>
          <TextField
            locale={locale}
            name="on"
            type="date"
            label={words.notice.on}
            answer={of("notice")}
            max={today}
            required
          />
          <TextField locale={locale} name="how" label={words.notice.words} answer={of("notice")} required />
        </Act>
      )}
      {choices.share && <Act act="share" {...words.share} {...shared} />}
    </div>
  );
}

function Act({
  act,
  title,
  lead,
  button,
  answer,
  locale,
  urgent = false,
  children,
}: {
  act: string;

  title: string;
  lead: string;
  button: string;
  answer: ActAnswer | undefined;
  locale: Locale;
  urgent?: boolean;
  children?: ReactNode;
}) {
  return (
    <section className="card stack" aria-labelledby={`act-${act}`}>
      <h3 id={`act-${act}`}>{title}</h3>
      <p className="soft small">{lead}</p>
      {answer?.act === act && <FormNotice locale={locale} answer={answer} />}
      <Form method="post" className="stack stack-tight">
        <input type="hidden" name="act" value={act} />
        {children}
        <button type="submit" className={urgent ? "button" : "button quiet"}>
          {button}
        </button>
      </Form>
    </section>
  );
}
