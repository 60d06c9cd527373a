import { frame as en } from "./en/frame.ts";
import { frame as fr } from "./fr/frame.ts";
import { inBoth } from "./locale.ts";

export const frameWords = inBoth(fr, en);
