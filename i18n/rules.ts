import { rules as en } from "./en/rules.ts";
import { rules as fr } from "./fr/rules.ts";
import { inBoth } from "./locale.ts";

export const rulesWords = inBoth(fr, en);
