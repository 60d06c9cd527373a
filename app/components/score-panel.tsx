import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Missing } from "#domain/metadata/score.ts";
import type { PersonField, WorkField } from "#domain/metadata/score-weights.ts";
import type { Locale } from "#i18n/locale.ts";
import { scoreWords } from "#i18n/score.ts";
import "#app/styles/score.css";

type Field = WorkField | PersonField;

/** « 72 sur 100 », and the same as a bar. */
export function ScoreFigure({ score, locale }: { score: number; locale: Locale }) {
  return (
    <div className="score-figure">
      <p>
        <strong>{score}</strong> <span className="soft">{scoreWords(locale).outOf}</span>
      </p>
      <span className="score-bar" aria-hidden="true">
        <span style={{ width: `${score}%` }} />
      </span>
    </div>
  );
}

/** What is missing, what it costs, where it is mended: the costliest first. `to` gives the address, or words where there is none. */
export function MissingList({
  missing,
  locale,
  to,
}: {
  missing: readonly Missing<Field>[];
  locale: Locale;
  to: (missing: Missing<Field>) => { href: string } | { words: string };
}) {
  const words = scoreWords(locale);
  return (
    <ul className="plain-list score-missing">
      {missing.map((each) => {
        const place = to(each);
        const field = words.fields[each.field];
        return (
          <li key={each.field}>
            <p className="score-missing-field">
              {"href" in place ? <Link to={place.href}>{field}</Link> : field}
              {each.why === "unconfirmed" && <span className="tag warn">{words.toConfirm}</span>}
            </p>
            <p className="score-missing-cost">{words.costs(each.points)}</p>
            <p className="small soft score-missing-why">
              {words.why[each.why](each.count ?? 0, each.of ?? 0)}
              {"words" in place && ` ${place.words}`}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

/** A score and what costs most, beside a page; `children` are what one can do about it. */
export function ScorePanel({
  score,
  missing,
  locale,
  to,
  most = 4,
  children,
}: {
  score: number;
  missing: readonly Missing<Field>[];
  locale: Locale;
  to: (missing: Missing<Field>) => { href: string } | { words: string };
  most?: number;
  children?: ReactNode;
}) {
  const words = scoreWords(locale);
  const rest = missing.length - most;
  return (
    <section className="score-panel stack stack-tight" aria-labelledby="score-title">
      <h2 id="score-title">{words.title}</h2>
      <ScoreFigure score={score} locale={locale} />
      {missing.length === 0 ? (
        <p className="small">{words.full}</p>
      ) : (
        <MissingList missing={missing.slice(0, most)} locale={locale} to={to} />
      )}
      {rest > 0 && <p className="small soft">{words.more(rest)}</p>}
      {children}
    </section>
  );
}
