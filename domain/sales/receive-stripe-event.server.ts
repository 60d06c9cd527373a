import { type Database, inTransaction } from "#db/connection.ts";
import { WebhookRefused } from "#gateways/stripe.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";

export type Receipt =
  | { received: "new" | "again" }
  /** Answer 400, believe nothing. */
  | { refused: "signature" | "too_old" | "malformed" | "wrong_mode" };

/**
 * Of one payment Stripe tells several times. The session says it first; by the time that these are looked at, the sale is settled and
 * they cost nothing, or the session's event was lost and they find it.
 */
const echoes = new Set(["payment_intent.created", "payment_intent.succeeded", "charge.succeeded"]);
const echoSeconds = 4;

/**
 * What Stripe posted: verified on the bytes that came, kept under its own id or already there, a job rung in the same
 * transaction. Nothing else happens in the request. An event of the other mode (live or test) than our key's is refused.
 */
export async function receiveStripeEvent(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe" | "settings">,
  { rawBody, signature }: { rawBody: string | Uint8Array; signature: string | null | undefined },
): Promise<Receipt> {
  const now = house.clock.now();
  try {
    const event = house.stripe.verifyWebhook(rawBody, signature, now);
    if (event.livemode !== house.settings.stripe.live) return { refused: "wrong_mode" };
    return await inTransaction(db, async (trx): Promise<Receipt> => {
      const kept = await trx
        .insertInto("stripe_event")
        .values({
          id: event.id,
          type: event.type,
          object_id: event.objectId,
          payload: JSON.stringify(event.payload),
          received_at: now,
        })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .returning("id")
        .executeTakeFirst();
      if (!kept) return { received: "again" };
      const later = echoes.has(event.type) ? { startAfter: echoSeconds } : {};
      await enqueue(trx, house, "apply-stripe-event", { eventId: event.id }, later);
      return { received: "new" };
    });
  } catch (error) {
    if (error instanceof WebhookRefused) return { refused: error.reason };
    throw error;
  }
}
