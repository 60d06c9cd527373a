import { z } from "zod";
import { funds } from "../ledger/account.ts";

/** Basis points: 10000 = 100 %. */
const basisPoints = z.int().min(0).max(10_000);

const fee = z.strictObject({ kind: z.literal("fee"), borne_by: z.enum(["all", "coop"]) });
const percent = z.strictObject({ kind: z.literal("percent"), bp: basisPoints, to: z.enum(funds) });
const recoup = z.strictObject({ kind: z.literal("recoup"), bp: basisPoints });
const shares = z.strictObject({ kind: z.literal("shares") });
const step = z.discriminatedUnion("kind", [fee, percent, recoup, shares]);

export type RuleStep = z.infer<typeof step>;
export type RuleSteps = RuleStep[];

/**
 * The steps of a rule, as the assembly votes them (money conventions, § 4): `fee` first; any number of `percent` of the base,
 * each fund once, 100 % in all at most; at most one `recoup` of the rest; `shares` last.
 */
export const ruleSteps = z
  .array(step)
  .max(10)
  .refine((steps) => /^fee(,percent)*(,recoup)?,shares$/.test(steps.map((step) => step.kind).join()), {
    error: "the steps are not fee, percent…, recoup?, shares",
  })
  .refine((steps) => percents(steps).reduce((all, step) => all + step.bp, 0) <= 10_000, {
    error: "the percents add up to more than 100 %",
  })
  .refine((steps) => new Set(percents(steps).map((step) => step.to)).size === percents(steps).length, {
    error: "a fund is named twice",
  });

export function percents(steps: readonly RuleStep[]) {
  return steps.filter((step) => step.kind === "percent");
}
export function recoupment(steps: readonly RuleStep[]) {
  return steps.find((step) => step.kind === "recoup");
}
/** Who bears the card fee: everybody (the base is what is left of the line after it) or the co-op alone. */
export function feeBorneBy(steps: readonly RuleStep[]): "all" | "coop" {
  return steps.find((step) => step.kind === "fee")?.borne_by ?? "all";
}

/**
 * The rule as sentences: one code for each step, with what its words need. `i18n` says them in both tongues; what the member
 * reads before voting is what the computer does, step by step.
 */
export type RuleSentence =
  | { code: "fee_borne_by_all" | "fee_borne_by_coop" }
  | { code: "percent_to_operating" | "percent_to_solidarity" | "percent_to_reserve"; bp: number }
  | { code: "recoup_expenses"; bp: number }
  | { code: "rest_by_shares"; bp: number };

/** `bp` of `rest_by_shares` is what is left of the base after the percents, before any recoupment. */
export function sentences(steps: readonly RuleStep[]): RuleSentence[] {
  const taken = percents(steps).reduce((all, step) => all + step.bp, 0);
  return steps.map((step) => sentence(step, taken));
}

function sentence(step: RuleStep, taken: number): RuleSentence {
  switch (step.kind) {
    case "fee":
      return { code: `fee_borne_by_${step.borne_by}` };
    case "percent":
      return { code: `percent_to_${step.to}`, bp: step.bp };
    case "recoup":
      return { code: "recoup_expenses", bp: step.bp };
    case "shares":
      return { code: "rest_by_shares", bp: 10_000 - taken };
  }
}
