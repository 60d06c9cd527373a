import { RecordInput } from "#app/components/record-field.tsx";
import { hearingPolicies, mostFreePlays, startSeconds } from "#domain/delivery/streams.ts";
import type { Locale } from "#i18n/locale.ts";
import { studioHearingWords } from "#i18n/studio.ts";

/** What strangers may hear of an album, and how often. Where they hear nothing, the style sheet hides the number. */
export function HearingChoice({
  locale,
  choice,
  problem,
}: {
  locale: Locale;
  choice: { hearing: string; freePlays: string };
  problem?: string | undefined;
}) {
  const words = studioHearingWords(locale);
  const { policies } = words;
  return (
    <fieldset className="hearing-choice stack">
      <legend className="visually-hidden">{words.title}</legend>
      <div className="kinds">
        {hearingPolicies.map((policy) => (
          <label className="kind" key={policy}>
            <input type="radio" name="hearing" value={policy} defaultChecked={choice.hearing === policy} />
            <span className="kind-name">
              {policy === "start" ? policies.start(startSeconds) : policies[policy]}
            </span>
            <span className="small soft">{policies[`${policy}Hint`]}</span>
          </label>
        ))}
      </div>
      <div className="fields hearing-plays">
        <RecordInput
          locale={locale}
          name="freePlays"
          label={words.freePlays}
          hint={words.freePlaysHint(mostFreePlays)}
          optional
          inputMode="numeric"
          problem={problem}
          defaultValue={choice.freePlays}
        />
      </div>
    </fieldset>
  );
}
