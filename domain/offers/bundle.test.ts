import { expect, it } from "vitest";
import { type BundleNow, withBundles } from "./bundle.ts";

const line = (workId: string, unitPrice: number, over: object = {}) => ({
  ...{ workId, unitPrice, fixed: true, currency: "cad", quantity: 1 },
  ...over,
});
const bundle = (id: string, price: number, ...workIds: string[]): BundleNow => ({
  ...{ id, title: id, price, currency: "cad", workIds },
});

it("spreads its price by largest remainder over the prices of its works", () => {
  const lines = [line("a", 1500), line("x", 700), line("b", 800), line("c", 0)];
  expect(withBundles(lines, [bundle("B", 2000, "b", "a", "c")])).toEqual({
    amounts: [1304, 700, 696, 0],
    bundleIds: ["B", null, "B", "B"],
    applied: [{ id: "B", title: "B", saved: 300 }],
  });
});

it("takes one copy of each; further copies are at their price", () => {
  const { amounts } = withBundles(
    [line("a", 1000, { quantity: 3 }), line("b", 1000)],
    [bundle("B", 1000, "a", "b")],
  );
  expect(amounts).toEqual([2500, 500]);
});

it("applies the one that saves most, and a work is in one at most", () => {
  const lines = [line("a", 1000), line("b", 1000), line("c", 1000)];
  const { applied } = withBundles(lines, [bundle("1", 1900, "a", "b"), bundle("2", 1500, "b", "c")]);
  expect(applied.map(({ id }) => id)).toEqual(["2"]);
});

it("does nothing where a work is missing, its price is open, another money's, or it saves nothing", () => {
  const two = [line("a", 1000), line("b", 1000)];
  for (const lines of [
    [line("a", 1000)],
    [line("a", 1000), line("b", 1000, { fixed: false })],
    [line("a", 1000), line("b", 1000, { currency: "eur" })],
  ])
    expect(withBundles(lines, [bundle("B", 1500, "a", "b")]).applied).toEqual([]);
  expect(withBundles(two, [bundle("B", 2000, "a", "b")]).applied).toEqual([]);
});
