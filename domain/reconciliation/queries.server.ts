import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { StripeFailure } from "#gateways/stripe.ts";
import type { House } from "../house.ts";
import type { Amount } from "../money/amount.ts";
import { rolesFor } from "../people/permitted.server.ts";
import { type Comparison, compareBalances } from "./compare-balances.server.ts";
import { openGroups } from "./open-groups.server.ts";

export type Difference = {
  id: string;
  kind: "unexplained" | "not_at_stripe" | "payout_differs";
  /** Stripe's less ours, in `currency`. */
  amount: Amount;
  currency: string;
  /** What of it is held against `account`; 0: nothing was posted. */
  held: Amount;
  account: string | null;
  foundAt: Date;
  closedAt: Date | null;
  closedBecause: "entry_found" | "found_at_stripe" | "adds_up" | "explained" | null;
  closedBy: string | null;
  reason: string | null;
  /** What Stripe says of it; null where Stripe lists nothing. */
  movement: { id: string; type: string; description: string | null; at: Date } | null;
  entry: EntryNamed | null;
  payout: string | null;
};
export type EntryNamed = { number: number; kind: string; saleId: string | null; saleNumber: number | null };
export type Run = {
  askedAt: Date;
  askedBy: string | null;
  startedAt: Date | null;
  endedAt: Date | null;
  seen: number | null;
  explained: number | null;
};
export type BankPayout = {
  id: string;
  amount: Amount;
  currency: string;
  state: "pending" | "in_transit" | "paid" | "failed" | "canceled";
  automatic: boolean;
  createdAt: Date;
  arrivesAt: Date;
  failure: string | null;
  listed: number | null;
  listedNet: Amount | null;
  addedUpAt: Date | null;
};
export type Movement = {
  id: string;
  type: string;
  description: string | null;
  at: Date;
  amount: Amount;
  fee: Amount;
  net: Amount;
  currency: string;
  /** Of a time before the books began: they say nothing of it. */
  beforeBooks: boolean;
  entry: EntryNamed | null;
};
export type ReconciliationShown = {
  isTreasurer: boolean;
  /** null: Stripe does not answer. */
  comparison: Comparison | null;
  last: Run | null;
  underWay: Run | null;
  open: Difference[];
  closed: Difference[];
  /** Movements that no entry says yet, and that are too young to be a difference. */
  waiting: number;
  payouts: BankPayout[];
};

/** The co-op that owns the platform, where this person keeps its books; null where they do not. */
export async function keptPlatform(
  db: Database,
  personId: string,
): Promise<{ id: string; isTreasurer: boolean } | null> {
  const { rows } = await sql<{ id: string; isTreasurer: boolean }>`
    select coop.id, bool_or(role.role in (${rolesFor("explainDifferences")})) as "isTreasurer"
    from coop join coop_role as role on role.coop_id = coop.id
    where coop.money = 'platform' and role.person_id = ${personId}::uuid and role.role in (${rolesFor("reconcile")})
    group by coop.id`.execute(db);
  return rows[0] ?? null;
}

const shownAtMost = 100;
/** A run that was not finished by then was cut. */
const longestMs = 15 * 60_000;

/** What the books and Stripe say of each other, for who keeps the books of the platform; null for anybody else. */
export async function reconciliationFor(
  db: Database,
  house: Pick<House, "clock" | "stripe">,
  personId: string,
): Promise<ReconciliationShown | null> {
  const coop = await keptPlatform(db, personId);
  if (!coop) return null;
  const [comparison, runs, open, closed, waiting, payouts] = await Promise.all([
    compareBalances(db, house).catch((error: unknown) => {
      if (error instanceof StripeFailure) return null;
      throw error;
    }),
    runsOf(db),
    differences(db, sql`difference.closed_at is null`, sql`difference.found_at desc`, shownAtMost),
    differences(db, sql`difference.closed_at is not null`, sql`difference.closed_at desc`, 20),
    sql<{ waiting: number }>`select count(*)::integer as waiting from ${openGroups} as open_group
      where not exists (select from difference where difference.kind = 'unexplained'
        and difference.about in (open_group.entry_object, open_group.entry_kind || ' ' || open_group.entry_object))`.execute(
      db,
    ),
    listPayouts(db),
  ]);
  const since = house.clock.now().getTime() - longestMs;
  return {
    isTreasurer: coop.isTreasurer,
    comparison,
    last: runs.find((run) => run.endedAt !== null) ?? null,
    underWay: runs.find((run) => run.endedAt === null && run.askedAt.getTime() > since) ?? null,
    open,
    closed,
    waiting: waiting.rows[0]?.waiting ?? 0,
    payouts,
  };
}

async function runsOf(db: Database): Promise<Run[]> {
  const { rows } = await sql<Run>`
    select run.asked_at as "askedAt", coalesce(person.name, person.email) as "askedBy", run.started_at as "startedAt",
      run.ended_at as "endedAt", run.seen, run.explained
    from reconciliation as run left join person on person.id = run.asked_by
    order by run.asked_at desc, run.id desc limit 20`.execute(db);
  return rows;
}

/** An entry with the receipt that it belongs to, as a JSON object; null where there is none. */
const entryNamed = sql`case when entry.id is not null then json_build_object('number', entry.number, 'kind', entry.kind,
  'saleId', entry.sale_id, 'saleNumber', (select sale.number from sale where sale.id = entry.sale_id)) end`;

async function differences(
  db: Database,
  where: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
  limit: number,
): Promise<Difference[]> {
  type Row = Omit<Difference, "movement"> & {
    movement: (Omit<NonNullable<Difference["movement"]>, "at"> & { at: string }) | null;
  };
  const { rows } = await sql<Row>`
    select difference.id, difference.kind, difference.amount, difference.currency, difference.held, difference.account,
      difference.found_at as "foundAt", difference.closed_at as "closedAt", difference.closed_because as "closedBecause",
      coalesce(person.name, person.email) as "closedBy", difference.reason, difference.payout,
      case when moved.id is not null then json_build_object('id', moved.id, 'type', moved.type,
        'description', moved.description, 'at', moved.created_at) end as movement,
      ${entryNamed} as entry
    from difference left join balance_transaction as moved on moved.id = difference.balance_transaction
      left join entry on entry.id = difference.entry_id left join person on person.id = difference.closed_by
    where ${where} order by ${order}, difference.id limit ${limit}`.execute(db);
  return rows.map((row) => ({
    ...row,
    movement: row.movement && { ...row.movement, at: new Date(row.movement.at) },
  }));
}

async function listPayouts(db: Database, only: string | null = null): Promise<BankPayout[]> {
  const { rows } = await sql<BankPayout>`
    select id, amount, currency, state, automatic, created_at as "createdAt", arrives_at as "arrivesAt", failure, listed,
      listed_net as "listedNet", added_up_at as "addedUpAt"
    from bank_payout where ${only === null ? sql`true` : sql`id = ${only}`}
    order by created_at desc, id limit ${shownAtMost}`.execute(db);
  return rows;
}

/**
 * A payout opened down to the movements that it brought, each with its entry, the latest first: `limit` of them from `offset`. null for
 * who does not keep the books of the platform, and where there is no such payout.
 */
export async function findBankPayout(
  db: Database,
  personId: string,
  payoutId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ payout: BankPayout; movements: Movement[] } | null> {
  const coop = await keptPlatform(db, personId);
  const [payout] = coop ? await listPayouts(db, payoutId) : [];
  if (!payout) return null;
  const { rows } = await sql<Movement>`
    select moved.id, moved.type, moved.description, moved.created_at as at, moved.amount, moved.fee, moved.net,
      moved.currency, moved.before_books as "beforeBooks", ${entryNamed} as entry
    from balance_transaction as moved left join entry on entry.id = coalesce(moved.entry_id,
      (select held.id from entry as held where held.kind = 'unexplained' and held.stripe_object = moved.id))
    where moved.payout = ${payoutId} and moved.source is distinct from ${payoutId}
    order by moved.created_at desc, moved.id limit ${limit} offset ${offset}`.execute(db);
  return { payout, movements: rows };
}

export type Told = {
  email: string;
  name: string | null;
  locale: "fr" | "en";
  differences: Difference[];
};

/** What a run found, for the letter to one who keeps the books of the platform; null where they do not (any more), or nothing is left. */
export async function findTold(db: Database, personId: string, runId: string): Promise<Told | null> {
  if (!(await keptPlatform(db, personId))) return null;
  const found = await differences(
    db,
    sql`difference.told_in = ${runId}::uuid`,
    sql`difference.found_at`,
    shownAtMost,
  );
  const person = await db
    .selectFrom("person")
    .select(["email", "name", "locale"])
    .where("id", "=", personId)
    .executeTakeFirst();
  if (!person || found.length === 0) return null;
  return { ...person, locale: person.locale === "en" ? "en" : "fr", differences: found };
}
