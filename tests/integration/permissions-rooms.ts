import { choices } from "#domain/delivery/formats.ts";
import { deedsInComposing, looksInComposing } from "./permissions-composing.ts";
import { freshId } from "./permissions-deeds.ts";
import type { Permissions, Visitor } from "./permissions-house.ts";
import { deskA, deskB, everyone, nobody, type Place, type Row, signedIn } from "./permissions-rows.ts";

const desks = { a: deskA, b: deskB, c: ["adminC"] as Visitor[] };
const makers = { a: ["ana"] as Visitor[], b: ["dan"] as Visitor[] };
const admins = { a: ["adminA"] as Visitor[], b: ["adminB"] as Visitor[], c: ["adminC"] as Visitor[] };

/** Feeds, records and formats, the readers' and players' doors, and the quality of records: what is looked at there. */
export function looksInRooms(house: Permissions): Row[] {
  const { works, right, access, original, agent, member } = house;
  const open = (
    route: Place,
    params: Record<string, string> = {},
    query: Record<string, string> = {},
  ): Row => ({
    route,
    params,
    query,
    may: everyone,
    isOpen: true,
  });
  const forReaders = (route: Place, params: Record<string, string> = {}): Row => ({
    route,
    params,
    may: nobody,
    refused: [401],
    stranger: 401,
  });
  return [
    ...looksInComposing(house),
    ...(
      [
        "opds",
        "opdsWorks",
        "opdsDescription",
        "opds2",
        "opds2Works",
        "atom",
        "sitemaps",
        "robots",
        "oai",
      ] as const
    ).map((route) => open(route)),
    ...(["oaiSchema", "dumps", "libraryAuthentication", "librarySearch"] as const).map((route) =>
      open(route),
    ),
    open("opds2Work", { slug: "l1" }),
    open("albumRss", { slug: "l1" }),
    open("atomCoop", { slug: "a" }),
    open("coopRss", { slug: "a" }),
    open("atomAgent", { slug: agent.slug }),
    open("identity", { noun: "oeuvre", id: works.a }),
    open("sitemap", { file: "oeuvres-1.xml" }),
    open("oembed", {}, { url: "http://127.0.0.1:3000/oeuvres/l1" }),
    open("dump", { file: "oeuvres.jsonl" }),
    open("suggestions", {}, { q: "l" }),
    open("subsonic", { call: "ping" }),
    open("api"),
    open("apiList", { noun: "works" }),
    open("apiOne", { noun: "works", id: "l1" }),
    // Programs say who they are by a key, and a session opens nothing here.
    ...(["sales", "records", "members", "payouts"] as const).map((noun) => ({
      ...forReaders("apiList", { noun }),
      what: noun,
    })),
    forReaders("apiPart", { noun: "members", id: member("ana"), part: "statement" }),
    ...(["a", "b", "c"] as const).map((coop) => ({
      route: "officeIntegrations" as const,
      what: `of ${coop}`,
      query: { coop },
      may: admins[coop],
    })),
    ...(["a", "b"] as const).map((coop) => ({
      route: "officeEndpoint" as const,
      what: `of ${coop}`,
      params: { id: "00000000-0000-7000-8000-000000000000" },
      query: { coop },
      may: nobody,
    })),
    ...(["libraryOpds", "libraryOpds2"] as const).map((route) => forReaders(route)),
    ...(["libraryOpdsShelf", "libraryOpds2Shelf"] as const).map((route) =>
      forReaders(route, { shelf: "all" }),
    ),
    forReaders("libraryFile", { right: right.a, asset: original.a }),

    // Heard and read here. The works of these co-ops are books without a sample; what is heard is tried in hearing.test.ts.
    ...(["embed", "sampleReader"] as const).map(
      (route): Row => ({ route, params: { slug: "l1" }, may: nobody, stranger: 404 }),
    ),
    { route: "listen", params: { id: works.a }, may: nobody, stranger: 404 },
    { route: "reader", params: { right: right.a }, may: ["buyer"] },
    { route: "readerFile", params: { right: right.a, asset: original.a }, may: ["buyer"], stranger: 404 },
    { route: "readingPosition", params: { right: right.a, asset: original.a }, may: nobody, stranger: 404 },

    ...(["libraryParcel", "devices"] as const).map((route): Row => ({ route, may: signedIn, isOpen: true })),
    { route: "libraryZip", may: signedIn, isOpen: true },
    ...(["purchaseParcel", "purchaseZip"] as const).flatMap((route): Row[] => [
      { route, params: { access: access.a }, may: everyone, isKey: true, isOpen: true },
      {
        route,
        what: "with the key of another sale",
        params: { access: `${access.a.split(".")[0]}.${access.b.split(".")[1]}` },
        may: nobody,
        stranger: 404,
      },
    ]),
    ...(["parcel", "parcelZip"] as const).flatMap((route): Row[] => [
      {
        route,
        params: { right: right.a },
        query: { format: choices[0] },
        may: ["buyer"],
        isOpen: true,
        stranger: 404,
      },
      {
        route,
        what: "with the key of another sale",
        params: { right: right.b },
        query: { acces: access.a, format: choices[0] },
        may: nobody,
        stranger: 404,
      },
    ]),

    ...(["a", "b"] as const).map(
      (key): Row => ({
        route: "studioScore",
        what: key,
        params: { id: works[key] },
        may: makers[key],
        isOpen: true,
      }),
    ),
    { route: "deskScore", may: [...deskA, ...deskB, "adminC"], isOpen: true },
    ...(["a", "b"] as const).map(
      (key): Row => ({
        route: "deskRecord",
        what: key,
        params: { id: works[key] },
        may: key === "a" ? deskA : deskB,
        isOpen: true,
      }),
    ),
    ...(["deskWorkDoubles", "deskHistory"] as const).flatMap((route) =>
      (["a", "b"] as const).map(
        (key): Row => ({
          route,
          what: key,
          params: { id: works[key] },
          may: key === "a" ? deskA : deskB,
          isOpen: true,
        }),
      ),
    ),
    ...(["a", "b"] as const).map(
      (key): Row => ({
        route: "studioDoubles",
        what: key,
        params: { id: works[key] },
        may: makers[key],
        isOpen: true,
      }),
    ),
    // Whom only works of A name is of A's desk.
    { route: "deskPerson", params: { id: agent.id }, may: deskA, isOpen: true },
    { route: "deskPersonDoubles", params: { id: agent.id }, may: deskA, isOpen: true },
  ];
}

/** And what is done there. */
export function deedsInRooms(house: Permissions): Row[] {
  const { works, right, access, original } = house;
  return [
    ...deedsInComposing(house),
    ...(["a", "b"] as const).flatMap((key): Row[] => [
      {
        route: "studioScore",
        what: key,
        params: { id: works[key] },
        form: { mend: "confirm" },
        may: makers[key],
        isOpen: true,
      },
      {
        route: "deskRecord",
        what: key,
        params: { id: works[key] },
        form: { mend: "confirm" },
        may: desks[key],
        isOpen: true,
      },
    ]),
    ...(["a", "b"] as const).flatMap((key): Row[] => {
      const params = { id: works[key] };
      const form = { act: "apart", other: house.drafts[key].workId };
      return [
        { route: "deskWorkDoubles", what: key, params, form, may: desks[key], isOpen: true },
        { route: "studioDoubles", what: key, params, form, may: makers[key], isOpen: true },
      ];
    }),
    // A work of one's own slipped in beside another's.
    {
      route: "deskWorkDoubles",
      what: "join another co-op's",
      params: { id: works.a },
      form: { act: "keep", other: works.b },
      may: [],
    },
    {
      route: "deskHistory",
      params: { id: works.a },
      form: { claim: "00000000-0000-7000-8000-000000000000" },
      may: deskA,
      isOpen: true,
    },
    {
      route: "deskPersonDoubles",
      params: { id: house.agent.id },
      form: { act: "undo", merge: "00000000-0000-7000-8000-000000000000" },
      may: deskA,
      isOpen: true,
    },
    {
      route: "deskPerson",
      params: { id: house.agent.id },
      form: { sortName: "Autrice, Une" },
      may: deskA,
      isOpen: true,
    },
    {
      route: "devices",
      form: { act: "revoke", id: "00000000-0000-7000-8000-000000000000", name: "x" },
      may: signedIn,
      isOpen: true,
    },
    {
      route: "readingPosition",
      params: { right: right.a, asset: original.a },
      json: { place: "epubcfi(/6/2)", share: 10, agoMs: 0, known: null },
      may: ["buyer"],
      ok: 200,
      stranger: 404,
    },
    { route: "oai", form: { verb: "Identify" }, may: everyone, isOpen: true },
    { route: "libraryParcel", form: {}, may: signedIn, isOpen: true },
    { route: "purchaseParcel", params: { access: access.a }, form: {}, may: everyone, isOpen: true },
    {
      route: "parcel",
      params: { right: right.a },
      form: {},
      may: ["buyer"],
      isOpen: true,
      refused: [404, 422],
      stranger: 404,
    },
    { route: "subsonic", params: { call: "star" }, form: { id: "x" }, may: everyone, isOpen: true },
    ...(["apiList", "apiOne", "apiPart"] as const).map((route) => ({
      route,
      params: { noun: "records", id: works.a, part: "rien" },
      form: { subtitle: "x" },
      may: everyone,
      isOpen: true,
    })),
    ...(["a", "b"] as const).flatMap((coop): Row[] => [
      {
        route: "officeIntegrations",
        what: `a key of ${coop}`,
        query: { coop },
        form: { act: "make", seed: freshId, name: "Comptabilité", "scopes[]": "sales:read", until: "" },
        may: admins[coop],
        ok: 200,
      },
      {
        route: "officeIntegrations",
        what: `a key of ${coop} that opens nothing`,
        query: { coop },
        form: { act: "make", seed: freshId, name: "Comptabilité", until: "" },
        may: admins[coop],
        ok: 422,
      },
      {
        route: "officeIntegrations",
        what: `an address of ${coop}`,
        query: { coop },
        form: { act: "tell", seed: freshId, url: "http://127.0.0.1:9/", "events[]": "sale.paid" },
        may: admins[coop],
      },
      {
        route: "officeEndpoint",
        what: `of ${coop}`,
        params: { id: "00000000-0000-7000-8000-000000000000" },
        query: { coop },
        form: { act: "end" },
        may: nobody,
      },
    ]),
  ];
}
