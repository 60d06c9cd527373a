import { feeds as en } from "./en/feeds.ts";
import { feeds as fr } from "./fr/feeds.ts";
import { inBoth } from "./locale.ts";

export const feedsWords = inBoth(fr, en);
