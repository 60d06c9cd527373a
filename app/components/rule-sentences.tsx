import type { RuleSentence } from "#domain/governance/rule-sentences.ts";
import { percent } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { rulesWords } from "#i18n/rules.ts";

/** A rule as its sentences, in the order in which the computer does them. */
export function RuleSentences({ locale, sentences }: { locale: Locale; sentences: readonly RuleSentence[] }) {
  const { sentences: words } = rulesWords(locale);
  return (
    <ol className="rule-said">
      {sentences.map((sentence) => (
        <li key={sentence.code}>
          {"bp" in sentence ? words[sentence.code](percent(locale, sentence.bp / 100)) : words[sentence.code]}
        </li>
      ))}
    </ol>
  );
}
