import { everyone, nobody, type Row, signedIn } from "./permissions-rows.ts";

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
  ];
}

/** And what is done there. */
export function deedsOfAccounts(): Row[] {
  const nothing = "00000000-0000-7000-8000-000000000000";
  return [
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
