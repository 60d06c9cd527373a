import { expect, it } from "vitest";
import { expectedEntry, kindsAtStripe } from "./expected-entry.ts";

const of = (category: string, sourceId: string | null = "x_1") =>
  expectedEntry({ id: "txn_1", category, sourceId });

it("names the entry of each movement that a verb of ours makes", () => {
  expect(of("charge", "ch_1")).toEqual({ kind: "split", object: "ch_1" });
  expect(of("transfer_reversal", "trr_1")).toEqual({ kind: "reversal", object: "trr_1" });
  expect(of("dispute", "dp_1")).toEqual({ kind: "dispute_withdrawn", object: "dp_1" });
  expect(of("payout", "po_1")).toEqual({ kind: "payout", object: "po_1" });
});

it("names a payout that comes back by the transaction that brings it", () => {
  expect(of("payout_reversal", "po_1")).toEqual({ kind: "payout", object: "txn_1" });
});

it("names a fee of Stripe's by its own transaction, whatever it is of", () => {
  expect(of("fee", "ch_1")).toEqual({ kind: "stripe_fee", object: "txn_1" });
  expect(of("tax", null)).toEqual({ kind: "stripe_fee", object: "txn_1" });
});

it("knows of no entry for what nothing of ours moves", () => {
  expect(of("other_adjustment", null)).toEqual({ kind: null, object: "txn_1" });
  expect(of("constructor", "ch_1")).toEqual({ kind: null, object: "txn_1" });
});

it("asks of every entry about money at Stripe that it be there", () => {
  expect(kindsAtStripe).toContain("sale");
  expect(kindsAtStripe).not.toContain("dispute_lost");
});
