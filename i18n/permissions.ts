import { permissions as en } from "./en/permissions.ts";
import { permissions as fr } from "./fr/permissions.ts";
import { inBoth } from "./locale.ts";

export const permissionWords = inBoth(fr, en);
