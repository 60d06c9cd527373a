import { expect, test } from "vitest";
import { type AskedLine, linesToTax, priceGoods, type WorkForSale, withTaxes } from "./price.ts";
import { type TaxRate, tableTaxes } from "./tax.ts";

const work = (id: string, over: Partial<WorkForSale> = {}): WorkForSale => ({
  id,
  coopId: "A",
  coopName: "A",
  title: id,
  slug: id,
  kind: "book",
  coverId: null,
  onSale: true,
  priceKind: "fixed",
  price: 1500,
  suggestedPrice: null,
  currency: "cad",
  registered: ["tps", "tvq"],
  ...over,
});
const shelf = (...works: WorkForSale[]) => new Map(works.map((each) => [each.id, each]));
const quebec = [
  { code: "tps", percent: "5.0000", kind: null },
  { code: "tvq", percent: "9.9750", kind: null },
];
function priceCart(
  asked: readonly AskedLine[],
  works: ReadonlyMap<string, WorkForSale>,
  rates: readonly TaxRate[],
  discountBp?: number,
) {
  const goods = priceGoods(asked, works, { bp: discountBp ?? 0 });
  return withTaxes(
    goods,
    linesToTax(goods).map((line) => tableTaxes(line, rates)),
  );
}
const codes = (cart: { troubles: { code: string }[] }) => cart.troubles.map((trouble) => trouble.code);

test("taxes are reckoned line by line, after discount, halves upward", () => {
  const cart = priceCart([{ workId: "L1" }], shelf(work("L1", { price: 2000 })), quebec);
  expect(cart).toMatchObject({
    subtotal: 2000,
    total: 2300,
    taxes: [
      { code: "tps", amount: 100 },
      { code: "tvq", amount: 200 },
    ],
  });
});

test("a coupon is shared over the lines", () => {
  const cart = priceCart(
    [{ workId: "L1" }, { workId: "M1" }],
    shelf(work("L1"), work("M1", { price: 1210 })),
    [],
    1000,
  );
  expect(cart).toMatchObject({ discount: 271, total: 2439, lines: [{ amount: 1350 }, { amount: 1089 }] });
});

test("a price that changed since it was shown is told, with the new one", () => {
  const cart = priceCart([{ workId: "L1", price: 1200 }], shelf(work("L1")), []);
  expect(cart.troubles).toEqual([{ code: "price_changed", title: "L1" }]);
  expect(cart.lines[0]).toMatchObject({ shown: 1200, unitPrice: 1500 });
});

test("pay what you want: 0 or at least 50, never under the floor", () => {
  const open = shelf(
    work("L1", { priceKind: "open", price: 0 }),
    work("L2", { priceKind: "open", price: 500, suggestedPrice: 900 }),
  );
  expect(codes(priceCart([{ workId: "L1", price: 0 }], open, []))).toEqual([]);
  expect(codes(priceCart([{ workId: "L1", price: 49 }], open, []))).toEqual(["price_below_minimum"]);
  expect(codes(priceCart([{ workId: "L1", price: 50 }], open, []))).toEqual([]);
  expect(codes(priceCart([{ workId: "L2", price: 499 }], open, []))).toEqual(["price_below_minimum"]);
  expect(priceCart([{ workId: "L2" }], open, []).total).toBe(900);
});

test("a withdrawn work, two currencies, too many lines, too large", () => {
  const works = shelf(
    work("L1"),
    work("gone", { onSale: false }),
    work("euro", { currency: "eur" }),
    work("dear", { price: 99_999_999 }),
  );
  expect(codes(priceCart([{ workId: "gone" }, { workId: "never" }], works, []))).toEqual([
    "work_withdrawn",
    "work_withdrawn",
  ]);
  expect(codes(priceCart([{ workId: "L1" }, { workId: "euro" }], works, []))).toEqual(["mixed_currencies"]);
  expect(codes(priceCart([{ workId: "dear" }, { workId: "L1" }], works, []))).toEqual([
    "amount_above_maximum",
  ]);
  const many = Array.from({ length: 101 }, (_, i) => work(`w${i}`));
  expect(
    codes(
      priceCart(
        many.map((each) => ({ workId: each.id })),
        shelf(...many),
        [],
      ),
    ),
  ).toEqual(["too_many_lines"]);
});

test("a coupon may not bring the total under what can be charged", () => {
  expect(codes(priceCart([{ workId: "L1" }], shelf(work("L1", { price: 50 })), [], 5000))).toEqual([
    "price_below_minimum",
  ]);
  expect(priceCart([{ workId: "L1" }], shelf(work("L1")), [], 10_000)).toMatchObject({
    total: 0,
    troubles: [],
  });
});
