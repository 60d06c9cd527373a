import { expect, test } from "vitest";
import { type LineToTax, tableTaxes } from "./tax.ts";

const line = (over: Partial<LineToTax> = {}): LineToTax => ({
  workId: "w",
  kind: "book",
  registered: ["tps", "tvq"],
  amount: 2000,
  ...over,
});
const quebec = [
  { code: "tps", percent: "5.0000", kind: null },
  { code: "tvq", percent: "9.9750", kind: null },
];
const amounts = (taxes: { code: string; amount: number }[]) =>
  Object.fromEntries(taxes.map(({ code, amount }) => [code, amount]));

test("each tax by line, halves upward", () => {
  expect(amounts(tableTaxes(line(), quebec))).toEqual({ tps: 100, tvq: 200 });
});

test("who is not registered for a tax does not collect it; one number serves TPS and TVH", () => {
  expect(tableTaxes(line({ registered: [] }), quebec)).toEqual([]);
  expect(amounts(tableTaxes(line({ registered: ["tps"] }), quebec))).toEqual({ tps: 100 });
  const ontario = [{ code: "tvh", percent: "13", kind: null }];
  expect(amounts(tableTaxes(line({ registered: ["tps"] }), ontario))).toEqual({ tvh: 260 });
  expect(tableTaxes(line({ registered: ["tvq"] }), ontario)).toEqual([]);
});

test("a book and an album do not bear the same tax in France", () => {
  const france = [
    { code: "tva", percent: "5.5", kind: "book" as const },
    { code: "tva", percent: "20", kind: "album" as const },
  ];
  const registered = ["tva"];
  expect(amounts(tableTaxes(line({ registered }), france))).toEqual({ tva: 110 });
  expect(amounts(tableTaxes(line({ registered, kind: "album" }), france))).toEqual({ tva: 400 });
});
