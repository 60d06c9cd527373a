import { paths } from "../../i18n/paths.ts";

/** Addresses that are keys: a sign-in link, that of a new address, the purchases of a receipt. */
const keys = (["signInLink", "accountMailLink", "thanks", "purchase"] as const)
  .flatMap((name) => [...paths[name]])
  .map((path) => path.slice(0, path.indexOf(":")));

/** A path as the log may keep it: who reads the log cannot sign in with it. */
export function quietPath(pathname: string): string {
  // Routes are found whatever the case.
  const key = keys.find((start) => pathname.toLowerCase().startsWith(start));
  return key ? `${key}…` : pathname;
}
