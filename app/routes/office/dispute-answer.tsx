import { Form, useNavigation } from "@remix-run/react";
import { FormNotice, TextArea } from "#app/components/field.tsx";
import type { FormAnswer } from "#app/http/form.server.ts";
import type { DisputeView, Evidence } from "#domain/sales/dispute-queries.server.ts";
import { date, dateTime } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { moneyBackWords } from "#i18n/office-money-back.ts";

const fields = ["statement", "product", "receipt", "accessLog", "terms"] as const;
const rows = { statement: 5, product: 4, receipt: 8, accessLog: 8, terms: 6 };

/** What answers the bank: to be corrected and sent while it decides, afterwards as it left. */
export function Answer({
  dispute,
  answer,
  done,
  most,
  locale,
}: {
  dispute: DisputeView;
  answer: FormAnswer | undefined;
  done: boolean;
  /** Characters in each text. */
  most: number;
  locale: Locale;
}) {
  const { dispute: words } = moneyBackWords(locale);
  const { evidence } = dispute;
  const waits = dispute.state === "open" || dispute.state === "inquiry";
  const open = waits && (evidence?.state === "gathered" || evidence?.state === "refused");
  return (
    <section className="stack" aria-labelledby="answer-title">
      <h2 id="answer-title">{words.evidence}</h2>
      {!dispute.answers ? (
        <p className="soft">{words.evidenceElsewhere}</p>
      ) : !evidence ? (
        <p className="soft">{waits ? words.evidenceComing : words.evidenceLate}</p>
      ) : (
        <>
          <Standing evidence={evidence} waits={waits} done={done} locale={locale} />
          {open ? (
            <Write evidence={evidence} answer={answer} most={most} locale={locale} />
          ) : (
            <Read evidence={evidence} locale={locale} />
          )}
        </>
      )}
    </section>
  );
}

/** Whether it has left, when, by whom. */
function Standing({
  evidence,
  waits,
  done,
  locale,
}: {
  evidence: Evidence;
  waits: boolean;
  done: boolean;
  locale: Locale;
}) {
  const { dispute: words, refunds } = moneyBackWords(locale);
  const { state, sentBy, refusal } = evidence;
  const at = dateTime(locale, evidence.stateAt);
  if (state === "sent")
    return (
      <p className="notice good" role="status">
        {words.sent(sentBy ?? "", at)}
      </p>
    );
  if (state === "asked")
    return (
      <p className="notice warn" role="status">
        {words.asked(sentBy ?? "", at)}
      </p>
    );
  if (state === "refused")
    return (
      <p className="notice bad" role="status">
        {words.refused(refunds.why[refusal ?? ""] ?? refusal ?? "")}
      </p>
    );
  if (!waits) return <p className="soft">{words.evidenceLate}</p>;
  return done ? (
    <p className="notice good" role="status">
      {words.saved}
    </p>
  ) : (
    <p className="soft">{words.evidenceLead}</p>
  );
}

function Write({
  evidence,
  answer,
  most,
  locale,
}: {
  evidence: Evidence;
  answer: FormAnswer | undefined;
  most: number;
  locale: Locale;
}) {
  const { dispute: words } = moneyBackWords(locale);
  const sending = useNavigation().formMethod === "POST";
  return (
    <Form method="post" className="stack evidence">
      <FormNotice locale={locale} answer={answer} />
      {fields.map((name) => (
        <TextArea
          key={name}
          locale={locale}
          name={name}
          label={words.fields[name]}
          hint={name === "statement" ? words.statementHint : undefined}
          answer={answer}
          defaultValue={evidence[name]}
          maxLength={most}
          rows={rows[name]}
        />
      ))}
      <p className="small soft">{alsoSent(evidence, locale)}</p>
      <div className="row">
        <button type="submit" name="act" value="save" className="button quiet" disabled={sending}>
          {words.save}
        </button>
        <button type="submit" name="act" value="send" className="button" disabled={sending}>
          {words.send}
        </button>
        <span className="small soft">{words.sendNote}</span>
      </div>
    </Form>
  );
}

function Read({ evidence, locale }: { evidence: Evidence; locale: Locale }) {
  const { dispute: words } = moneyBackWords(locale);
  return (
    <>
      <dl className="evidence-read stack">
        {fields
          .filter((name) => evidence[name] !== "")
          .map((name) => (
            <div key={name}>
              <dt className="label">{words.fields[name]}</dt>
              <dd>{evidence[name]}</dd>
            </div>
          ))}
      </dl>
      <p className="small soft">{alsoSent(evidence, locale)}</p>
    </>
  );
}

// Noon in UTC is the same day everywhere that a co-op of ours may be.
const alsoSent = ({ buyerEmail, servedOn }: Evidence, locale: Locale) =>
  moneyBackWords(locale).dispute.alsoSent(buyerEmail, date(locale, new Date(`${servedOn}T12:00:00Z`)));
