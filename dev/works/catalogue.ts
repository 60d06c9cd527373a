import { albums } from "./catalogue/albums.ts";
import { booksFleuve } from "./catalogue/books-fleuve.ts";
import { booksHalles } from "./catalogue/books-halles.ts";
import { people } from "./catalogue/people.ts";
import type { BookPlan, PersonPlan, Plan } from "./plan.ts";

export { coops, people } from "./catalogue/people.ts";

export const books: BookPlan[] = [...booksFleuve, ...booksHalles];

/** Every demo work, books first. All people, titles and identifiers are invented. */
export const plans: Plan[] = [...books, ...albums];

/** The person of that slug; an unknown slug is a mistake in the catalogue. */
export function personOf(slug: string): PersonPlan {
  const found = people.find((person) => person.slug === slug);
  if (!found) throw new Error(`No such person in the demo catalogue: ${slug}`);
  return found;
}
