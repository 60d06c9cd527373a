import { reconciliation as en } from "./en/reconciliation.ts";
import { reconciliation as fr } from "./fr/reconciliation.ts";
import { inBoth } from "./locale.ts";

export const reconciliationWords = inBoth(fr, en);
