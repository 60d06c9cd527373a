import type { Permissions, Visitor } from "./permissions-house.ts";
import { deskA, deskB, everyone, nobody, type Place, type Row } from "./permissions-rows.ts";

const desks: Visitor[] = [...deskA, ...deskB, "adminC"];
const artistOf = { a: ["ana"] as Visitor[], b: ["dan"] as Visitor[] };
const deskOf = { a: deskA, b: deskB };
const keys = ["a", "b"] as const;

/** Selections, the front page as it is composed, and reports: what is looked at there. */
export function looksInComposing({ collection, report }: Permissions): Row[] {
  const pair = (route: Place, ids: { a: string; b: string }, may: Record<"a" | "b", Visitor[]>): Row[] =>
    keys.map((key) => ({ route, what: key, params: { id: ids[key] }, may: may[key] }));
  return [
    ...(["deskFront", "deskFrontPreview", "deskCollections", "deskReports"] as const).map(
      (route): Row => ({ route, may: desks }),
    ),
    ...pair("deskCollection", collection, deskOf),
    ...pair("deskReport", report, deskOf),
    ...pair("studioReport", report, artistOf),
    { route: "collection", what: "shown", params: { slug: "choix-a" }, may: everyone },
    { route: "collection", what: "a draft", params: { slug: "choix-b" }, may: nobody, stranger: 404 },
    { route: "report", params: { slug: "l1" }, may: everyone },
  ];
}

/** And what is done there. */
export function deedsInComposing({ collection, report, stage }: Permissions): Row[] {
  return [
    { route: "deskFront", form: { act: "up", item: "books" }, may: desks },
    { route: "deskFront", what: "show", form: { act: "show" }, may: desks },
    ...keys.flatMap((key): Row[] => {
      const whose = stage.coops.get(key.toUpperCase())!;
      return [
        { route: "deskCollections", what: key, form: { whose, titleFr: "Été" }, may: deskOf[key] },
        {
          ...{ route: "deskCollection", what: key, params: { id: collection[key] } },
          ...{ form: { act: "words", titleFr: "Autre titre" }, may: deskOf[key] },
        },
        {
          ...{ route: "studioReport", what: key, params: { id: report[key] } },
          ...{ form: { words: "C’est de moi." }, may: artistOf[key] },
        },
        {
          ...{ route: "deskReport", what: key, params: { id: report[key] } },
          ...{ form: { answer: "kept" }, may: deskOf[key] },
        },
      ];
    }),
    // Without its seed it is not taken: who may write here is everybody, and nothing is written.
    {
      route: "report",
      params: { slug: "l1" },
      form: { reason: "wrong", words: "Non." },
      may: everyone,
      ok: 422,
    },
  ];
}
