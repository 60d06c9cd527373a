import type { Permissions } from "./permissions-house.ts";
import { artists, deskA, deskB, type Row } from "./permissions-rows.ts";

/** Coupons, and what else makes a work cost less to somebody: what is looked at there. */
export function looksInBuying(_house: Permissions): Row[] {
  return [
    { route: "studioCoupons", may: artists },
    { route: "deskCoupons", may: [...deskA, ...deskB, "adminC"] },
  ];
}

/** What is done there. */
export function deedsInBuying(house: Permissions): Row[] {
  const { member, stage } = house;
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
  ];
}
