import { desk as en } from "./en/desk.ts";
import { desk as fr } from "./fr/desk.ts";
import { inBoth } from "./locale.ts";

export const deskWords = inBoth(fr, en);
