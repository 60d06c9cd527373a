import { hearing as en } from "./en/hearing.ts";
import { hearing as fr } from "./fr/hearing.ts";
import { inBoth } from "./locale.ts";

export const hearingWords = inBoth(fr, en);
