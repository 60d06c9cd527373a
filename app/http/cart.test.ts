import { v7 } from "uuid";
import { expect, test } from "vitest";
import type { Settings } from "#gateways/env.ts";
import { keepCart, readCart } from "./cart.server.ts";

const settings = { secure: false, sessionSecret: "s".repeat(40) } as Settings;
const line = (price: number, quantity = 1) => ({ workId: v7(), price, quantity });
const sentBack = async (cookie: string, under = settings) =>
  readCart(new Request("http://shop/", { headers: { cookie: cookie.split(";")[0] ?? "" } }), under);

test("a cart comes back as it was kept", async () => {
  const lines = [line(1499), line(0), line(250, 3)];
  expect(await sentBack(await keepCart(lines, settings))).toEqual(lines);
  expect(await readCart(new Request("http://shop/"), settings)).toEqual([]);
});

test("one that we did not sign is empty", async () => {
  const cookie = await keepCart([line(1499)], settings);
  expect(await sentBack(cookie, { ...settings, sessionSecret: "t".repeat(40) })).toEqual([]);
  expect(await sentBack("cart=eyJhIjoxfQ%3D%3D")).toEqual([]);
});

test("one too long for a browser to keep is refused, not lost", async () => {
  const many = (n: number) => Array.from({ length: n }, () => line(1499));
  const kept = many(60);
  expect(await sentBack(await keepCart(kept, settings))).toEqual(kept);
  await expect(keepCart(many(100), settings)).rejects.toMatchObject({ code: "too_many_lines" });
});
