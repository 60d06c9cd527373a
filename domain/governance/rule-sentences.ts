import type { RuleStep } from "./rule.ts";

// Apart from the schema, so that a page may read a rule without carrying the validator to the browser.

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
