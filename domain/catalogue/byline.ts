/** A person or group as a work names them, with every role they hold in it. */
export type Credit = { name: string; slug: string; role: string };

/** Whose names stand under a title: the first of these roles that anybody holds, for each kind of work. */
const leads = {
  book: ["author", "illustrator", "photographer", "narrator", "editor", "translator"],
  album: ["performer", "composer", "producer", "conductor", "remixer"],
} as const;

/**
 * The names under the title, each once, in the order of the record. Where nobody holds a leading role, everybody is named: a work
 * without a name would be worse.
 */
export function byline(kind: "book" | "album", credits: readonly Credit[]): { name: string; slug: string }[] {
  const role = leads[kind].find((each) => credits.some((credit) => credit.role === each));
  const chosen = role ? credits.filter((credit) => credit.role === role) : credits;
  return [...new Map(chosen.map(({ slug, name }) => [slug, { slug, name }])).values()];
}

/** Each person once with all their roles, in the order of the record: « Ana Roy — composition, guitare ». */
export function creditsByPerson(
  credits: readonly Credit[],
): { name: string; slug: string; roles: string[] }[] {
  const people = new Map<string, { name: string; slug: string; roles: string[] }>();
  for (const { slug, name, role } of credits) {
    const known = people.get(slug);
    if (!known) people.set(slug, { slug, name, roles: [role] });
    else if (!known.roles.includes(role)) known.roles.push(role);
  }
  return [...people.values()];
}
