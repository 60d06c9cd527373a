import { refusals as en } from "./en/refusals.ts";
import { refusals as fr, type RefusalCode } from "./fr/refusals.ts";
import { inBoth, type Locale } from "./locale.ts";

const wordsOf = inBoth(fr, en);

/** A refusal in words: its sentence with the details put where it names them. */
export const refusalWords = (
  locale: Locale,
  code: RefusalCode,
  details: Record<string, string | number> = {},
): string => wordsOf(locale)[code].replace(/\{(\w+)\}/g, (_, key: string) => String(details[key] ?? ""));
