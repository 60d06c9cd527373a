import { bench as en } from "./en/bench.ts";
import { bench as fr } from "./fr/bench.ts";
import { inBoth } from "./locale.ts";

export const benchWords = inBoth(fr, en);
