// The double's state in a few plain words, for tests that compare it with the shop's books.
import { balanceOf } from "./balance.ts";
import type { Double } from "./double.ts";

export function snapshotOf(double: Double) {
  const { state, clock } = double;
  const { available, pending, onItsWay } = balanceOf(double);
  return {
    now: clock.iso(),
    balance: { available, pending, onItsWay, openingFloat: state.openingFloat },
    sessions: Object.values(state.sessions).map(({ shown }) => ({
      id: shown.id,
      status: shown.status,
      paymentStatus: shown.payment_status,
      amountTotal: shown.amount_total,
      currency: shown.currency,
      reference: shown.client_reference_id,
      paymentIntent: shown.payment_intent,
      metadata: shown.metadata,
    })),
    charges: Object.values(state.charges).map((charge) => ({
      id: charge.id,
      amount: charge.amount,
      refunded: charge.amount_refunded,
      currency: charge.currency,
      status: charge.status,
      disputed: charge.disputed,
      transferGroup: charge.transfer_group,
      balanceTransaction: charge.balance_transaction,
    })),
    transfers: Object.values(state.transfers).map((transfer) => ({
      id: transfer.id,
      destination: transfer.destination,
      amount: transfer.amount,
      reversed: transfer.amount_reversed,
      currency: transfer.currency,
      sourceTransaction: transfer.source_transaction,
      transferGroup: transfer.transfer_group,
      metadata: transfer.metadata,
      created: transfer.created,
    })),
    refunds: Object.values(state.refunds).map((refund) => ({
      id: refund.id,
      charge: refund.charge,
      amount: refund.amount,
      status: refund.status,
      metadata: refund.metadata,
    })),
    taxTransactions: Object.values(state.taxTransactions).map(({ shown, lines }) => ({
      id: shown.id,
      type: shown.type,
      reference: shown.reference,
      lines: lines.map((line) => [line.amount, line.amount_tax]),
    })),
    disputes: Object.values(state.disputes).map(({ shown }) => ({
      id: shown.id,
      charge: shown.charge,
      amount: shown.amount,
      status: shown.status,
    })),
    payouts: Object.values(state.payouts).map(({ shown }) => ({
      id: shown.id,
      amount: shown.amount,
      status: shown.status,
    })),
    accounts: Object.values(state.accounts).map((account) => ({
      id: account.id,
      state: account.state,
      displayName: account.displayName,
      metadata: account.metadata,
    })),
    balanceTransactions: Object.values(state.balanceTransactions).map((t) => ({
      id: t.id,
      type: t.type,
      category: t.reporting_category,
      amount: t.amount,
      fee: t.fee,
      net: t.net,
      currency: t.currency,
      source: t.source,
      status: t.status,
      created: t.created,
    })),
    undelivered: state.undelivered.map((id) => ({ id, type: state.events[id]?.event.type ?? "" })),
    faults: state.faults,
  };
}
