import { terms as en } from "./en/terms.ts";
import { terms as fr } from "./fr/terms.ts";
import { inBoth, type Locale } from "./locale.ts";

const versions = inBoth(fr, en);

/** What the checkout said at that instant; nothing before the first version. */
export const termsAt = (locale: Locale, at: Date): string[] =>
  versions(locale).findLast(({ from }) => new Date(from) <= at)?.sentences ?? [];
