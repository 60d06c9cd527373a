import { office as en } from "./en/office.ts";
import { office as fr } from "./fr/office.ts";
import { inBoth } from "./locale.ts";

export const officeWords = inBoth(fr, en);
