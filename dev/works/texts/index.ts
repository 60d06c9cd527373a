import { fleuveEssays } from "./fleuve-essays.ts";
import { fleuveNovels } from "./fleuve-novels.ts";
import { fleuvePictures } from "./fleuve-pictures.ts";
import { hallesNovels } from "./halles-novels.ts";
import { hallesOthers } from "./halles-others.ts";
import type { Text } from "./text.ts";

/** The text of each book, by its slug. */
export const texts: Record<string, Text> = {
  ...fleuveNovels,
  ...fleuveEssays,
  ...fleuvePictures,
  ...hallesNovels,
  ...hallesOthers,
};
