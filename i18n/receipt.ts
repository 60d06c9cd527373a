import { receipt as en } from "./en/receipt.ts";
import { receipt as fr } from "./fr/receipt.ts";
import { inBoth } from "./locale.ts";

export const receiptWords = inBoth(fr, en);
