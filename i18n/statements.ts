import { statements as en } from "./en/statements.ts";
import { statements as fr } from "./fr/statements.ts";
import { inBoth } from "./locale.ts";

export const statementWords = inBoth(fr, en);
