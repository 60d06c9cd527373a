import { evidence as en } from "./en/evidence.ts";
import { evidence as fr } from "./fr/evidence.ts";
import { inBoth } from "./locale.ts";

export const evidenceWords = inBoth(fr, en);
