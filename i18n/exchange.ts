import { exchange as en } from "./en/exchange.ts";
import { exchange as fr } from "./fr/exchange.ts";
import { inBoth } from "./locale.ts";

export const exchangeWords = inBoth(fr, en);
