import { library as en } from "./en/library.ts";
import { library as fr } from "./fr/library.ts";
import { inBoth } from "./locale.ts";

export const libraryWords = inBoth(fr, en);
