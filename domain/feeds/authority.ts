import { isni } from "../metadata/identifiers.ts";
import type { FeedIdentifier } from "./feed-work.ts";

/** Where the identifiers of people and groups lead: the register's own address for each. */
const registers: Record<string, (value: string) => string | null> = {
  isni: (value) => {
    const code = isni(value);
    return code ? `https://isni.org/isni/${code}` : null;
  },
  orcid: (value) => {
    const code = isni(value);
    return code ? `https://orcid.org/${code.replace(/(.{4})(?=.)/g, "$1-")}` : null;
  },
  wikidata: (value) => (/^Q\d+$/.test(value) ? `https://www.wikidata.org/entity/${value}` : null),
  viaf: (value) => (/^\d+$/.test(value) ? `https://viaf.org/viaf/${value}` : null),
  musicbrainz: (value) => (uuid.test(value) ? `https://musicbrainz.org/artist/${value.toLowerCase()}` : null),
  banq: (value) => (web.test(value) ? value : null),
  uri: (value) => (web.test(value) ? value : null),
};
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const web = /^https?:\/\/[^\s"'<>]+$/i;

/** The same person or group elsewhere, ISNI first; what has a wrong check digit or another shape is not named. */
export function sameElsewhere(identifiers: readonly FeedIdentifier[]): string[] {
  const order = Object.keys(registers);
  return [...identifiers]
    .sort((a, b) => order.indexOf(a.scheme) - order.indexOf(b.scheme))
    .flatMap(({ scheme, value }) =>
      Object.hasOwn(registers, scheme) ? (registers[scheme]!(value) ?? []) : [],
    );
}
