/** Where people are identified for all libraries and encyclopedias, and what an identifier of each looks like. */
import { isni } from "./identifiers.ts";

export const AUTHORITIES = ["isni", "wikidata", "viaf", "musicbrainz", "banq", "orcid"] as const;
export type Authority = (typeof AUTHORITIES)[number];

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const readers: Record<Authority, (raw: string) => string | undefined> = {
  isni,
  orcid: isni,
  wikidata: (raw) =>
    /^(?:https?:\/\/(?:www\.)?wikidata\.org\/(?:wiki|entity)\/)?(Q[1-9]\d{0,11})$/.exec(raw)?.[1],
  viaf: (raw) => /^(?:https?:\/\/(?:www\.)?viaf\.org\/viaf\/)?([1-9]\d{1,21})\/?$/.exec(raw)?.[1],
  musicbrainz: (raw) => {
    const id = raw.replace(/^https?:\/\/(?:www\.)?musicbrainz\.org\/artist\//, "").toLowerCase();
    return uuid.test(id) ? id : undefined;
  },
  // The number of a record of the national library, as its catalogue shows it.
  banq: (raw) => /^[0-9]{6,12}$/.exec(raw)?.[0],
};

/** What a person typed or pasted (an address is taken too) → the identifier alone; undefined where it is none of that authority. */
export function authorityId(scheme: string, raw: string): string | undefined {
  return Object.hasOwn(readers, scheme) ? readers[scheme as Authority](raw.trim()) : undefined;
}

const addressed: readonly Authority[] = ["musicbrainz", "wikidata", "viaf"];

/** Of what a file or a message says of somebody, the numbers that a register could have given; addresses of records are read too. */
function authorityNumbers(
  said: readonly { scheme: string; value: string }[] = [],
): { scheme: Authority; value: string }[] {
  return said.flatMap(({ scheme, value }) => {
    if (scheme !== "uri") {
      const number = authorityId(scheme, value);
      return number === undefined ? [] : [{ scheme: scheme as Authority, value: number }];
    }
    const bare = /^https?:\/\/(?:www\.)?(isni|orcid)\.org\/(?:isni\/)?([\dX -]{16,22})\/?$/i.exec(value);
    if (bare) return authorityNumbers([{ scheme: bare[1]!.toLowerCase(), value: bare[2]! }]);
    const authority =
      /^https?:/.test(value) && addressed.find((each) => authorityId(each, value) !== undefined);
    return authority ? [{ scheme: authority, value: authorityId(authority, value)! }] : [];
  });
}

/** The same person with the numbers by which they are known again. */
export const withNumbers = <
  Named extends { identifiers?: readonly { scheme: string; value: string }[] | undefined },
>(
  person: Named,
): Named & { numbers: { scheme: Authority; value: string }[] } => ({
  ...person,
  numbers: authorityNumbers(person.identifiers),
});
