// Each verb of the gateway as one call, or one search, of Stripe's API.
import Stripe from "stripe";
import type { AccountState, BalanceTransactionFilter, StripeGateway } from "./stripe.ts";
import {
  readAccount,
  readBalanceTransaction,
  readCharge,
  readCheckout,
  readDispute,
  readPayout,
  readRefund,
  readReversal,
  readTransfer,
} from "./stripe-answers.ts";
import { ask, StripeFailure } from "./stripe-failure.ts";
import type { StripeTaxCalls } from "./stripe-tax.ts";

const seconds = (time: Date) => Math.floor(time.getTime() / 1000);
const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
/** Without the empty texts: to Stripe an empty one takes away what is there. */
const filled = <K extends string>(texts: Record<K, string>) =>
  Object.fromEntries(Object.entries<string>(texts).filter(([, text]) => text.trim() !== "")) as Partial<
    Record<K, string>
  >;

async function gather<T, U>(list: AsyncIterable<T>, read: (item: T) => U): Promise<U[]> {
  const all: U[] = [];
  for await (const item of list) all.push(read(item));
  return all;
}

const ACCOUNT_PARTS: Stripe.V2.Core.AccountRetrieveParams.Include[] = [
  "configuration.recipient",
  "identity",
  "requirements",
];

function searchOf(filter: BalanceTransactionFilter = {}): Stripe.BalanceTransactionListParams {
  const created = given({
    gte: filter.createdFrom && seconds(filter.createdFrom),
    lt: filter.createdBefore && seconds(filter.createdBefore),
  });
  return {
    limit: 100,
    ...given({ payout: filter.payoutId, source: filter.sourceId, type: filter.type }),
    ...(Object.keys(created).length > 0 && { created }),
  };
}

export function callsOf(stripe: Stripe): Omit<StripeGateway, "verifyWebhook" | keyof StripeTaxCalls> {
  return {
    openCheckout: (input, options) =>
      ask(async () => {
        const session = await stripe.checkout.sessions.create(
          {
            mode: "payment",
            line_items: input.lines.map((line) => ({
              quantity: line.quantity,
              price_data: {
                currency: input.currency,
                unit_amount: line.unitAmount,
                product_data: given({
                  name: line.name,
                  description: line.description,
                  metadata: line.metadata,
                }),
              },
            })),
            ...given({ customer_email: input.email }),
            client_reference_id: input.reference,
            locale: input.locale === "fr" ? "fr-CA" : "en",
            metadata: input.metadata ?? {},
            payment_intent_data: { transfer_group: input.transferGroup, metadata: input.metadata ?? {} },
            success_url: input.successUrl,
            cancel_url: input.cancelUrl,
            expires_at: seconds(input.expiresAt),
          },
          { idempotencyKey: options.idempotencyKey },
        );
        if (!session.url)
          throw new StripeFailure(
            "refused",
            "session_without_page",
            "Stripe opened a session that has no page.",
            200,
          );
        return { id: session.id, url: session.url, expiresAt: new Date(session.expires_at * 1000) };
      }),

    fetchCheckout: (sessionId) =>
      ask(async () =>
        readCheckout(
          await stripe.checkout.sessions.retrieve(sessionId, {
            expand: ["payment_intent.latest_charge.balance_transaction"],
          }),
        ),
      ),

    expireCheckout: (sessionId) =>
      ask(async () => {
        try {
          await stripe.checkout.sessions.expire(sessionId);
          return "expired";
        } catch (error) {
          // Stripe refuses to close what is no longer open: what it has become is the answer.
          if (!(error instanceof Stripe.errors.StripeInvalidRequestError) || error.statusCode !== 400)
            throw error;
          const { status } = await stripe.checkout.sessions.retrieve(sessionId);
          if (status === "complete") return "complete";
          if (status === "expired") return "expired";
          throw error;
        }
      }),

    fetchCharge: (chargeId) =>
      ask(async () =>
        readCharge(await stripe.charges.retrieve(chargeId, { expand: ["balance_transaction"] })),
      ),

    sendTransfer: (input, options) =>
      ask(async () =>
        readTransfer(
          await stripe.transfers.create(
            {
              amount: input.amount,
              currency: input.currency,
              destination: input.destination,
              transfer_group: input.transferGroup,
              metadata: input.metadata ?? {},
              ...given({ source_transaction: input.sourceTransaction }),
            },
            { idempotencyKey: options.idempotencyKey },
          ),
        ),
      ),
    fetchTransfer: (transferId) => ask(async () => readTransfer(await stripe.transfers.retrieve(transferId))),
    findTransfers: ({ transferGroup, destination }) =>
      ask(() =>
        gather(
          stripe.transfers.list({ transfer_group: transferGroup, limit: 100, ...given({ destination }) }),
          readTransfer,
        ),
      ),
    reverseTransfer: (input, options) =>
      ask(async () =>
        readReversal(
          await stripe.transfers.createReversal(
            input.transferId,
            { amount: input.amount, metadata: input.metadata ?? {} },
            { idempotencyKey: options.idempotencyKey },
          ),
        ),
      ),
    findReversals: (transferId) =>
      ask(() => gather(stripe.transfers.listReversals(transferId, { limit: 100 }), readReversal)),

    createRefund: (input, options) =>
      ask(async () =>
        readRefund(
          await stripe.refunds.create(
            {
              charge: input.chargeId,
              amount: input.amount,
              reason: "requested_by_customer",
              metadata: input.metadata ?? {},
            },
            { idempotencyKey: options.idempotencyKey },
          ),
        ),
      ),
    fetchRefund: (refundId) => ask(async () => readRefund(await stripe.refunds.retrieve(refundId))),
    findRefunds: ({ chargeId }) =>
      ask(() => gather(stripe.refunds.list({ charge: chargeId, limit: 100 }), readRefund)),
    fetchDispute: (disputeId) => ask(async () => readDispute(await stripe.disputes.retrieve(disputeId))),
    findDisputes: ({ chargeId }) =>
      ask(() => gather(stripe.disputes.list({ charge: chargeId, limit: 100 }), readDispute)),
    submitEvidence: (input, options) =>
      ask(async () =>
        readDispute(
          await stripe.disputes.update(
            input.disputeId,
            {
              evidence: filled({
                customer_email_address: input.customerEmail,
                service_date: input.serviceDate,
                product_description: input.productDescription,
                access_activity_log: input.accessLog,
                refund_policy_disclosure: input.terms,
                uncategorized_text: input.text,
              }),
              submit: true,
            },
            { idempotencyKey: options.idempotencyKey },
          ),
        ),
      ),

    createRecipientAccount: (input, options) =>
      ask(async () =>
        readAccount(
          await stripe.v2.core.accounts.create(
            {
              contact_email: input.email,
              ...given({ display_name: input.displayName }),
              dashboard: "express",
              identity: { country: input.country.toLowerCase() },
              configuration: {
                recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
              },
              // The co-op's account pays Stripe's fees and answers for losses: the only choice open to a recipient.
              defaults: {
                ...given({ currency: input.currency }),
                locales: [input.locale === "fr" ? "fr-CA" : "en-CA"],
                responsibilities: { fees_collector: "application", losses_collector: "application" },
              },
              metadata: input.metadata ?? {},
              include: ACCOUNT_PARTS,
            },
            { idempotencyKey: options.idempotencyKey },
          ),
        ),
      ),
    openOnboarding: (accountId, urls) =>
      ask(async () => {
        const link = await stripe.v2.core.accountLinks.create({
          account: accountId,
          use_case: {
            type: "account_onboarding",
            account_onboarding: { return_url: urls.returnUrl, refresh_url: urls.refreshUrl },
          },
        });
        return link.url;
      }),
    async fetchAccountState(accountId) {
      const lost = (state: "none" | "closed"): AccountState => ({
        id: accountId,
        state,
        requirements: [],
        dueAt: null,
        livemode: false,
        metadata: {},
      });
      if (accountId === null) return lost("none");
      try {
        return await ask(async () =>
          readAccount(await stripe.v2.core.accounts.retrieve(accountId, { include: ACCOUNT_PARTS })),
        );
      } catch (error) {
        // An account that left us is answered as if it were not there.
        if (error instanceof StripeFailure && (error.httpStatus === 404 || error.code === "account_invalid"))
          return lost("closed");
        throw error;
      }
    },

    fetchLastDeposit: (accountId) =>
      ask(async () => {
        // On its way says nothing yet: what came before it still holds.
        const page = await stripe.payouts.list({ limit: 10 }, { stripeAccount: accountId });
        const ended = page.data.find(({ status }) => status === "paid" || status === "failed");
        return ended ? readPayout(ended) : null;
      }),

    fetchBalance: () =>
      ask(async () => {
        const balance = await stripe.balance.retrieve();
        const byCurrency = (list: { amount: number; currency: string }[]) =>
          Object.fromEntries(list.map((b) => [b.currency, b.amount]));
        return {
          available: byCurrency(balance.available),
          pending: byCurrency(balance.pending),
          livemode: balance.livemode,
        };
      }),
    listBalanceTransactions: (filter) =>
      ask(() => gather(stripe.balanceTransactions.list(searchOf(filter)), readBalanceTransaction)),
    async *pagesOfBalanceTransactions(filter) {
      const search = searchOf(filter);
      for (let after: string | undefined; ; ) {
        const page = await ask(() =>
          stripe.balanceTransactions.list({ ...search, ...given({ starting_after: after }) }),
        );
        yield page.data.map(readBalanceTransaction);
        after = page.data.at(-1)?.id;
        if (!page.has_more || after === undefined) return;
      }
    },
    fetchPayout: (payoutId) => ask(async () => readPayout(await stripe.payouts.retrieve(payoutId))),
  };
}
