import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { isSmall, meant, wordsOf } from "./search-words.ts";

/** For each word of a query the words of the catalogue that may have been meant; `unknown` are those that resemble none. */
export type Spelling = { groups: string[][]; unknown: string[] };

const mostKnown = 40;

/**
 * What a misspelled query may have meant, among all words of titles, names and subjects: one letter wrong by an equality on what is
 * left without a letter, more than one by trigrams, the beginning of a word by a range. One round trip.
 */
export async function findSpelling(db: Database, query: string): Promise<Spelling> {
  const all = wordsOf(query);
  const large = all.filter((word) => !isSmall(word));
  const words = large.length > 0 ? large : all;
  if (words.length === 0) return { groups: [], unknown: [] };
  const { rows } = await sql<{ word: string; known: string[] }>`
    select a.word, array(
      (select k.word from search_word k where k.variants && without_one_letter(a.word) limit ${mostKnown * 5})
      union
      (select k.word from search_word k where length(a.word) > 5 and k.word % a.word
        order by similarity(k.word, a.word) desc limit ${mostKnown})
      union
      (select k.word from search_word k where length(a.word) > 3 and k.word > a.word and k.word < a.word || chr(1114111)
        order by k.word limit ${mostKnown / 4})) as known
    from unnest(${words}::text[]) a (word)`.execute(db);
  const found = new Map(rows.map(({ word, known }) => [word, meant(word, known)]));
  // A number is typed as it is meant.
  const groups = words.map((word) => (/^\d+$/.test(word) ? [word] : (found.get(word) ?? [])));
  return {
    groups: groups.filter((group) => group.length > 0),
    unknown: words.filter((_, i) => groups[i]!.length === 0),
  };
}
