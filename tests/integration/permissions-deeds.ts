import { v7 } from "uuid";
import type { Permissions, Visitor } from "./permissions-house.ts";
import { booksA, booksB, deskA, deskB, everyone, nobody, type Row } from "./permissions-rows.ts";

/** Stands for an id that each who sends the form has of their own. */
export const freshId = "fresh";

/** What is done. Each form is one that is accepted from who may send it: tried last, it proves that the others were refused for who they are. */
export function deeds(house: Permissions): Row[] {
  const { sale, dispute, drafts, albums, submission, works, rule, member, uploads, shareList, difference } =
    house;
  const seats = { a: member("ana"), b: member("dan") };
  const done = [303, 409, 422] as const;
  const both = (
    row: (key: "a" | "b") => Omit<Row, "what" | "may">,
    may: { a: Visitor[]; b: Visitor[] },
    what = "",
  ): Row[] =>
    (["a", "b"] as const).map((key) => ({
      ...row(key),
      what: `${what} ${key}`.trim(),
      may: may[key],
      again: done,
    }));
  const books = { a: booksA, b: booksB };
  const admins = { a: ["adminA"] as Visitor[], b: ["adminB"] as Visitor[] };
  const makers = { a: ["ana"] as Visitor[], b: ["dan"] as Visitor[] };
  const evidence = { statement: "Merci", product: "p", receipt: "r", accessLog: "l", terms: "t" };
  const payee = (act: string, form: Record<string, string> = {}): Row[] =>
    both(
      (key) => ({ route: "officePayee", params: { id: seats[key] }, form: { act, ...form } }),
      books,
      act,
    ).map((row) => (act === "retry" || act === "share" ? row : { ...row, ok: 409 }));

  return [
    { route: "missing", form: { a: "1" }, may: nobody, stranger: 404 },
    { route: "stripeWebhook", form: { id: "evt_1" }, may: nobody, refused: [400], stranger: 400 },
    { route: "cart", form: { intent: "remove", work: works.a }, may: everyone },
    { route: "signInLink", params: { token: "rien" }, form: {}, may: nobody, refused: [403], stranger: 403 },
    {
      route: "checkout",
      form: { email: "x@exemple.org", place: "CA-QC", seed: v7() },
      may: everyone,
      ok: 302,
    },
    { route: "work", params: { slug: "l1" }, form: { intent: "add" }, may: everyone },
    {
      route: "work",
      what: "a draft",
      params: { slug: drafts.a.slug },
      form: { intent: "add" },
      may: nobody,
      stranger: 404,
    },

    { route: "signIn", form: { email: "x@exemple.org" }, may: everyone, again: [302, 303, 429] },

    // The studio.
    {
      route: "studioNew",
      form: { kind: "book", title: "Neuf", memberId: seats.a },
      may: ["ana"],
      refused: [404, 422],
    },
    ...both(
      (key) => ({
        route: "studioDetails",
        params: { id: drafts[key].workId },
        form: { title: "Corrigé", priceKind: "fixed", price: "12,00" },
      }),
      makers,
    ),
    ...both(
      (key) => ({
        route: "studioHearing",
        params: { id: albums[key].workId },
        form: { hearing: "start", freePlays: "5" },
      }),
      makers,
    ),
    ...both(
      (key) => ({
        route: "studioShares",
        params: { id: drafts[key].workId },
        form: { intent: "save", "member[]": seats[key], "parts[]": "1" },
      }),
      makers,
      "save",
    ),
    ...both(
      (key) => ({
        route: "studioShares",
        params: { id: drafts[key].workId },
        form: { intent: "invite", name: "Zoé", email: `zoe-${key}@exemple.org`, share: "1" },
      }),
      makers,
      "invite",
    ),
    {
      route: "studioShares",
      what: "a member of another co-op slipped in",
      params: { id: drafts.a.workId },
      form: { intent: "save", "member[]": seats.b, "parts[]": "1" },
      may: nobody,
      refused: [404, 422],
    },
    ...both(
      (key) => ({ route: "uploads", json: uploadOf(drafts[key].workId), ok: 200, stranger: 401 }),
      makers,
    ),
    ...both(
      (key) => ({
        route: "upload",
        params: { id: uploads[key] },
        json: { intent: "sign" },
        ok: 200,
        stranger: 401,
      }),
      makers,
      "sign",
    ),
    ...both(
      (key) => ({
        route: "upload",
        params: { id: uploads[key] },
        json: { intent: "complete" },
        ok: 422,
        stranger: 401,
      }),
      makers,
      "complete",
    ),
    {
      route: "studioFiles",
      what: "another's file, from one's own work",
      params: { id: drafts.a.workId },
      form: { uploadId: uploads.b },
      may: nobody,
      refused: [404, 409],
    },
    ...both(
      (key) => ({
        route: "studioFiles",
        params: { id: drafts[key].workId },
        form: { uploadId: uploads[key] },
      }),
      makers,
    ),
    ...both(
      (key) => ({ route: "studio", form: { shareListId: shareList, memberId: seats[key] } }),
      makers,
      "accept as",
    ),
    ...both(
      (key) => ({
        route: "studioPayouts",
        form: { act: "threshold", memberId: seats[key], threshold: "10" },
      }),
      makers,
      "threshold",
    ),
    ...both(
      (key) => ({
        route: "studioPayouts",
        form: { act: "share", memberId: seats[key], account: "acct_rien" },
        ok: 409,
      }),
      makers,
      "share",
    ),
    ...both(
      (key) => ({ route: "studioPayouts", form: { act: "onboard", memberId: seats[key], country: "CA" } }),
      makers,
      "onboard",
    ),
    ...both(
      (key) => ({ route: "studioScore", params: { id: drafts[key].workId }, form: { mend: "confirm" } }),
      makers,
      "confirm",
    ),
    {
      route: "studioSubmission",
      what: "withdraw",
      params: { id: works.a },
      form: { intent: "withdraw" },
      may: ["ana"],
    },
    ...both(
      (key) => ({
        route: "studioSubmission",
        params: { id: drafts[key].workId },
        form: { intent: "submit" },
        ok: 409,
      }),
      makers,
      "submit",
    ),

    // The desk.
    ...both(
      (key) => ({
        route: "deskSubmission",
        params: { id: submission[key] },
        form: { answer: "record_incomplete", words: "À compléter." },
      }),
      { a: deskA, b: deskB },
    ),
    ...both(
      (key) => ({ route: "deskWorks", form: { work: key === "a" ? works.a2 : works.b } }),
      { a: deskA, b: deskB },
      "take down",
    ),
    // No file is in the form: whoever may is told so.
    ...both(
      (key) => ({ route: "deskExchange", form: { intent: "try", coop: key }, ok: 422, refused: [404, 422] }),
      { a: deskA, b: deskB },
      "import",
    ),

    ...both(
      (key) => ({
        route: "deskRecord",
        params: { id: works[key] },
        form: { mend: "publisher", publisher: "Rives" },
      }),
      { a: deskA, b: deskB },
      "mend",
    ),
    {
      route: "deskPerson",
      params: { id: house.agent.id },
      form: { sortName: "Autrice, Une", searchedNone: "on" },
      may: deskA,
    },

    // The office.
    ...both(
      (key) => ({
        route: "officeRefund",
        params: { id: sale[key] },
        form: {
          refundId: freshId,
          lines: "1",
          amount: "1",
          seen: key === "a" ? "1500" : "1200",
          reason: "Essai",
        },
      }),
      books,
    ),
    {
      route: "officeRefund",
      what: "with a line of another co-op",
      params: { id: sale.ab },
      form: { refundId: freshId, lines: "1,2", amount: "1", seen: "2700", reason: "Essai" },
      may: nobody,
    },
    ...both(
      (key) => ({ route: "officeDispute", params: { id: dispute[key] }, form: { ...evidence, act: "save" } }),
      // Stripe asks the co-op that owns the platform, which answers for all.
      { a: booksA, b: [...booksB, ...booksA] },
    ),
    ...payee("retry"),
    ...payee("share"),
    ...payee("clear", { words: "Vu" }),
    ...payee("outside", { amount: "1,00", paidOn: "2026-03-01", reference: "virement 1" }),
    ...payee("writeOff", { reason: "Essai" }),
    ...payee("unclaimed"),
    ...payee("reclaim"),
    ...payee("remit", { authority: "Revenu Québec", remittedOn: "2026-03-01", remittance: "BD-81.5" }),
    ...payee("remitBack", { remittanceId: freshId, backReason: "Essai" }),
    ...both(
      (key) => ({
        route: "officeMembers",
        query: { coop: key },
        form: { name: "Neuve", email: `neuve-${key}@exemple.org` },
      }),
      admins,
    ),
    ...both(
      (key) => ({ route: "officeRules", query: { coop: key }, form: { tps: "1", tvq: "2", tva: "" } }),
      admins,
      "tax numbers",
    ),
    ...both(
      (key) => ({
        route: "officeRulePropose",
        query: { coop: key },
        form: { intent: "propose", fee: "all", from: "2026-12-01" },
      }),
      admins,
    ),
    ...both(
      (key) => ({
        route: "officeRule",
        params: { id: rule[key] },
        query: { coop: key },
        form: { intent: "withdraw" },
      }),
      admins,
      "withdraw",
    ),
    ...both(
      (key) => ({
        route: "officeRule",
        params: { id: rule[key] },
        query: { coop: key },
        form: { intent: "adopt", voted: "2026-03-01", minutes: "Procès-verbal", from: "2026-12-02" },
      }),
      admins,
      "adopt",
    ).map((row) => ({ ...row, ok: 303 })),
    { route: "officeReconciliation", what: "run", query: { coop: "a" }, form: { what: "run" }, may: booksA },
    {
      route: "officeReconciliation",
      what: "explain",
      query: { coop: "a" },
      form: { what: "explain", difference, to: "operating", reason: "Essai" },
      may: ["treasurerA"],
    },
    {
      route: "officeYear",
      query: { coop: "a" },
      form: { year: "2025", surplus: "100", nonMemberBp: "0", reserveBp: "0" },
      may: booksA,
    },
    {
      route: "officeYear",
      what: "of B",
      query: { coop: "b" },
      form: { year: "2025", surplus: "100", nonMemberBp: "0", reserveBp: "0" },
      may: nobody,
    },
  ];
}

const uploadOf = (workId: string) => ({
  workId,
  name: "autre.epub",
  size: 2000,
  type: "application/epub+zip",
  lastModified: 2,
});
