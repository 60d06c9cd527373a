import { session as en } from "./en/session.ts";
import { session as fr } from "./fr/session.ts";
import { inBoth } from "./locale.ts";

export const sessionWords = inBoth(fr, en);
