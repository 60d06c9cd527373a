import { type Choice, losslessFormats } from "#domain/delivery/formats.ts";
import { libraryWords } from "#i18n/library.ts";
import type { Locale } from "#i18n/locale.ts";

/** The formats that these sounds can honestly come in, by what is lost: nothing, something, or nothing more than before. */
export function FormatChoice({
  offered,
  choice,
  locale,
}: {
  offered: readonly Choice[];
  choice: Choice;
  locale: Locale;
}) {
  const words = libraryWords(locale).parcel;
  const groupOf = (format: Choice) =>
    format === "kept" || format === "original"
      ? "received"
      : losslessFormats.includes(format)
        ? "lossless"
        : "compressed";
  const groups = (["lossless", "compressed", "received"] as const)
    .map((group) => ({ group, formats: offered.filter((format) => groupOf(format) === group) }))
    .filter(({ formats }) => formats.length > 0);
  return (
    <fieldset className="formats">
      <legend>{words.choose}</legend>
      {groups.map(({ group, formats }) => (
        <fieldset key={group}>
          <legend className="eyebrow">{words.groups[group]}</legend>
          {formats.map((format) => (
            <label key={format} className="choice">
              <input type="radio" name="format" value={format} defaultChecked={format === choice} />
              <span>
                <strong>{words.names[format]}</strong>
                <span className="small soft"> {words.hints[format]}</span>
              </span>
            </label>
          ))}
        </fieldset>
      ))}
    </fieldset>
  );
}
