import { Link } from "@remix-run/react";
import type { WorkScore } from "#domain/metadata/score-queries.server.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { scoreWords } from "#i18n/score.ts";
import { mendedInStudio } from "./mended-at.ts";
import { ScorePanel } from "./score-panel.tsx";

/** In the form of the record: what is missing, and one click for what the files alone say; what the form holds is saved with it. */
export function RecordQuality({
  work,
  score,
  locale,
}: {
  work: { id: string; kind: "book" | "album" };
  score: WorkScore;
  locale: Locale;
}) {
  const words = scoreWords(locale);
  return (
    <ScorePanel {...score} locale={locale} to={mendedInStudio(locale, work)}>
      {score.toConfirm && (
        <>
          <p className="small">{words.confirmWhy}</p>
          <button type="submit" className="button quiet small" name="mend" value="confirm">
            {words.saveAndConfirm}
          </button>
        </>
      )}
      <p className="small">
        <Link to={pathTo("studioScore", locale, { id: work.id })}>{words.all}</Link>
      </p>
    </ScorePanel>
  );
}
