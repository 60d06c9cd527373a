import { moneyBack as en } from "./en/office-money-back.ts";
import { moneyBack as fr } from "./fr/office-money-back.ts";
import { inBoth } from "./locale.ts";

export const moneyBackWords = inBoth(fr, en);
