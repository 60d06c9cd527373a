/** The matrix is made of rows: a route, what is tried there, and who may. Whoever is not named may not. */
import type { pathTo } from "#i18n/paths.ts";
import { type Visitor, visitors } from "./permissions-house.ts";

export type Place = Parameters<typeof pathTo>[0];
export type Row = {
  route: Place | "missing";
  /** What is tried, where a route has several. */
  what?: string;
  params?: Record<string, string>;
  query?: Record<string, string>;
  form?: Record<string, string>;
  json?: object;
  may: readonly Visitor[];
  /** What those who may are answered, the first of them at least: 200 for a look, 303 for a form. */
  ok?: number;
  /** Of a form that the first may send, those after are perhaps told that it is done already. */
  again?: readonly number[];
  /** What the others are answered: 404, and of a form at times a refusal that tells nothing. */
  refused?: readonly number[];
  /** What a stranger is answered: the way in (302), unless the address is for nobody to know (404) or not a page (401). */
  stranger?: number;
  /** What those who may are answered is another test's: here it is no fault of ours, and not the way in. */
  isOpen?: boolean;
  /** Who holds this address holds the key. */
  isKey?: boolean;
};

export const everyone = visitors;
export const signedIn = visitors.filter((each) => each !== "stranger");
export const artists: Visitor[] = ["ana", "benoit", "dan", "carl"];
export const booksA: Visitor[] = ["treasurerA", "adminA"];
export const booksB: Visitor[] = ["treasurerB", "adminB"];
export const deskA: Visitor[] = ["curatorA", "adminA"];
export const deskB: Visitor[] = ["curatorB", "adminB"];
export const nobody: Visitor[] = [];
