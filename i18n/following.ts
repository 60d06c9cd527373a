import { following as en } from "./en/following.ts";
import { following as fr } from "./fr/following.ts";
import { inBoth } from "./locale.ts";

export const followingWords = inBoth(fr, en);
