import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import { StripeFailure } from "#gateways/stripe.ts";
import type { House } from "../house.ts";
import { enqueue, enqueueAll } from "../jobs.ts";
import { settlementCurrency } from "../money/amount.ts";
import { permissions } from "../people/permissions.ts";
import { askStripeAgain } from "./ask-stripe-again.server.ts";
import { compareBalances } from "./compare-balances.server.ts";
import { findMissing } from "./find-missing.server.ts";
import { followPayout } from "./follow-payout.server.ts";
import { holdDifferences } from "./hold-differences.server.ts";
import { matchEntries } from "./match-entries.server.ts";
import { readTransactions } from "./read-transactions.server.ts";
import { recordStripeFees } from "./record-stripe-fees.server.ts";

/** What the verbs ring is done by then. */
const afterAskingSeconds = 120;

/**
 * Holds the books against Stripe: every movement of Stripe's has its entry, every entry about money there its movement, every payout adds
 * up. First the verb that should have written what is missing is called; what stays unexplained half a day is held in suspense, and
 * those who keep the books of the platform are told, once. `runId`: of a run that a person asked for; else one begins. `again`: a run
 * that comes shortly after one that called verbs. May be run at any time, twice, and cut anywhere. Throws what the verbs threw that is
 * no answer of Stripe's, once everything else is done.
 */
export async function reconcile(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  { runId, again = false }: { runId?: string | undefined; again?: boolean | undefined },
): Promise<void> {
  const startedAt = house.clock.now();
  const run = await begin(db, startedAt, runId);
  const first = await openingToFind(db, house);
  const reading = await readTransactions(db, house);
  if (!reading) return end(db, house, { run, explained: 0, seen: 0, difference: null, later: false });
  await recordStripeFees(db, house);
  await followOpenPayouts(db, house);
  const errors = again ? [] : await askStripeAgain(db, house);
  const explained = reading.explained + (await matchEntries(db, house));
  const later = await holdDifferences(db, house, { startedAt, again });
  await findMissing(db, house);
  if (first !== null) await keepOpening(db, house, first);
  const { difference } = await compareBalances(db, house);
  await end(db, house, { run, seen: reading.seen, explained, difference, later: later && !again });
  if (errors.length > 0) throw errors[0];
}

async function begin(db: Database, startedAt: Date, runId: string | undefined): Promise<string> {
  const asked = await db
    .updateTable("reconciliation")
    .set({ started_at: startedAt })
    .where("id", "=", runId ?? v7())
    .returning("id")
    .executeTakeFirst();
  if (asked) return asked.id;
  const { id } = await db
    .insertInto("reconciliation")
    .values({ id: v7(), asked_at: startedAt, started_at: startedAt })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Stripe's balance before the reading, while what it held before the books is not known; null once it is. */
async function openingToFind(db: Database, { stripe }: Pick<House, "stripe">): Promise<number | null> {
  const known = await db.selectFrom("stripe_reading").select("opening").executeTakeFirst();
  return known?.opening == null ? total(await stripe.fetchBalance()) : null;
}

const total = ({ available, pending }: Record<"available" | "pending", Record<string, number>>) =>
  (available[settlementCurrency] ?? 0) + (pending[settlementCurrency] ?? 0);

/**
 * What the account held before our first movement: its balance, less all that moved since. Only at a quiet moment: nothing moved during
 * the reading, and no fee is waited for; else the next run finds it.
 */
async function keepOpening(
  db: Database,
  { clock, stripe }: Pick<House, "clock" | "stripe">,
  before: number,
): Promise<void> {
  if (total(await stripe.fetchBalance()) !== before) return;
  await sql`update stripe_reading set opening_at = ${clock.now()}, opening = ${before} - (
      select coalesce(sum(net), 0) from balance_transaction where not before_books and currency = ${settlementCurrency})
    where opening is null and not exists (select from sale where state = 'paid' and split_at is null)`.execute(
    db,
  );
}

/** Those that have not arrived, or of which Stripe has not said yet what they are made of. */
async function followOpenPayouts(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from bank_payout where state in ('pending', 'in_transit') or (automatic and added_up_at is null)
      or exists (select from difference where difference.payout = bank_payout.id and closed_at is null)
    order by looked_at limit 50`.execute(db);
  for (const { id } of rows) {
    await followPayout(db, house, { payoutId: id }).catch((error: unknown) => {
      if (!(error instanceof StripeFailure)) throw error;
    });
  }
}

type Ended = {
  run: string;
  seen: number;
  explained: number;
  difference: number | null;
  later: boolean;
};

/** The run is over; what was found and nobody was told of yet is told, and once. */
function end(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { run, later, ...figures }: Ended,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    await trx
      .updateTable("reconciliation")
      .set({ ended_at: house.clock.now(), ...figures })
      .where("id", "=", run)
      .execute();
    if (later) await enqueue(trx, house, "reconcile", { again: true }, { startAfter: afterAskingSeconds });
    await tell(trx, house, run);
  });
}

async function tell(trx: Transaction<DB>, house: Pick<House, "queue">, run: string): Promise<void> {
  const told = await trx
    .updateTable("difference")
    .set({ told_in: run })
    .where("told_in", "is", null)
    .where("closed_at", "is", null)
    .returning("id")
    .execute();
  if (told.length === 0) return;
  const keepers = await trx
    .selectFrom("coop_role")
    .innerJoin("coop", "coop.id", "coop_role.coop_id")
    .select("coop_role.person_id as personId")
    .distinct()
    .where("coop.money", "=", "platform")
    .where("coop_role.role", "in", permissions.reconcile.roles)
    .execute();
  await enqueueAll(
    trx,
    house,
    "send-differences",
    keepers.map(({ personId }) => ({ runId: run, personId })),
  );
}
