import type { Transaction } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import { StripeFailure } from "#gateways/stripe.ts";
import type { House } from "./house.ts";

/** Longer than a call may last (20 s). A courtesy between workers: the key protects by itself, two calls with it are one act. */
const leaseSeconds = 60;
/** Stripe keeps a key for 24 hours; after this, a search tells whether the thing was made. */
const keyHours = 23;

/** What the rows of `transfer`, `reversal` and `refund` share: an intent that is stored with its key before any call. */
type Intent = {
  id: string;
  key: string;
  state: string;
  calls: number;
  first_called_at: Date | null;
  leased_until: Date | null;
  leased_by: string | null;
};

type LeasedCall<Row extends Intent, Due, Made, End extends string> = {
  table: "transfer" | "reversal" | "refund";
  /** The state of a row whose outcome is not known yet. */
  pending: "intended" | "asked";
  id: string;
  /** The job that calls: handed out again after it died, it goes on at once with its own lease. */
  job: string | undefined;
  /** Locks the row, and before it whatever is always locked first; undefined: it is not there. */
  lock(trx: Transaction<DB>): Promise<Row | undefined>;
  /** Rings for this row again, so many seconds from now. */
  ringAgain(trx: Transaction<DB>, seconds: number): Promise<void>;
  /**
   * What the call needs; or how it ends without one: what was never called (`calls` 0) may still be given up here. `look`: it must no
   * longer be made, and may have been: it is only looked for, until its key is old.
   */
  prepare(trx: Transaction<DB>, row: Row): Promise<{ due: Due; look?: boolean } | { end: End }>;
  make(due: Due, options: { idempotencyKey: string }): Promise<Made>;
  /** What an earlier call made, if it made anything: known by our id in its metadata. */
  find(due: Due): Promise<Made | undefined>;
  /** Writes down what was made. It opens its own transaction, and does nothing where it is done already. */
  keep(due: Due, made: Made): Promise<void>;
  /** A definite no: nothing was done, and this attempt is over. */
  refuse(trx: Transaction<DB>, due: Due, code: string): Promise<void>;
  /** Looked for and not there, and the key too old to be safe: the attempt is over, the next one has a key of its own. */
  renew(trx: Transaction<DB>, due: Due): Promise<void>;
};

/**
 * The one way in which money is moved by a call to Stripe. The intent is stored with its key and committed; it is leased and
 * committed; the call carries the stored key; its outcome is kept. A crash anywhere is finished by running it again. An unknown
 * outcome is thrown (`StripeFailure`), to be tried again with the same key; once that is 23 hours old, what it made is looked for, and
 * adopted or made anew. A definite refusal ends the attempt. "waiting": it is only looked for, and not there; the sweep rings again.
 * "leased": another worker is calling, or died doing so; it rings again.
 */
export async function leasedCall<Row extends Intent, Due, Made, End extends string>(
  db: Database,
  house: Pick<House, "clock">,
  call: LeasedCall<Row, Due, Made, End>,
): Promise<"made" | "refused" | "renewed" | "waiting" | "leased" | "nothing" | End> {
  const leased = await inTransaction(db, (trx) => lease(trx, house, call));
  if (typeof leased === "string") return leased;
  const { due, key, firstCalledAt } = leased;
  const isOld = house.clock.now().getTime() - firstCalledAt.getTime() >= keyHours * 3_600_000;
  const looks = isOld || leased.look;
  let made: Made | undefined;
  try {
    made = looks ? await call.find(due) : await call.make(due, { idempotencyKey: key });
  } catch (error) {
    if (!(error instanceof StripeFailure)) throw error;
    // A search that is refused tells nothing of what was made.
    if (error.outcome === "refused" && !looks) {
      await inTransaction(db, (trx) => call.refuse(trx, due, error.code));
      return "refused";
    }
    await giveBack(db, house, call);
    throw error;
  }
  if (made === undefined && !isOld) {
    await giveBack(db, house, call);
    return "waiting";
  }
  if (made === undefined) {
    await inTransaction(db, (trx) => call.renew(trx, due));
    return "renewed";
  }
  await call.keep(due, made);
  return "made";
}

async function lease<Row extends Intent, Due, Made, End extends string>(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  call: LeasedCall<Row, Due, Made, End>,
): Promise<{ due: Due; look: boolean; key: string; firstCalledAt: Date } | "leased" | "nothing" | End> {
  const now = clock.now();
  const row = await call.lock(trx);
  if (row?.state !== call.pending) return "nothing";
  const isOurs = call.job !== undefined && row.leased_by === call.job;
  if (row.leased_until && row.leased_until > now && !isOurs) {
    await call.ringAgain(trx, Math.ceil((row.leased_until.getTime() - now.getTime()) / 1000) + 1);
    return "leased";
  }
  const prepared = await call.prepare(trx, row);
  if ("end" in prepared) return prepared.end;
  const firstCalledAt = row.first_called_at ?? now;
  await rowOf(trx, call)
    .set({
      leased_until: new Date(now.getTime() + leaseSeconds * 1000),
      leased_by: call.job ?? null,
      calls: row.calls + 1,
      first_called_at: firstCalledAt,
      state_at: now,
    })
    .execute();
  return { due: prepared.due, look: prepared.look ?? false, key: row.key, firstCalledAt };
}

/** Nothing is known of the outcome: the next try need not wait for the lease. */
async function giveBack(db: Database, { clock }: Pick<House, "clock">, call: Pending): Promise<void> {
  await rowOf(db, call).set({ leased_until: null, state_at: clock.now() }).execute();
}

type Pending = Pick<LeasedCall<Intent, unknown, unknown, string>, "table" | "id" | "pending">;

/** The attempt ended in a definite no. Nothing where its outcome is known already. */
export async function endRefused(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  intent: Pending,
  refusal: string,
): Promise<void> {
  await rowOf(trx, intent)
    .set({ state: "refused", refusal, leased_until: null, state_at: clock.now() })
    .execute();
}

/** The same row under a new key, never called with it. Nothing where its outcome is known already. */
export async function giveNewKey(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  intent: Pending,
  { key, attempt }: { key: string; attempt: number },
): Promise<void> {
  await rowOf(trx, intent)
    .set({ key, attempt, calls: 0, first_called_at: null, leased_until: null, state_at: clock.now() })
    .execute();
}

const rowOf = (db: Database, { table, id, pending }: Pending) =>
  // The columns written here are the same in the three tables.
  db
    .updateTable(table as "transfer")
    .where("id", "=", id)
    .where("state", "=", pending);
