import { language } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";

const offered = "fr en es pt it de ar zh ja vi ht iu cr moe atj mic moh br oc eu ca".split(" ");

/**
 * The languages that a record may choose, and those it bears already. Named on the server: browsers do not all know Innu by the same
 * name, and a page must hydrate as it was sent.
 */
export function languagesFor(locale: Locale, borne: (string | null)[]): { code: string; name: string }[] {
  const codes = new Set([...offered, ...borne.filter((code) => code !== null && code !== "zxx")]);
  return [...codes].map((code) => ({ code: String(code), name: language(locale, String(code)) }));
}
