// What an attempt to pay a session does: the intent, the charge, and the words that Stripe sends about them.
import { type Card, cardOf } from "./cards.ts";
import { type Charge, charge, type FeeOverride, newIntent, settle } from "./charges.ts";
import { buyer, type Session } from "./checkout.ts";
import { inquire, openDispute } from "./disputes.ts";
import type { Double } from "./double.ts";
import { newId } from "./state.ts";

export type Attempt =
  | { outcome: "paid"; charge: Charge }
  | { outcome: "declined"; declineCode: string }
  | { outcome: "authenticate" }
  | { outcome: "closed" };
export type AttemptOptions = FeeOverride & {
  email?: string | undefined;
  /** The buyer has confirmed at the bank (3-D Secure); `false`: has refused. */
  authenticated?: boolean | undefined;
  /** The balance transaction waits until it is asked for. */
  feeLater?: boolean | undefined;
};

/** Pays a session with a test card, as its page does. */
export function attempt(double: Double, session: Session, card: Card, options: AttemptOptions = {}): Attempt {
  const { shown, order } = session;
  if (shown.status !== "open") return { outcome: "closed" };
  const email = shown.customer_email ?? options.email ?? null;
  const now = double.clock.seconds();
  let intent = shown.payment_intent === null ? undefined : double.state.intents[shown.payment_intent];
  if (!intent) {
    intent = newIntent({ ...order, amount: shown.amount_total, currency: shown.currency, email }, now);
    double.state.intents[intent.id] = intent;
    shown.payment_intent = intent.id;
    double.emit("payment_intent.created", intent);
  }
  intent.payment_method = newId("pm");
  if (card.behaviour === "authenticate" && options.authenticated === undefined) {
    const url = `${double.settings.publicUrl}/c/pay/${shown.id}/authenticate`;
    intent.status = "requires_action";
    intent.next_action = { type: "redirect_to_url", redirect_to_url: { return_url: shown.success_url, url } };
    double.emit("payment_intent.requires_action", intent);
    return { outcome: "authenticate" };
  }
  if (card.behaviour === "authenticate" && !options.authenticated) {
    intent.status = "requires_payment_method";
    intent.next_action = null;
    intent.last_payment_error = {
      type: "card_error",
      code: "payment_intent_authentication_failure",
      message: "The provided payment method has failed authentication.",
    };
    double.emit("payment_intent.payment_failed", intent);
    return { outcome: "declined", declineCode: "authentication_failed" };
  }
  const made = charge(double, intent, card, email);
  if (!made.paid) return { outcome: "declined", declineCode: card.declineCode ?? "generic_decline" };
  Object.assign(shown, {
    status: "complete",
    payment_status: "paid",
    url: null,
    customer_details: buyer(email),
  });
  double.clock.unset("expire", shown.id);
  double.emit("checkout.session.completed", shown);
  if (!options.feeLater) {
    const { feeDelayMs } = double.settings;
    if (feeDelayMs === 0 || options.fee !== undefined || options.settled !== undefined)
      settle(double, made, options);
    else double.clock.set(double.clock.now() + feeDelayMs, "settle", made.id);
  }
  if (card.later === "dispute") openDispute(double, made, {});
  if (card.later === "inquiry") inquire(double, made, {});
  return { outcome: "paid", charge: made };
}

/** The card that waits for its buyer on the authentication page. */
export const CARD_TO_AUTHENTICATE = cardOf("authenticate") as Card;
