import { offers as en } from "./en/offers.ts";
import { offers as fr } from "./fr/offers.ts";
import { inBoth } from "./locale.ts";

export const offersWords = inBoth(fr, en);
