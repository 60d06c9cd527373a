import { shop as en } from "./en/shop.ts";
import { shop as fr } from "./fr/shop.ts";
import { inBoth } from "./locale.ts";

export const shopWords = inBoth(fr, en);
