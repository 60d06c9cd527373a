/** The two lists of subjects that the book trade shares: Thema (the world's) and CLIL (the French one). Shapes only: lists change. */
const shapes = {
  // A letter for the category, or a digit for a qualifier (place, language, time, age).
  thema: /^(?:[A-Z][A-Z0-9]{0,7}|[1-6][A-Z0-9-]{1,16})$/,
  clil: /^\d{4}$/,
};
export type SubjectScheme = keyof typeof shapes;

/** Under which names files and feeds speak of them; the numbers are those of ONIX, list 27. */
const names: Record<string, SubjectScheme> = { thema: "thema", "93": "thema", clil: "clil", "29": "clil" };

export function subjectCode(
  scheme: string,
  raw: string,
): { scheme: SubjectScheme; code: string } | undefined {
  const known = names[scheme.trim().toLowerCase()];
  const code = raw.trim().toUpperCase();
  return known && shapes[known].test(code) ? { scheme: known, code } : undefined;
}
