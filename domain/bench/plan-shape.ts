/** A plan as a form carries it: what is to change of several works at once. */
import { z } from "zod";
import { hearingPolicies } from "../delivery/streams.ts";

const subject = z.object({
  label: z.string().trim().min(1).max(300),
  scheme: z.string().max(40).nullish(),
  code: z.string().max(40).nullish(),
});
export type Subject = z.infer<typeof subject>;

const amount = z.number().int().min(0).max(1_000_000_000);
const wish = z.object({
  price: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("free") }),
      z.object({ kind: z.literal("fixed"), amount }),
      z.object({ kind: z.literal("open"), floor: amount, suggested: amount.nullable() }),
    ])
    .optional(),
  language: z.string().max(100).nullable().optional(),
  publisher: z.string().max(2_000).nullable().optional(),
  rights: z.string().max(20_000).nullable().optional(),
  subjects: z.array(subject).max(50).optional(),
  hearing: z
    .object({ policy: z.enum(hearingPolicies), freePlays: z.number().int().min(1).max(100).nullable() })
    .optional(),
});
/** Absent: stays as it is. Null: there is none. */
export type Wish = z.infer<typeof wish>;

/** One work, only what becomes another, and what was there when the plan was shown (`before`, to be told if it changed since). */
const change = wish.extend({ workId: z.uuid(), before: wish });
export type Change = z.infer<typeof change>;
/** A plan as a form brings it back. */
export const planShape = z.array(change).min(1).max(500);
