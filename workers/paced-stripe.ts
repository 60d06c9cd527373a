import type { Database } from "#db/connection.ts";
import { takeTurn } from "#domain/call-turn.server.ts";
import type { StripeGateway } from "#gateways/stripe.ts";

/**
 * Stripe as the worker calls it: whatever moves money waits for its turn at the last moment, when all that comes before the call is
 * done. A turn taken any earlier would be kept back by that, and the calls of a busy machine would leave together.
 */
export function pacedStripe(db: Database, stripe: StripeGateway): StripeGateway {
  return {
    ...stripe,
    sendTransfer: async (...call) => {
      await takeTurn(db, "transfer");
      return stripe.sendTransfer(...call);
    },
    reverseTransfer: async (...call) => {
      await takeTurn(db, "reversal");
      return stripe.reverseTransfer(...call);
    },
    createRefund: async (...call) => {
      await takeTurn(db, "refund");
      return stripe.createRefund(...call);
    },
  };
}
