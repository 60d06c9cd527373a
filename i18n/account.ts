import { account as en } from "./en/account.ts";
import { account as fr } from "./fr/account.ts";
import { inBoth } from "./locale.ts";

export const accountWords = inBoth(fr, en);
