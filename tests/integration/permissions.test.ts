import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import routeTable from "#app/routes.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { deedsOfAccounts, looksOfAccounts } from "./permissions-account.ts";
import { deedsInBuying, looksInBuying } from "./permissions-buying.ts";
import { deeds, freshId } from "./permissions-deeds.ts";
import {
  type Answer,
  openPermissions,
  type Permissions,
  type Visitor,
  visitors,
} from "./permissions-house.ts";
import { looks } from "./permissions-looks.ts";
import { deedsInRooms, looksInRooms } from "./permissions-rooms.ts";
import type { Row } from "./permissions-rows.ts";

// Who may what, tried: every address and every form, by everybody, with the ids of both co-ops, through the app's own routes.
let house: Permissions;
beforeAll(async () => {
  house = await openPermissions();
});
afterAll(() => house?.close());

const said = ({ route, what, form, json }: Row) =>
  [form || json ? "POST" : "GET", route, what].filter(Boolean).join(" ");
const allLooks = () => [
  ...looks(house),
  ...looksInRooms(house),
  ...looksInBuying(house),
  ...looksOfAccounts(),
];
const allDeeds = () => [
  // First: what comes after takes works out of the shop.
  ...deedsInBuying(house),
  ...deeds(house),
  ...deedsInRooms(house),
  ...deedsOfAccounts(),
];
/** In one language, then in the other: both mount the same module, and it has to be so for each. */
const addressOf = ({ route, params, query }: Row, locale: Locale) =>
  route === "missing" ? (locale === "fr" ? "/rien" : "/en/rien") : pathTo(route, locale, params, query);
const localeFor = (row: number, visitor: Visitor): Locale =>
  (row + visitors.indexOf(visitor)) % 2 === 0 ? "fr" : "en";

/** What is wrong with an answer to somebody who may not, in words; null where it is as it should be. */
function wrongly(row: Row, visitor: Visitor, { status, to }: Answer): string | null {
  if (visitor === "stranger") {
    const wanted = row.stranger ?? 302;
    if (status !== wanted) return `${status} instead of ${wanted}`;
    return status !== 302 || isTheWayIn(to) ? null : `sent to ${to}`;
  }
  return (row.refused ?? [404]).includes(status) ? null : `${status}`;
}
const isTheWayIn = (to: string | null) => /^\/(connexion|en\/sign-in)\?vers=%2F(?!%2F)/.test(to ?? "");

/** Tries a row: first everybody who may not, which must write nothing, then those who may. Returns what went wrong. */
async function tryRow(row: Row, index: number): Promise<string[]> {
  const faults: string[] = [];
  const isForm = row.form !== undefined || row.json !== undefined;
  const formOf = () =>
    row.form &&
    Object.fromEntries(
      Object.entries(row.form).map(([name, said]) => [name, said === freshId ? v7() : said]),
    );
  const ask = (visitor: Visitor) =>
    house.ask(visitor, addressOf(row, localeFor(index, visitor)), { form: formOf(), json: row.json });
  const before = await house.fingerprint();
  for (const visitor of visitors) {
    if (row.may.includes(visitor)) continue;
    const fault = wrongly(row, visitor, await ask(visitor));
    if (fault) faults.push(`${said(row)}, ${visitor} who may not: ${fault}`);
  }
  const after = await house.fingerprint();
  for (const table of Object.keys(after))
    if (after[table] !== before[table]) faults.push(`${said(row)}: who may not has written in ${table}`);
  const wanted = row.ok ?? (isForm ? 303 : 200);
  for (const [i, visitor] of row.may.entries()) {
    const answer = await ask(visitor);
    const fine = row.isOpen
      ? answer.status < 500 && answer.status !== 401
      : answer.status === wanted || (i > 0 && row.again?.includes(answer.status));
    if (!fine || isTheWayIn(answer.to))
      faults.push(
        `${said(row)}, ${visitor} who may: ${answer.status} ${answer.to ?? ""} ${answer.text.slice(0, 300)}`,
      );
    if (!row.isKey)
      for (const word of secretsFor(visitor))
        if (answer.text.includes(word)) faults.push(`${said(row)}: ${visitor} is told ${word}`);
  }
  return faults;
}

/** What an answer to this visitor never says: who bought of others, and whose the money of the other co-op is. */
function secretsFor(visitor: Visitor): string[] {
  const { buyers, member } = house;
  const buyersOf = {
    a: [buyers.a, buyers.quarrelA],
    b: [buyers.b],
    ab: [buyers.ab],
    quarrel: [buyers.quarrelB],
  };
  const ofA = [...buyersOf.a, house.emailOf("ana"), `member:${member("ana")}`, house.emailOf("adminA")];
  const ofB = [...buyersOf.b, house.emailOf("dan"), `member:${member("dan")}`, house.emailOf("adminB")];
  const all = [...ofA, ...ofB, ...buyersOf.ab, ...buyersOf.quarrel];
  // Whoever keeps the books of the platform's co-op reads the whole ledger, and all disputes; not who bought of the others.
  if (visitor === "treasurerA" || visitor === "adminA") return buyersOf.b;
  if (visitor === "treasurerB" || visitor === "adminB") return ofA;
  const own = [
    house.emailOf(visitor),
    ...(["ana", "dan"].includes(visitor) ? [`member:${member(visitor)}`] : []),
  ];
  // Who shares in a work sees with whom.
  // The desk writes to who made what it reads.
  if (visitor === "curatorA") own.push(house.emailOf("ana"));
  if (visitor === "curatorB") own.push(house.emailOf("dan"));
  if (visitor === "benoit") own.push(`member:${member("ana")}`);
  return all.filter((word) => !own.includes(word));
}

/** 501 says that a format is not offered. */
const isFault = (status: number) => status >= 500 && status !== 501;
const withoutBugs = () => expect(house.bugs).toEqual([]);

describe("the table", () => {
  it("has a row for every route, and for every form", async () => {
    const named = (rows: Row[]) => new Set<string>(rows.map(({ route }) => route));
    const [looked, done] = [named(allLooks()), named(allDeeds())];
    // Ends the session of who tries it: below.
    done.add("signOut");
    const missing: string[] = [];
    for (const { id, file } of routeTable) {
      const name = id!.replace(/^(fr|en)\//, "");
      const module: object = await import(
        /* @vite-ignore */ new URL(`../../app/${file}`, import.meta.url).pathname
      );
      if ("loader" in module && !looked.has(name)) missing.push(`GET ${name}`);
      if ("action" in module && !done.has(name)) missing.push(`POST ${name}`);
    }
    expect([...new Set(missing)]).toEqual([]);
  });
});

describe("who may look", () => {
  it("is as the table says, in both languages, and nobody is told what is not theirs", async () => {
    const faults: string[] = [];
    for (const [i, row] of allLooks().entries()) faults.push(...(await tryRow(row, i)));
    expect(faults).toEqual([]);
    withoutBugs();
  }, 300_000);

  it("is the same for what a page fetches behind the scenes", async () => {
    const faults: string[] = [];
    for (const [i, row] of allLooks().entries()) {
      // The shop's pages are for everybody, and a document has no such address.
      if (row.may.length === visitors.length || row.refused) continue;
      for (const visitor of visitors) {
        if (row.may.includes(visitor)) continue;
        const [path, query] = addressOf(row, localeFor(i, visitor)).split("?");
        const { status, text } = await house.ask(visitor, `${path}.data${query ? `?${query}` : ""}`);
        const isTurnedAway = status === 404 || (status === 202 && /connexion|sign-in|deconnexion/.test(text));
        if (!isTurnedAway) faults.push(`${said(row)}.data, ${visitor}: ${status} ${text.slice(0, 200)}`);
        for (const word of secretsFor(visitor))
          if (text.includes(word)) faults.push(`${said(row)}.data: ${visitor} is told ${word}`);
      }
    }
    expect(faults).toEqual([]);
    withoutBugs();
  }, 300_000);

  it("is answered calmly whatever stands in place of an id or a question", async () => {
    const faults: string[] = [];
    const ids = [
      "x",
      "00000000-0000-7000-8000-000000000000",
      "'; drop table sale; --",
      "..%2F..%2Fetc",
      "%E2%80%AE",
      "9".repeat(400),
    ];
    const questions = [
      "-1",
      "1e9",
      "x",
      "2026-13-45",
      "99999999999999999999",
      "%00",
      "'",
      "[]",
      "😀".repeat(50),
    ];
    const asked =
      "coop page q compte avant du au periode membre oeuvre apres ecriture ligne montant regle de a etat depot ecart annee excedent tiers reserve fait acces vers place genre langue".split(
        " ",
      );
    const seats: Visitor[] = ["stranger", "ana", "adminA"];
    const seen = new Set<string>();
    for (const row of allLooks()) {
      if (row.route === "missing" || seen.has(row.route)) continue;
      seen.add(row.route);
      const keys = Object.keys(row.params ?? {});
      for (const visitor of seats) {
        if (keys.length > 0)
          for (const id of ids) {
            const params = Object.fromEntries(keys.map((key) => [key, decodeURIComponent(id)]));
            const { status } = await house.ask(visitor, pathTo(row.route, "fr", params));
            if (isFault(status) || (status === 200 && row.route !== "signInLink" && !row.isOpen))
              faults.push(`${row.route} with ${id.slice(0, 40)}, ${visitor}: ${status}`);
          }
        if (visitor === "stranger") continue;
        for (const word of questions) {
          const query = asked
            .map((name) => `${name}=${encodeURIComponent(decodeURIComponent(word))}`)
            .join("&");
          const { status } = await house.ask(visitor, `${pathTo(row.route, "fr", row.params)}?${query}`);
          if (isFault(status)) faults.push(`${row.route}?${word}, ${visitor}: ${status}`);
        }
      }
      // One at a time too, by somebody who is let in: a co-op that is nobody's hides the rest.
      for (const name of row.may.length === visitors.length ? [] : asked) {
        const { status } = await house.ask(
          row.may[0] ?? "adminA",
          `${pathTo(row.route, "fr", row.params)}?${name}=-1'`,
        );
        if (isFault(status)) faults.push(`${row.route}?${name}=-1': ${status}`);
      }
    }
    expect(faults).toEqual([]);
    withoutBugs();
  }, 300_000);
});

describe("who may write", () => {
  it("is as the table says; a form from anybody else changes nothing, in any table", async () => {
    const faults: string[] = [];
    for (const [i, row] of allDeeds().entries()) faults.push(...(await tryRow(row, i)));
    expect(faults).toEqual([]);
    withoutBugs();
  }, 300_000);

  it("is answered calmly when the form is none", async () => {
    const faults: string[] = [];
    const seen = new Set<string>();
    for (const [i, row] of allDeeds().entries()) {
      if (seen.has(row.route)) continue;
      seen.add(row.route);
      for (const visitor of ["stranger", "ana", "adminA", "adminB"] as const)
        for (const form of [
          {},
          { act: "", intent: "", what: "", answer: "" },
          { act: "%00", intent: "\u0000", amount: "1e99" },
        ])
          for (const locale of ["fr", "en"] as const) {
            const { status } = await house.ask(visitor, addressOf(row, locale), { form });
            if (status >= 500)
              faults.push(`${said(row)} with ${JSON.stringify(form)}, ${visitor}, ${i}: ${status}`);
          }
    }
    expect(faults).toEqual([]);
    withoutBugs();
  }, 300_000);

  it("is nobody any more once signed out, or when the role was taken back", async () => {
    const at = "/bureau/ventes?coop=c";
    expect((await house.ask("adminC", at)).status).toBe(200);
    await house.stage.db.deleteFrom("coop_role").where("coop_id", "=", house.stage.coops.get("C")!).execute();
    expect((await house.ask("adminC", at)).status).toBe(404);
    expect((await house.ask("adminC", "/bibliotheque")).status).toBe(200);
    expect((await house.ask("adminC", "/deconnexion", { form: {} })).status).toBe(303);
    expect((await house.ask("adminC", "/bibliotheque")).to).toContain("/connexion");
  });
});
