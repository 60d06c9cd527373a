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
