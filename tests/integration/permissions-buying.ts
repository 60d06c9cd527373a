import type { Permissions } from "./permissions-house.ts";
import { artists, deskA, deskB, everyone, nobody, type Row, signedIn } from "./permissions-rows.ts";

/** Coupons, and what else makes a work cost less to somebody: what is looked at there. */
export function looksInBuying(house: Permissions): Row[] {
  const { access } = house;
  return [
    { route: "studioCoupons", may: artists },
    { route: "deskCoupons", may: [...deskA, ...deskB, "adminC"] },
    { route: "deskBundles", may: [...deskA, ...deskB, "adminC"] },
    { route: "bundle", params: { slug: "rien" }, may: nobody, stranger: 404 },
    { route: "studioPress", may: artists },
    { route: "studioPressCsv", may: artists },
    { route: "studioWorks", may: artists },
    { route: "studioWorksCsv", may: artists },
    { route: "studioLetters", may: artists },
    { route: "studioKit", may: artists },
    { route: "studioKitZip", params: { id: house.member("ana") }, may: nobody },
    { route: "code", may: everyone },
    { route: "wishes", may: everyone },
    { route: "following", may: signedIn },
    { route: "following", what: "a co-op", query: { qui: "a", de: "coop" }, may: signedIn },
    { route: "leave", params: { token: `${house.member("ana")}.x` }, may: nobody, stranger: 404 },
    // The link of a receipt is none of a gift.
    { route: "gift", params: { access: access.a }, may: nobody, stranger: 404 },
  ];
}

/** What is done there. */
export function deedsInBuying(house: Permissions): Row[] {
  const { access, member, stage, works } = house;
  const again = [303, 422] as const;
  const coupon = { act: "make", kind: "percent", value: "10" };
  return [
    ...(["ana", "dan"] as const).map(
      (name): Row => ({
        route: "studioCoupons",
        what: `of ${name}`,
        form: { ...coupon, whose: member(name), code: `DE-${name}` },
        may: [name],
      }),
    ),
    ...(["a", "b"] as const).map(
      (key): Row => ({
        route: "deskCoupons",
        what: `of ${key}`,
        form: { ...coupon, whose: stage.coops.get(key.toUpperCase())!, code: `COOP-${key}` },
        may: key === "a" ? deskA : deskB,
        again,
      }),
    ),
    ...(["a", "b"] as const).map(
      (key): Row => ({
        route: "studioPress",
        what: key,
        form: { act: "make", work: works[key], count: "2" },
        may: key === "a" ? ["ana"] : ["dan"],
      }),
    ),
    {
      route: "deskBundles",
      form: {
        ...{ act: "make", whose: stage.coops.get("A")!, title: "Deux", price: "20,00" },
        others: "l1 l2",
      },
      may: deskA,
      again,
    },
    { route: "bundle", params: { slug: "rien" }, form: {}, may: nobody, stranger: 404 },
    { route: "wishes", form: { act: "keep", work: works.a }, may: everyone },
    { route: "following", form: { act: "follow", kind: "coop", slug: "a" }, may: signedIn },
    { route: "following", what: "an address", form: { act: "give", follow: member("ana") }, may: signedIn },
    ...(["a", "b"] as const).map(
      (key): Row => ({
        route: "studioWorks",
        what: key,
        form: { intent: "preview", "work[]": works[key], publisher: "Autre" },
        may: key === "a" ? ["ana"] : ["dan"],
        refused: [404, 422],
        ok: 200,
      }),
    ),
    // Nobody of the catalogue: a letter in no name.
    { route: "studioLetters", form: { as: member("ana"), subject: "S", body: "B" }, may: nobody },
    { route: "studioKit", form: {}, may: artists, again: [303, 409] },
    { route: "leave", params: { token: `${member("ana")}.x` }, form: {}, may: nobody, stranger: 404 },
    { route: "code", form: { code: "RIEN-RIEN-RIEN", email: "x@exemple.org" }, may: everyone, ok: 422 },
    {
      route: "gift",
      params: { access: access.a },
      form: { email: "x@exemple.org" },
      may: nobody,
      stranger: 404,
    },
  ];
}
