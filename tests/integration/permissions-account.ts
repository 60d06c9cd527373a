import { v7 } from "uuid";
import type { Visitor } from "./permissions-house.ts";
import { booksA, booksB, everyone, nobody, type Row, signedIn } from "./permissions-rows.ts";

const nothing = "00000000-0000-7000-8000-000000000000";
const books = { a: booksA, b: booksB, c: ["adminC"] as Visitor[] };
const admins = { a: ["adminA"], b: ["adminB"], c: ["adminC"] } as Record<"a" | "b" | "c", Visitor[]>;
const coops = ["a", "b", "c"] as const;

const incident = {
  act: "record",
  happenedOn: "2026-03-01",
  noticedOn: "2026-03-02",
  what: "Un courriel parti à la mauvaise adresse",
  about: "Une adresse",
  people: "1",
  harm: "none",
  harmReason: "Effacé par qui l’a reçu",
  measures: "Prévenu",
};

/** One's account: everybody who is signed in has one, and nobody has another's. What is looked at. */
export function looksOfAccounts(): Row[] {
  return [
    ...(
      [
        "account",
        "accountConfirm",
        "accountPasskeys",
        "accountSessions",
        "accountMail",
        "accountPrivacy",
      ] as const
    ).map((route): Row => ({ route, may: signedIn })),
    { route: "accountMailLink", params: { token: "rien" }, may: signedIn, isOpen: true },
    { route: "accountExport", may: signedIn, isOpen: true },
    { route: "passkeys", may: nobody, stranger: 404 },
    ...(["officeActs", "officeAudit", "officeAuditCsv"] as const).flatMap((route) =>
      coops.map((coop): Row => ({ route, what: `of ${coop}`, query: { coop }, may: books[coop] })),
    ),
    ...coops.map(
      (coop): Row => ({ route: "officeIncidents", what: `of ${coop}`, query: { coop }, may: admins[coop] }),
    ),
    { route: "officeAct", params: { id: nothing }, may: nobody },
  ];
}

/** And what is done there. */
export function deedsOfAccounts(): Row[] {
  return [
    ...coops.flatMap((coop): Row[] => [
      // Two people keep the books of A and of B, one alone those of C, who could be confirmed by nobody.
      {
        route: "officeActs",
        what: `of ${coop}`,
        query: { coop },
        form: { above: "500,00" },
        may: admins[coop],
        ok: coop === "c" ? 409 : 303,
      },
      {
        route: "officeIncidents",
        what: `of ${coop}`,
        query: { coop },
        form: { act: "close", id: nothing },
        may: nobody,
      },
      {
        route: "officeMembers",
        what: `recover of ${coop}`,
        query: { coop },
        form: { act: "recover", person: nothing },
        may: nobody,
      },
    ]),
    ...(["a", "b"] as const).map(
      (coop): Row => ({
        route: "officeIncidents",
        what: `record in ${coop}`,
        query: { coop },
        form: { ...incident, id: v7() },
        may: admins[coop],
      }),
    ),
    { route: "officeAct", params: { id: nothing }, form: { answer: "confirm" }, may: nobody },
    { route: "accountConfirm", form: { vers: "/compte" }, may: signedIn, again: [303, 429] },
    { route: "accountPasskeys", form: { id: nothing, name: "x" }, may: signedIn, again: [303, 403] },
    { route: "accountSessions", form: { act: "end", id: nothing }, may: signedIn },
    { route: "accountMail", what: "name", form: { act: "name", name: "" }, may: signedIn },
    {
      route: "accountMail",
      form: { act: "mail", email: "nouvelle@gens.example" },
      may: signedIn,
      again: [303, 429],
    },
    { route: "accountMailLink", params: { token: "rien" }, form: {}, may: nobody, refused: [403] },
    // The box is not ticked: nobody is erased here.
    { route: "accountPrivacy", form: {}, may: signedIn, ok: 422 },
    // The site of this test is a number, for which no passkey is made.
    { route: "passkeys", json: { call: "askSignIn" }, may: everyone, ok: 422 },
    { route: "passkeys", what: "new", json: { call: "askNew" }, may: signedIn, ok: 422, stranger: 401 },
  ];
}
