import { moneyMails as en } from "./en/money-mails.ts";
import { moneyMails as fr } from "./fr/money-mails.ts";
import { inBoth } from "./locale.ts";

export const moneyMailWords = inBoth(fr, en);
