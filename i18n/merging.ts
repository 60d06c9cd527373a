import { merging as en } from "./en/merging.ts";
import { merging as fr } from "./fr/merging.ts";
import { inBoth } from "./locale.ts";

export const mergingWords = inBoth(fr, en);
