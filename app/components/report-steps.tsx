import type { Report } from "#domain/reports/queries.server.ts";
import { dateTime } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { reportWords } from "#i18n/reports.ts";

/** What has happened to a report: each step with its day, who took it, and their words. */
export function ReportSteps({ steps, locale }: { steps: Report["steps"]; locale: Locale }) {
  const words = reportWords(locale).desk;
  return (
    <section aria-labelledby="steps" className="stack">
      <h2 id="steps">{words.steps}</h2>
      {steps.length === 0 ? (
        <p className="soft">{words.noSteps}</p>
      ) : (
        <ol className="plain-list stack">
          {steps.map((step) => (
            <li key={step.id} className="stack stack-tight">
              <p>
                <strong>{words.step[step.kind](step.by)}</strong>{" "}
                <span className="small soft">{dateTime(locale, step.at)}</span>
              </p>
              {step.words && <blockquote className="review-note report-words">{step.words}</blockquote>}
              {step.unlisted && <p className="small soft">{words.andUnlisted}</p>}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
