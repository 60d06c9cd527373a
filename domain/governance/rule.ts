import { z } from "zod";
import { funds } from "../ledger/account.ts";
import { percents } from "./rule-sentences.ts";

/** Basis points: 10000 = 100 %. */
const basisPoints = z.int({ error: "percent" }).min(0, "percent").max(10_000, "percent");

const fee = z.strictObject({ kind: z.literal("fee"), borne_by: z.enum(["all", "coop"]) });
const percent = z.strictObject({
  kind: z.literal("percent"),
  bp: basisPoints,
  to: z.enum(funds, { error: "fund" }),
});
const recoup = z.strictObject({ kind: z.literal("recoup"), bp: basisPoints });
const shares = z.strictObject({ kind: z.literal("shares") });
const step = z.discriminatedUnion("kind", [fee, percent, recoup, shares]);

export type RuleStep = z.infer<typeof step>;
export type RuleSteps = RuleStep[];

/** Why something is no rule; `i18n/*\/rules.ts` has its words. `step`: a step that nobody voted, or with a word of its own. */
export type RuleFault = "percent" | "fund" | "order" | "over_whole" | "fund_twice" | "step";
const faults: readonly string[] = ["percent", "fund", "order", "over_whole", "fund_twice"];

/**
 * The steps of a rule, as the assembly votes them (money conventions, § 4): `fee` first; any number of `percent` of the base,
 * each fund once, 100 % in all at most; at most one `recoup` of the rest; `shares` last. An issue's message is a `RuleFault`, or
 * zod's own where a step is none of these.
 */
export const ruleSteps = z
  .array(step)
  .max(10)
  .refine((steps) => /^fee(,percent)*(,recoup)?,shares$/.test(steps.map((step) => step.kind).join()), {
    error: "order",
  })
  .refine((steps) => percents(steps).reduce((all, step) => all + step.bp, 0) <= 10_000, {
    error: "over_whole",
  })
  .refine((steps) => new Set(percents(steps).map((step) => step.to)).size === percents(steps).length, {
    error: "fund_twice",
  });

/** The steps, or the first thing that is wrong with them. */
export function readRule(given: unknown): { steps: RuleSteps } | { fault: RuleFault } {
  const parsed = ruleSteps.safeParse(given);
  if (parsed.success) return { steps: parsed.data };
  const message = parsed.error.issues[0]?.message ?? "";
  return { fault: faults.includes(message) ? (message as RuleFault) : "step" };
}
