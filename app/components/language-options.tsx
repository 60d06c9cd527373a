import type { Locale } from "#i18n/locale.ts";
import { studioRecordWords } from "#i18n/studio.ts";

/** The languages that a record may choose; `wordless`: music without words may be of none. */
export function LanguageOptions({
  locale,
  languages,
  chosen,
  wordless = false,
}: {
  locale: Locale;
  languages: readonly { code: string; name: string }[];
  chosen: string;
  wordless?: boolean;
}) {
  const words = studioRecordWords(locale);
  return (
    <>
      <option value="">{words.languageNone}</option>
      {(wordless || chosen === "zxx") && <option value="zxx">{words.instrumental}</option>}
      {languages.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </>
  );
}
