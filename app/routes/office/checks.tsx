import type { FormAnswer } from "#app/http/form.server.ts";
import { frameWords } from "#i18n/frame.ts";
import type { Locale } from "#i18n/locale.ts";

/** Several of a short list, each in words and by its code. */
export function Checks({
  locale,
  name,
  legend,
  choices,
  answer,
}: {
  locale: Locale;
  name: string;
  legend: string;
  choices: { value: string; words: string }[];
  answer: FormAnswer | undefined;
}) {
  const error = answer?.errors?.[name];
  return (
    <fieldset className="checks field" aria-describedby={error ? `${name}-problem` : undefined}>
      <legend>{legend}</legend>
      {choices.map(({ value, words }) => (
        <label className="choice" key={value}>
          <input type="checkbox" name={`${name}[]`} value={value} />
          <span>
            {words} <code className="small">{value}</code>
          </span>
        </label>
      ))}
      {error && (
        <span className="problem" id={`${name}-problem`}>
          {String(frameWords(locale).forms[error])}
        </span>
      )}
    </fieldset>
  );
}
