import { api as en } from "./en/api.ts";
import { api as fr } from "./fr/api.ts";
import { inBoth } from "./locale.ts";

export const apiWords = inBoth(fr, en);
