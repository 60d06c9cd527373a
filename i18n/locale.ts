/** French is the source and the default; English is complete. */
export const locales = ["fr", "en"] as const;
export type Locale = (typeof locales)[number];

/** The words of one room in the language asked: English satisfies the very shape of the French. */
export const inBoth =
  <W>(fr: W, en: W) =>
  (locale: Locale): W =>
    locale === "en" ? en : fr;

/** A page says its language by its address: everything under /en is English. */
export const localeOf = (pathname: string): Locale =>
  pathname === "/en" || pathname.startsWith("/en/") || pathname.startsWith("/en.") ? "en" : "fr";
