import { shortId } from "#app/components/short-id.ts";
import type { Permissions, Visitor } from "./permissions-house.ts";
import {
  artists,
  booksA,
  booksB,
  deskA,
  deskB,
  everyone,
  nobody,
  type Place,
  type Row,
  signedIn,
} from "./permissions-rows.ts";

/** What is looked at. */
export function looks(house: Permissions): Row[] {
  const {
    stage,
    sale,
    dispute,
    drafts,
    albums,
    submission,
    works,
    original,
    cover,
    rule,
    right,
    access,
    member,
  } = house;
  const slugOf = { a: "l1", b: "m1" };
  const of = (coop: "a" | "b" | "c") => ({ coop });
  const openTo = (route: Place, params: Record<string, string> = {}, more: Partial<Row> = {}): Row => ({
    route,
    params,
    may: everyone,
    ...more,
  });
  /** A page of the office for each co-op: its own people, and nobody else's. */
  const office = (route: Place, may: { a: Visitor[]; b: Visitor[]; c: Visitor[] }): Row[] =>
    (["a", "b", "c"] as const).map((coop) => ({
      route,
      what: `of ${coop}`,
      query: of(coop),
      may: may[coop],
    }));
  const books = { a: booksA, b: booksB, c: ["adminC"] as Visitor[] };
  /** The same page about a thing of A and one of B. */
  const pair = (
    route: Place,
    ids: { a: string; b: string },
    may: { a: Visitor[]; b: Visitor[] },
    more: { query?: "coop" } & Partial<Pick<Row, "stranger" | "ok">> = {},
  ): Row[] =>
    (["a", "b"] as const).map((key) => {
      const { query, ...rest } = more;
      return {
        route,
        what: key,
        params: { id: ids[key] },
        may: may[key],
        ...(query && { query: of(key) }),
        ...rest,
      };
    });
  const makers = { a: ["ana"] as Visitor[], b: ["dan"] as Visitor[] };
  const ids = { a: member("ana"), b: member("dan") };
  const statement = (route: Place, may: { a: Visitor[]; b: Visitor[] }): Row[] =>
    (["a", "b"] as const).map((key) => ({ route, what: key, query: { membre: ids[key] }, may: may[key] }));

  return [
    ...(["home", "browse", "coops", "about", "cart"] as const).map((route) => openTo(route)),
    openTo("work", { slug: slugOf.a }),
    // A draft: its artist and those who will judge it, not who keeps the books.
    {
      route: "work",
      what: "a draft",
      params: { slug: drafts.a.slug },
      may: ["ana", ...deskA],
      stranger: 404,
    },
    {
      route: "work",
      what: "a draft of B",
      params: { slug: drafts.b.slug },
      may: ["dan", ...deskB],
      stranger: 404,
    },
    { route: "sample", params: { slug: slugOf.a }, may: nobody, stranger: 404 },
    openTo("agent", { slug: house.agent.slug }),
    openTo("coop", { slug: "a" }),
    openTo("checkout", {}, { ok: 302 }),
    openTo("signIn", {}, { may: ["stranger"], refused: [302] }),
    openTo("signInLink", { token: "rien" }),
    openTo("signOut", {}, { ok: 302 }),
    openTo("health"),
    { route: "missing", may: nobody, stranger: 404 },
    { route: "stripeWebhook", may: nobody, stranger: 404 },
    { route: "uploads", may: nobody, stranger: 404 },
    { route: "upload", params: { id: house.uploads.a }, may: nobody, stranger: 404 },

    { route: "media", what: "published", params: { id: cover.published }, may: everyone },
    { route: "media", what: "a draft", params: { id: cover.draft }, may: ["ana", ...deskA], stranger: 404 },
    { route: "media", what: "an original", params: { id: original.a }, may: nobody, stranger: 404 },
    {
      route: "cover",
      what: "published",
      params: { id: shortId(cover.published), file: "480.webp" },
      may: everyone,
    },
    {
      route: "cover",
      what: "a draft",
      params: { id: shortId(cover.draft), file: "480.webp" },
      may: ["ana", ...deskA],
      stranger: 404,
    },

    { route: "library", may: signedIn },
    ...(["thanks", "purchase", "receiptPdf"] as const).flatMap((route): Row[] => [
      { route, params: { access: access.a }, may: everyone, isKey: true },
      {
        route,
        what: "with the key of another sale",
        params: { access: `${sale.a}.${access.b.split(".")[1]}` },
        may: nobody,
        stranger: 404,
      },
    ]),
    {
      route: "download",
      params: { right: right.a, asset: original.a },
      may: ["buyer"],
      ok: 302,
      stranger: 404,
    },
    {
      route: "download",
      what: "with the receipt's key",
      params: { right: right.a, asset: original.a },
      query: { acces: access.a },
      may: everyone,
      ok: 302,
      isKey: true,
    },
    {
      route: "download",
      what: "with the key of another sale",
      params: { right: right.b, asset: original.b },
      query: { acces: access.a },
      may: nobody,
      stranger: 404,
    },
    {
      route: "download",
      what: "another work's file",
      params: { right: right.a, asset: original.b },
      query: { acces: access.a },
      may: nobody,
      stranger: 404,
    },

    ...(["studio", "studioNew", "studioEarnings", "studioPayouts"] as const).map(
      (route): Row => ({ route, may: artists }),
    ),
    ...(["studioFiles", "studioDetails", "studioScore", "studioShares", "studioSubmission"] as const).flatMap(
      (route) => [
        ...pair(route, works, makers),
        ...pair(route, { a: drafts.a.workId, b: drafts.b.workId }, makers),
      ],
    ),
    ...pair("studioHearing", { a: albums.a.workId, b: albums.b.workId }, makers),
    ...pair("studioSale", sale, { a: ["ana", "benoit"], b: ["dan"] }),
    { route: "studioSale", what: "mixed", params: { id: sale.ab }, may: ["ana", "benoit", "dan"] },
    ...statement("studioStatements", makers),
    ...(["studioStatementCsv", "studioStatementPdf"] as const).flatMap((route) =>
      // The co-op that owns the platform answers for the whole of the books.
      statement(route, { a: ["ana", ...booksA], b: ["dan", ...booksB, ...booksA] }),
    ),

    { route: "desk", may: [...deskA, ...deskB, "adminC"] },
    { route: "deskWorks", may: [...deskA, ...deskB, "adminC"] },
    ...pair("deskSubmission", submission, { a: deskA, b: deskB }),
    { route: "deskScore", may: [...deskA, ...deskB, "adminC"] },
    ...pair("deskRecord", works, { a: deskA, b: deskB }),
    { route: "deskPerson", params: { id: house.agent.id }, may: deskA },
    ...(["deskExchange", "deskExchangeOnix", "deskExchangeCsv"] as const).flatMap((route) =>
      office(route, { a: deskA, b: deskB, c: ["adminC"] }),
    ),
    // Asked for no album: back to the page.
    ...office("deskExchangeDdex", { a: deskA, b: deskB, c: ["adminC"] }).map((row) => ({ ...row, ok: 303 })),

    ...(
      [
        "office",
        "officeSales",
        "officeDisputes",
        "officeBooks",
        "officePayees",
        "officeStatements",
        "officeStatementPdf",
        "officeJournal",
        "officeMembers",
        "officeRules",
        "officeRuleSimulation",
      ] as const
    ).flatMap((route) => office(route, books)),
    ...office("officeReconciliation", { a: booksA, b: nobody, c: nobody }),
    ...office("officeYear", { a: booksA, b: nobody, c: nobody }),
    ...office("officeRulePropose", { a: ["adminA"], b: ["adminB"], c: ["adminC"] }),
    ...(["officeSale", "officeRefund"] as const).flatMap((route): Row[] => [
      ...pair(route, sale, { a: booksA, b: booksB }),
      { route, what: "mixed", params: { id: sale.ab }, may: [...booksA, ...booksB] },
    ]),
    ...pair("officeDispute", dispute, { a: booksA, b: [...booksB, ...booksA] }),
    ...pair("officePayee", ids, { a: booksA, b: booksB }),
    { route: "officePayee", what: "a co-op", params: { id: stage.coops.get("B")! }, may: booksB },
    ...pair("officeRule", rule, { a: booksA, b: booksB }, { query: "coop" }),
    {
      route: "officeRule",
      what: "of A, in the office of B",
      params: { id: rule.a },
      query: of("b"),
      may: nobody,
    },
    {
      route: "officeRuleSimulation",
      what: "of A with a rule of B",
      query: { coop: "a", regle: rule.b },
      may: booksA,
    },
  ];
}
