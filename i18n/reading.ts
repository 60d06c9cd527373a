import { reading as en } from "./en/reading.ts";
import { reading as fr } from "./fr/reading.ts";
import { inBoth } from "./locale.ts";

export const readingWords = inBoth(fr, en);
