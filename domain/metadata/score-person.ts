/** How well a person or group is described, out of 100. Pure. */
import { authorityId } from "./authorities.ts";
import { type Score, scoreOf } from "./score.ts";
import { type PersonField, weights } from "./score-weights.ts";

export const shortestAbout = 80;

export type PersonFacts = {
  name: string;
  kind: "person" | "group";
  sortName: string | null;
  about: { fr?: string; en?: string };
  /** Somebody has looked at what is said of the person: a sort name read in a file is a claim until then. */
  confirmed: boolean;
  searched: boolean;
  identifiers: { scheme: string; value: string }[];
  /** One for each contribution. */
  roles: string[];
};

export function scorePerson(facts: PersonFacts): Score<PersonField> {
  const { authority, about, sortName, roles } = weights.person;
  const valid = facts.identifiers.filter(({ scheme, value }) => authorityId(scheme, value) !== undefined);
  const length = Math.max(...Object.values({ fr: "", ...facts.about }).map((text) => text.trim().length));
  const told = facts.roles.filter((role) => role !== "contributor").length;
  // « Fauve » and « Les Cowboys » sort as they are written.
  const sortsItself = facts.kind === "group" || !/\s/.test(facts.name.trim());
  const whole = { have: 1, of: 1, why: "absent" as const };
  return scoreOf<PersonField>([
    ["authority", authority, valid.length > 0 || facts.searched ? whole : { ...whole, have: 0 }],
    [
      "about",
      about,
      length === 0
        ? { ...whole, have: 0 }
        : length >= shortestAbout
          ? whole
          : { have: length, of: shortestAbout, why: "short" },
    ],
    [
      "sortName",
      sortName,
      sortsItself || (facts.sortName && facts.confirmed)
        ? whole
        : { have: 0, of: 1, why: facts.sortName ? "unconfirmed" : "absent" },
    ],
    [
      "roles",
      roles,
      told === facts.roles.length ? whole : { have: told, of: facts.roles.length, why: "some" },
    ],
  ]);
}
