import { expect, it } from "vitest";
import type { ReceiptLine, SaleReceipt } from "../sales/queries.server.ts";
import { whereItWent } from "./where-it-went.ts";

const line = (over: Partial<ReceiptLine>): ReceiptLine => ({
  id: "l1",
  workId: "w1",
  workSlug: "w",
  kind: "book",
  title: "Fil d’eau",
  coopId: "c1",
  coopName: "Les Halles",
  coopSlug: "halles",
  taxNumbers: {},
  quantity: 1,
  unitPrice: 1500,
  amount: 1500,
  taxes: [],
  ruleCode: "R1",
  ruleSteps: null,
  feePart: 74,
  parts: [],
  rightId: null,
  rightEndedAt: null,
  ...over,
});
const sale = (over: Partial<SaleReceipt>): SaleReceipt => ({
  id: "s1",
  number: 1,
  state: "paid",
  email: "lea@exemple.coop",
  personId: null,
  locale: "fr",
  place: null,
  currency: "cad",
  total: 1500,
  discountBp: null,
  coupon: null,
  bundles: [],
  giftTo: null,
  openedAt: new Date(0),
  paidAt: new Date(0),
  splitAt: new Date(0),
  fee: 74,
  settled: null,
  lines: [],
  taxes: [],
  ...over,
});
const part = (
  amount: number,
  to: { fund?: "operating" | "solidarity"; member?: string; stage?: "pool" | "fee" },
) => ({
  stage: to.stage ?? (to.member ? ("shares" as const) : ("percent" as const)),
  amount,
  fund: to.fund ?? null,
  memberId: to.member ?? null,
  memberName: to.member ?? null,
});

it("adds up to what the buyer paid, and nets the fee that a co-op bears", () => {
  // The example of the conventions: L1 at 1500, 10 % and 2 %, fee 74 borne by the co-op.
  const parts = [
    part(150, { fund: "operating" }),
    part(30, { fund: "solidarity" }),
    part(396, { member: "Bo" }),
    part(660, { member: "Ana" }),
    part(264, { member: "Cleo" }),
    part(-74, { fund: "operating", stage: "fee" }),
  ];
  const taxes = [{ code: "tps", percent: "5", amount: 75 }];
  const went = whereItWent(sale({ total: 1575, lines: [line({ parts })], taxes }));
  expect(went?.map(({ to, amount }) => [to, amount])).toEqual([
    ["member", 660],
    ["member", 396],
    ["member", 264],
    ["fund", 76],
    ["fund", 30],
    ["tax", 75],
    ["card_fee", 74],
  ]);
  expect(went?.reduce((sum, { amount }) => sum + amount, 0)).toBe(1575);
});

it("adds the lines of one person together, and names the work whose expenses were recovered", () => {
  const went = whereItWent(
    sale({
      total: 300,
      fee: 0,
      lines: [
        line({ parts: [part(100, { member: "Ana" }), part(50, { stage: "pool" })] }),
        line({ id: "l2", workId: "w2", parts: [part(150, { member: "Ana" })] }),
      ],
    }),
  );
  expect(went).toMatchObject([
    { to: "member", name: "Ana", amount: 250 },
    { to: "pool", title: "Fil d’eau", amount: 50 },
  ]);
});

it("says of an order paid in another currency what the charge brought, taxes too", () => {
  // 20,00 in euros, tax 1,00, brought 31,50 in the books.
  const taxes = [{ code: "tps", percent: "5", amount: 100 }];
  const lines = [line({ amount: 2000, taxes, parts: [part(2900, { member: "Ana" })] })];
  const went = whereItWent(sale({ currency: "eur", total: 2100, settled: 3150, fee: 100, lines, taxes }));
  expect(went?.map(({ to, amount }) => [to, amount])).toEqual([
    ["member", 2900],
    ["tax", 150],
    ["card_fee", 100],
  ]);
});

it("says nothing until the split is made, and has nothing to say of a gift", () => {
  expect(whereItWent(sale({ splitAt: null }))).toBeNull();
  expect(whereItWent(sale({ total: 0, state: "claimed", splitAt: null }))).toEqual([]);
});
