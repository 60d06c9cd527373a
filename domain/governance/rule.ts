import { z } from "zod";
import { funds } from "../ledger/account.ts";
import { percents } from "./rule-sentences.ts";

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
