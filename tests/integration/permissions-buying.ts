import type { Permissions } from "./permissions-house.ts";
import { artists, deskA, deskB, everyone, nobody, type Row } from "./permissions-rows.ts";

/** Coupons, and what else makes a work cost less to somebody: what is looked at there. */
export function looksInBuying({ access }: Permissions): Row[] {
  return [
    { route: "studioCoupons", may: artists },
    { route: "deskCoupons", may: [...deskA, ...deskB, "adminC"] },
    { route: "studioPress", may: artists },
    { route: "studioPressCsv", may: artists },
    { route: "code", may: everyone },
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
