// Transfers from the platform to a connected account, and their reversals.
import { z } from "zod";
import { refuseUnlessPayable } from "./accounts.ts";
import { availableIn, post } from "./balance.ts";
import { type Charge, chargeNamed } from "./charges.ts";
import type { Call, Double, Routes } from "./double.ts";
import { expanded, listOf, within } from "./lists.ts";
import { createdRange, currency, expand, integer, metadata, page, read, text } from "./parameters.ts";
import { missing, Refusal, shown, wrongParameter } from "./refusal.ts";
import { newId } from "./state.ts";

export type Transfer = ReturnType<typeof newTransfer>;
export type Reversal = {
  id: string;
  object: "transfer_reversal";
  amount: number;
  balance_transaction: string | null;
  created: number;
  currency: string;
  destination_payment_refund: null;
  metadata: Record<string, string>;
  source_refund: null;
  transfer: string;
};
type Listed<T> = { object: "list"; data: T[]; has_more: boolean; url: string };
type Asked = z.output<typeof createParameters>;

const createParameters = z.strictObject({
  amount: integer,
  currency,
  destination: text,
  description: z.string().optional(),
  source_transaction: text.optional(),
  source_type: z.enum(["card"]).optional(),
  transfer_group: text.optional(),
  metadata: metadata.optional(),
  expand,
});

function newTransfer(asked: Asked, made: Charge | null, now: number) {
  const id = newId("tr");
  return {
    id,
    object: "transfer" as const,
    amount: asked.amount,
    amount_reversed: 0,
    balance_transaction: null as string | null,
    created: now,
    currency: asked.currency,
    description: asked.description ?? null,
    destination: asked.destination,
    destination_payment: newId("py"),
    livemode: false,
    metadata: asked.metadata ?? {},
    reversals: {
      object: "list",
      data: [],
      has_more: false,
      url: `/v1/transfers/${id}/reversals`,
    } as Listed<Reversal>,
    reversed: false,
    source_transaction: made?.id ?? null,
    source_type: "card",
    // Stripe takes the charge's group when none is given.
    transfer_group: asked.transfer_group ?? made?.transfer_group ?? null,
  };
}

function newReversal(
  transfer: Transfer,
  amount: number,
  about: Record<string, string>,
  now: number,
): Reversal {
  return {
    id: newId("trr"),
    object: "transfer_reversal",
    amount,
    balance_transaction: null as string | null,
    created: now,
    currency: transfer.currency,
    destination_payment_refund: null,
    metadata: about,
    source_refund: null,
    transfer: transfer.id,
  };
}

/** What of a charge may still be sent on: what it brought, less refunds, disputes, and transfers that stand. */
export function leftOf(double: Double, made: Charge) {
  const { balanceTransactions, disputes, transfers } = double.state;
  const settled = made.balance_transaction ? balanceTransactions[made.balance_transaction] : undefined;
  const brought = settled?.amount ?? made.amount;
  const part = (amount: number) =>
    brought === made.amount ? amount : Math.round((brought * amount) / made.amount);
  const disputed = Object.values(disputes)
    .filter((dispute) => dispute.shown.charge === made.id && dispute.holds)
    .reduce((sum, dispute) => sum + dispute.shown.amount, 0);
  const sent = Object.values(transfers)
    .filter((transfer) => transfer.source_transaction === made.id)
    .reduce((sum, transfer) => sum + transfer.amount - transfer.amount_reversed, 0);
  return brought - part(made.amount_refunded) - part(disputed) - sent;
}

export const insufficient = () =>
  new Refusal(
    400,
    "You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance.",
    { code: "balance_insufficient" },
  );

function create(double: Double, { input }: Call) {
  const asked = read(createParameters, input);
  if (asked.amount < 1)
    throw wrongParameter(
      "parameter_invalid_integer",
      "amount",
      "This value must be greater than or equal to 1.",
    );
  refuseUnlessPayable(double, asked.destination);
  const made =
    asked.source_transaction === undefined
      ? null
      : chargeNamed(double, asked.source_transaction, "source_transaction");
  if (made) {
    if (!made.paid)
      throw new Refusal(400, `Charge ${made.id} was not paid.`, { param: "source_transaction" });
    const settled = made.balance_transaction && double.state.balanceTransactions[made.balance_transaction];
    const code = settled ? settled.currency : made.currency;
    if (code !== asked.currency)
      throw new Refusal(
        400,
        `The currency of source_transaction's balance transaction (${code}) must be the same as the transfer currency (${asked.currency})`,
        { code: "transfer_source_balance_parameters_mismatch" },
      );
    const left = leftOf(double, made);
    if (asked.amount > left)
      throw new Refusal(
        400,
        `Transfers using this transaction as a source must not exceed the source amount: ${shown(left, code)} of it is left.`,
        { param: "amount" },
      );
  } else if (asked.amount > availableIn(double, asked.currency)) throw insufficient();
  const transfer = newTransfer(asked, made, double.clock.seconds());
  double.state.transfers[transfer.id] = transfer;
  const source = made?.balance_transaction
    ? double.state.balanceTransactions[made.balance_transaction]
    : undefined;
  const transaction = post(double, {
    type: "transfer",
    category: "transfer",
    amount: -asked.amount,
    currency: asked.currency,
    source: transfer.id,
    description: asked.description ?? null,
    // Paid out of money that is not available yet: neither is its absence.
    status: made && source?.status !== "available" ? "pending" : "available",
  });
  transfer.balance_transaction = transaction.id;
  double.emit("transfer.created", transfer);
  return expanded(double, transfer, asked.expand, () => undefined);
}

export function transferNamed(double: Double, id: string): Transfer {
  const found = double.state.transfers[id];
  if (!found) throw missing("transfer", id);
  return found;
}

const reverseParameters = z.strictObject({
  amount: integer.optional(),
  description: z.string().optional(),
  metadata: metadata.optional(),
  expand,
});

function reverse(double: Double, { ids, input }: Call) {
  const transfer = transferNamed(double, ids.id ?? "");
  const asked = read(reverseParameters, input);
  const left = transfer.amount - transfer.amount_reversed;
  const amount = asked.amount ?? left;
  if (amount < 1 && left > 0)
    throw wrongParameter(
      "parameter_invalid_integer",
      "amount",
      "This value must be greater than or equal to 1.",
    );
  if (amount > left || left === 0)
    throw new Refusal(
      400,
      `Transfer reversal amount (${shown(amount, transfer.currency)}) is greater than unreversed transfer amount (${shown(left, transfer.currency)})`,
      { param: "amount" },
    );
  refuseUnlessPayable(double, transfer.destination, { reversal: true });
  const reversal = newReversal(transfer, amount, asked.metadata ?? {}, double.clock.seconds());
  const transaction = post(double, {
    type: "transfer_refund",
    category: "transfer_reversal",
    amount,
    currency: transfer.currency,
    source: reversal.id,
  });
  reversal.balance_transaction = transaction.id;
  double.state.reversals[reversal.id] = reversal;
  transfer.amount_reversed += amount;
  transfer.reversed = transfer.amount_reversed === transfer.amount;
  transfer.reversals.data.unshift(reversal);
  // An object carries its ten newest; the rest are on their own list.
  if (transfer.reversals.data.length > 10) {
    transfer.reversals.data.length = 10;
    transfer.reversals.has_more = true;
  }
  double.emit("transfer.reversed", transfer);
  return expanded(double, reversal, asked.expand, () => undefined);
}

const listParameters = z.strictObject({
  ...page,
  created: createdRange,
  destination: text.optional(),
  transfer_group: text.optional(),
});

export const transferRoutes: Routes = {
  "POST /v1/transfers": create,
  "GET /v1/transfers": (double, { input }) => {
    const search = read(listParameters, input);
    const found = Object.values(double.state.transfers).filter(
      (t) =>
        within(t.created, search.created) &&
        (search.destination === undefined || t.destination === search.destination) &&
        (search.transfer_group === undefined || t.transfer_group === search.transfer_group),
    );
    return expanded(double, listOf(found, "/v1/transfers", search), search.expand, () => undefined);
  },
  "GET /v1/transfers/:id": (double, { ids, input }) => {
    const { expand: paths } = read(z.strictObject({ expand }), input);
    return expanded(double, transferNamed(double, ids.id ?? ""), paths, () => undefined);
  },
  "POST /v1/transfers/:id/reversals": reverse,
  "GET /v1/transfers/:id/reversals": (double, { ids, input }) => {
    const { id } = transferNamed(double, ids.id ?? "");
    const search = read(z.strictObject(page), input);
    const found = Object.values(double.state.reversals).filter((reversal) => reversal.transfer === id);
    return expanded(
      double,
      listOf(found, `/v1/transfers/${id}/reversals`, search),
      search.expand,
      () => undefined,
    );
  },
};
