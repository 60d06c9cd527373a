import type { Amount } from "../money/amount.ts";

/** Nobody is kept waiting for more than this. */
export const highestThreshold: Amount = 100_000;
