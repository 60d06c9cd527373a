import { reports as en } from "./en/reports.ts";
import { reports as fr } from "./fr/reports.ts";
import { inBoth } from "./locale.ts";

export const reportWords = inBoth(fr, en);
