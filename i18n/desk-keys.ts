import { deskKeys as en } from "./en/desk-keys.ts";
import { deskKeys as fr } from "./fr/desk-keys.ts";
import { inBoth } from "./locale.ts";

export const deskKeyWords = inBoth(fr, en);
