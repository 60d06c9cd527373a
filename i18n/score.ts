import { score as en } from "./en/score.ts";
import { score as fr } from "./fr/score.ts";
import { inBoth } from "./locale.ts";

export const scoreWords = inBoth(fr, en);
