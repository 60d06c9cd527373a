import { front as en } from "./en/front.ts";
import { front as fr } from "./fr/front.ts";
import { inBoth } from "./locale.ts";

export const frontWords = inBoth(fr, en);
