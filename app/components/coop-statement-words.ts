import type {
  CoopStatement,
  SoldTotal,
  TaxTotal,
} from "#domain/transparency/statement-coop-queries.server.ts";
import type { Locale } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { statementWords } from "#i18n/statements.ts";

/** Where what was sold went, in the order of the rule. */
const soldNames = ["fee", "operating", "solidarity", "reserve", "pool", "shares"] as const;
export type SoldName = (typeof soldNames)[number];

/** Those to which something went; the shares of members always. */
export const soldColumns = (sold: readonly SoldTotal[]): SoldName[] =>
  soldNames.filter((name) => name === "shares" || sold.some((each) => each[name] !== 0));

/** All kinds together: what remains of what was sold. */
export function netOf(sold: readonly SoldTotal[]): Record<SoldName | "gross", number> {
  const sum = (name: SoldName | "gross") => sold.reduce((all, each) => all + each[name], 0);
  return {
    gross: sum("gross"),
    fee: sum("fee"),
    operating: sum("operating"),
    solidarity: sum("solidarity"),
    reserve: sum("reserve"),
    pool: sum("pool"),
    shares: sum("shares"),
  };
}

/** « TPS », “GST”. */
export const taxName = (locale: Locale, { code }: Pick<TaxTotal, "code">): string =>
  officeWords(locale).sale.taxes[code] ?? code.toUpperCase();

/** A group of accounts in words; one account alone as the office calls it. */
export function groupName(
  locale: Locale,
  { group, coopName }: CoopStatement["groups"][number],
  accountWords: (account: string, name: string | null) => string,
): string {
  const { groups } = statementWords(locale).coop;
  if (group === "member" || group === "pool" || group === "unclaimed") return groups[group](coopName ?? "?");
  if (group === "clearing" || group === "suspense") return groups[group];
  return accountWords(group, coopName);
}

/** Who is owed today, or owes: the co-op itself where it is sent its money, then the members; those with nothing are left out. */
export const owedToday = (locale: Locale, { today }: CoopStatement) =>
  [
    ...(today.coop ? [{ ...today.coop, memberId: null, name: statementWords(locale).coop.itself }] : []),
    ...today.members,
  ].filter(({ owed }) => owed !== 0);
