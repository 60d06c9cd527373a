import { mails as en } from "./en/mails.ts";
import { mails as fr } from "./fr/mails.ts";
import { inBoth } from "./locale.ts";

export const mailWords = inBoth(fr, en);
