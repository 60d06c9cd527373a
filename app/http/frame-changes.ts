import { locales } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";

const doors = locales.map((locale) => pathTo("signIn", locale));
const tills = locales.map((locale) => pathTo("thanks", locale, { access: "" }));
const begins = (pathname: string, starts: readonly string[]) =>
  starts.some((start) => pathname.startsWith(start));

/**
 * Whether the greeting or the cart may have changed, and the frame asks again: after a form, on leaving the sign-in pages, and on
 * the page of thanks, which empties the cart once the payment is known. Browsing does not ask.
 */
export const frameChanges = (step: {
  formMethod?: string | undefined;
  currentUrl: URL;
  nextUrl: URL;
}): boolean =>
  step.formMethod !== undefined ||
  begins(step.currentUrl.pathname, doors) ||
  begins(step.nextUrl.pathname, tills);
