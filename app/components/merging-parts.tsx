import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { date } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { mergingWords } from "#i18n/merging.ts";
import "#app/styles/merging.css";

export type SideRow = { key: string; label: string; one: ReactNode; other: ReactNode; same: boolean };

/** Two records side by side: what is the same is said softly, so that what differs stands out. */
export function SideBySide({
  caption,
  heads,
  rows,
}: {
  caption: string;
  heads: [string, string];
  rows: SideRow[];
}) {
  return (
    <table className="beside">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{heads[0]}</th>
          <th scope="col">{heads[1]}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, label, one, other, same }) => (
          <tr key={key} data-same={same || undefined}>
            <th scope="row">{label}</th>
            <td data-label={heads[0]}>{one}</td>
            <td data-label={heads[1]}>{other}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Lines of one side; a dash where there is none. */
export function Lines({ of }: { of: readonly ReactNode[] }) {
  if (of.length === 0) return <span className="soft">–</span>;
  return (
    <ul className="plain-list">
      {of.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines that never move
        <li key={i}>{line}</li>
      ))}
    </ul>
  );
}

/** What was joined to this one, the latest first, and the way back. */
export function JoinedList({
  title,
  merges,
  locale,
}: {
  title: string;
  merges: { id: string; name: string; mergedAt: Date; mergedBy: string; last: boolean }[];
  locale: Locale;
}) {
  const words = mergingWords(locale);
  if (merges.length === 0) return null;
  return (
    <section className="stack stack-tight merging-part" aria-labelledby="joined-title">
      <h2 id="joined-title">{title}</h2>
      <ul className="plain-list merging-list">
        {merges.map(({ id, name, mergedAt, mergedBy, last }) => (
          <li key={id}>
            <span>{words.mergedOn(name, date(locale, mergedAt), mergedBy)}</span>
            {last ? (
              <Form method="post">
                <input type="hidden" name="merge" value={id} />
                <button
                  type="submit"
                  className="button quiet small"
                  name="act"
                  value="undo"
                  aria-label={words.undoOf(name)}
                >
                  {words.undo}
                </button>
              </Form>
            ) : (
              <span className="small soft">{words.lastFirst}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A search for another record, by what the desk knows of it. */
export function LookFor({
  label,
  hint,
  wanted,
  locale,
}: {
  label: string;
  hint: string;
  wanted: string | null;
  locale: Locale;
}) {
  return (
    <Form method="get" className="merging-look" role="search">
      <div className="field">
        <label htmlFor="avec">{label}</label>
        <span className="hint" id="avec-hint">
          {hint}
        </span>
        <input id="avec" name="avec" type="search" defaultValue={wanted ?? ""} aria-describedby="avec-hint" />
      </div>
      <button type="submit" className="button quiet">
        {mergingWords(locale).find}
      </button>
    </Form>
  );
}
