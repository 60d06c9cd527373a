import { useLocation } from "@remix-run/react";
import { type Locale, localeOf } from "#i18n/locale.ts";

/** The language of the page at hand, as its address says. */
export const useLocale = (): Locale => localeOf(useLocation().pathname);
