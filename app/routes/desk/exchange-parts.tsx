import { Form } from "@remix-run/react";
import { COLUMNS } from "#domain/exchange/column-names.ts";
import type { Fate, Problem, SentField } from "#domain/exchange/sent.ts";
import { exchangeWords } from "#i18n/exchange.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

const mood = { new: "good", changed: "warn", unchanged: "", withdrawn: "warn", refused: "bad" } as const;

/** One row for each line of the file: what it is, and what becomes of it. */
export function FateTable({ locale, fates }: { locale: Locale; fates: Fate[] }) {
  const words = exchangeWords(locale);
  return (
    <table className="exchange-fates">
      <thead>
        <tr>
          <th scope="col">{words.columns.place}</th>
          <th scope="col">{words.columns.work}</th>
          <th scope="col">{words.columns.fate}</th>
          <th scope="col">{words.columns.why}</th>
        </tr>
      </thead>
      <tbody>
        {fates.map((fate) => (
          <tr key={fate.place}>
            <td className="soft">{fate.place}</td>
            <th scope="row">{fate.name}</th>
            <td>
              <span className={`tag ${mood[fate.fate]}`}>{words.fates[fate.fate]}</span>
            </td>
            <td className="small">
              {why(locale, fate).map((line) => (
                <p key={line}>{line}</p>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function why(locale: Locale, fate: Fate): string[] {
  const words = exchangeWords(locale);
  const named = (fields: SentField[]) => fields.map((field) => words.fields[field]).join(", ");
  const told = ({ code, detail }: Problem) => {
    const field = detail && Object.hasOwn(words.fields, detail) ? words.fields[detail as SentField] : detail;
    return field ? `${words.problems[code]} (${field})` : words.problems[code];
  };
  return [
    ...(fate.fate === "refused" ? [told(fate.problem)] : []),
    ...(fate.fate === "new" ? [words.inStudio(fate.memberName)] : []),
    ...(fate.fate === "changed" ? [words.changes(named(fate.fields))] : []),
    ...("kept" in fate && fate.kept.length > 0 ? [words.keeps(named(fate.kept))] : []),
    ...fate.warnings.map(told),
  ];
}

type Shown = { file: string; member: string; headings: { heading: string; column: string | null }[] };

/** Which heading of a CSV is read as which field, to be changed before anything is written. */
export function Headings({ locale, coop, trial }: { locale: Locale; coop: string; trial: Shown }) {
  const words = exchangeWords(locale).trial;
  return (
    <details className="card">
      <summary>{words.headings}</summary>
      <Form method="get" action={pathTo("deskExchange", locale)} className="stack">
        <p className="soft small">{words.headingsHint}</p>
        <input type="hidden" name="coop" value={coop} />
        <input type="hidden" name="fichier" value={trial.file} />
        <input type="hidden" name="membre" value={trial.member} />
        <div className="exchange-headings">
          {trial.headings.map(({ heading, column }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name, and none ever moves
            <div className="field" key={`${index} ${heading}`}>
              <input type="hidden" name="entete" value={heading} />
              <label htmlFor={`column-${index}`}>{heading || "—"}</label>
              <select id={`column-${index}`} name="champ" defaultValue={column ?? ""}>
                <option value="">{words.aside}</option>
                {COLUMNS.map((each) => (
                  <option key={each} value={each}>
                    {each}
                  </option>
                ))}
              </select>
            </div>
          ))}
        </div>
        <button type="submit" className="button quiet small">
          {words.again}
        </button>
      </Form>
    </details>
  );
}
