import type { Transaction } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";

/**
 * Events are hints: each only rings the job that asks Stripe how things stand now, so that late, repeated, shuffled or missing
 * ones make no difference. An event that concerns nothing of ours is marked applied and left.
 */
export async function applyStripeEvent(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { eventId }: { eventId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const event = await trx
      .updateTable("stripe_event")
      .set({ applied_at: house.clock.now() })
      .where("id", "=", eventId)
      .where("applied_at", "is", null)
      .returning(["type", "object_id", "payload"])
      .executeTakeFirst();
    if (!event) return;
    const { type, object_id: objectId, payload } = event;
    if (type === "balance.available") await enqueue(trx, house, "resume-payouts", {});
    else if (isAboutAccount(type)) {
      const account = accountIn(payload) ?? objectId;
      if (account) await enqueue(trx, house, "refresh-account", { stripeAccount: account, told: true });
    } else if (isAboutRefund(type)) await ringMoneyBack(trx, house, "record-refunds", chargeIn(payload));
    else if (isAboutDispute(type)) await ringMoneyBack(trx, house, "follow-disputes", chargeIn(payload));
    else if (isAboutSale(type)) await ringSale(trx, house, saleIn(payload), objectId);
    // Of the platform's own payouts only: a member's concerns their bank and not our books.
    else if (type.startsWith("payout.") && objectId && accountIn(payload) === null)
      await enqueue(trx, house, "follow-payout", { payoutId: objectId });
    else if (type === "payout.failed" || type === "payout.paid") {
      const account = accountIn(payload);
      if (account) await enqueue(trx, house, "look-at-bank", { stripeAccount: account });
    }
  });
}

/** v1 tells of a connected account by `account`, v2 by its related object. */
const isAboutAccount = (type: string) =>
  type.startsWith("account.") || type.startsWith("v2.core.account") || type === "capability.updated";
const isAboutRefund = (type: string) => /^(refund\.|charge\.refund)/.test(type);
const isAboutDispute = (type: string) => type.startsWith("charge.dispute.");
const isAboutSale = (type: string) =>
  /^(checkout\.session|payment_intent|charge)\.(?!dispute|refund)/.test(type);

type Wire = {
  account?: unknown;
  related_object?: { id?: unknown } | null;
  data?: {
    object?: {
      id?: unknown;
      object?: unknown;
      charge?: unknown;
      client_reference_id?: unknown;
      metadata?: { sale_id?: unknown } | null;
    };
  };
};
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
const accountIn = (payload: unknown) => text((payload as Wire).account);
function saleIn(payload: unknown): string | null {
  const object = (payload as Wire).data?.object;
  return text(object?.metadata?.sale_id) ?? text(object?.client_reference_id);
}

/** Of a refund or a dispute its charge; of a charge itself. */
function chargeIn(payload: unknown): string | null {
  const object = (payload as Wire).data?.object;
  return object?.object === "charge" ? text(object.id) : text(object?.charge);
}

/** Of a charge that is not in the books yet nothing is rung: the split asks Stripe whether it was refunded or disputed. */
async function ringMoneyBack(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  job: "record-refunds" | "follow-disputes",
  charge: string | null,
): Promise<void> {
  if (charge === null) return;
  const sale = await trx
    .selectFrom("sale")
    .select("id")
    .where("stripe_charge", "=", charge)
    .executeTakeFirst();
  if (!sale) return;
  await trx
    .updateTable("sale")
    .set({ money_back_told_at: house.clock.now() })
    .where("id", "=", sale.id)
    .where("split_at", "is", null)
    .execute();
  await enqueue(trx, house, job, { saleId: sale.id });
}

/** Found by the id that we gave Stripe, or by what Stripe gave us; whatever is not ours is nobody's. */
async function ringSale(
  trx: Transaction<DB>,
  house: Pick<House, "queue">,
  named: string | null,
  objectId: string | null,
): Promise<void> {
  const sale = await trx
    .selectFrom("sale")
    .select(["id", "state", "split_at"])
    .where((or) =>
      or.or([
        ...(named && uuid.test(named) ? [or("id", "=", named)] : []),
        or("stripe_session", "=", objectId),
        or("stripe_payment", "=", objectId),
        or("stripe_charge", "=", objectId),
      ]),
    )
    .executeTakeFirst();
  if (sale?.state === "open" || sale?.state === "expired")
    await enqueue(trx, house, "settle-sale", { saleId: sale.id });
  if (sale?.state === "paid" && !sale.split_at) await enqueue(trx, house, "split-sale", { saleId: sale.id });
}
