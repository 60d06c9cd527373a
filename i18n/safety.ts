import { safety as en } from "./en/safety.ts";
import { safety as fr } from "./fr/safety.ts";
import { inBoth } from "./locale.ts";

export const safetyWords = inBoth(fr, en);
