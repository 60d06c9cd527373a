import { createHash } from "node:crypto";
import { v7 } from "uuid";
import { z } from "zod";

/** Goes into a form that must not be done twice; each showing of the form has its own. */
export const freshSeed = (): string => v7();

export const seedField = z.uuid({ version: "v7" });

/**
 * The id of what a form makes: the same for the same form sent twice with the same contents, another as soon as a field
 * changes. Nobody else can arrive at it, since the seed is known to the form alone.
 */
export function idOnce(seed: string, contents: unknown): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([seed, contents]))
    .digest();
  return v7({
    msecs: Number.parseInt(seed.replaceAll("-", "").slice(0, 12), 16),
    random: digest.subarray(0, 16),
  });
}
