import { sql, type Transaction } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import { prepared } from "#db/prepared.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";

/**
 * Events are hints: each only rings the job that asks Stripe how things stand now, so that late, repeated, shuffled or missing
 * ones make no difference. Of many that came at once, those about one thing ring once. An event that concerns nothing of ours is
 * marked applied and left.
 */
export async function applyStripeEvents(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { eventIds }: { eventIds: readonly string[] },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    // In the order of their ids: two that apply the same events never wait for each other in a circle.
    const { rows: events } = await sql<Told>`${prepared}
      update stripe_event set applied_at = ${house.clock.now()} where id in (
        select id from stripe_event where id = any (${[...eventIds]}) and applied_at is null order by id for update)
      returning type, object_id as "objectId", payload`.execute(trx);
    const about = (is: (type: string) => boolean) => events.filter(({ type }) => is(type));
    if (about((type) => type === "balance.available").length > 0)
      await enqueueAll(trx, house, "resume-payouts", [{}]);
    await enqueueAll(
      trx,
      house,
      "refresh-account",
      each(about(isAboutAccount), ({ payload, objectId }) => accountIn(payload) ?? objectId).map(
        (stripeAccount) => ({ stripeAccount, told: true }),
      ),
    );
    await ringMoneyBack(trx, house, "record-refunds", about(isAboutRefund));
    await ringMoneyBack(trx, house, "follow-disputes", about(isAboutDispute));
    await ringSales(trx, house, about(isAboutSale));
    // Of the platform's own payouts only: a member's concerns their bank and not our books.
    const payouts = about((type) => type.startsWith("payout."));
    await enqueueAll(
      trx,
      house,
      "follow-payout",
      each(payouts, ({ payload, objectId }) => (accountIn(payload) === null ? objectId : null)).map(
        (payoutId) => ({ payoutId }),
      ),
    );
    const ended = payouts.filter(({ type }) => type === "payout.failed" || type === "payout.paid");
    await enqueueAll(
      trx,
      house,
      "look-at-bank",
      each(ended, ({ payload }) => accountIn(payload)).map((stripeAccount) => ({ stripeAccount })),
    );
  });
}

type Told = { type: string; objectId: string | null; payload: unknown };

/** What these events name, each once. */
const each = (events: readonly Told[], read: (event: Told) => string | null): string[] => [
  ...new Set(events.map(read).filter((named) => named !== null)),
];

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
  events: readonly Told[],
): Promise<void> {
  const charges = each(events, ({ payload }) => chargeIn(payload));
  if (charges.length === 0) return;
  const { rows } = await sql<{ saleId: string }>`
    select id as "saleId" from sale where stripe_charge = any (${charges})`.execute(trx);
  await sql`update sale set money_back_told_at = ${house.clock.now()}
    where id = any (${rows.map(({ saleId }) => saleId)}::uuid[]) and split_at is null`.execute(trx);
  await enqueueAll(trx, house, job, rows);
}

/** Found by the id that we gave Stripe, or by what Stripe gave us; whatever is not ours is nobody's. */
async function ringSales(
  trx: Transaction<DB>,
  house: Pick<House, "queue">,
  events: readonly Told[],
): Promise<void> {
  if (events.length === 0) return;
  const named = each(events, ({ payload }) => saleIn(payload)).filter((id) => uuid.test(id));
  const objects = each(events, ({ objectId }) => objectId);
  const { rows } = await sql<{ id: string; state: string; split: boolean }>`${prepared}
    select id, state, split_at is not null as split from sale
    where id = any (${named}::uuid[]) or stripe_session = any (${objects}) or stripe_payment = any (${objects})
      or stripe_charge = any (${objects})`.execute(trx);
  const ring = (which: (sale: (typeof rows)[number]) => boolean) =>
    rows.filter(which).map(({ id }) => ({ saleId: id }));
  await enqueueAll(
    trx,
    house,
    "settle-sale",
    ring(({ state }) => state === "open" || state === "expired"),
  );
  await enqueueAll(
    trx,
    house,
    "split-sale",
    ring(({ state, split }) => state === "paid" && !split),
  );
}
