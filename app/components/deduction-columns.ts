import type { Deductions } from "#domain/transparency/statement-queries.server.ts";

/** What may come off a price, in the order of the rule. */
export const deductionNames = ["fee", "operating", "solidarity", "reserve", "pool", "others"] as const;
export type DeductionName = (typeof deductionNames)[number];

/** Those that took something in these rows: a column that nobody ever pays into is not shown; most rules name one fund or two. */
export const deductionColumns = (rows: readonly Pick<Deductions, DeductionName>[]): DeductionName[] =>
  deductionNames.filter((name) => rows.some((row) => row[name] !== 0));
