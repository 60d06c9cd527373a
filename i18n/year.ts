import { year as en } from "./en/year.ts";
import { year as fr } from "./fr/year.ts";
import { inBoth } from "./locale.ts";

export const yearWords = inBoth(fr, en);
