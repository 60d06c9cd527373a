import { integrations as en } from "./en/integrations.ts";
import { integrations as fr } from "./fr/integrations.ts";
import { inBoth } from "./locale.ts";

export const integrationsWords = inBoth(fr, en);
