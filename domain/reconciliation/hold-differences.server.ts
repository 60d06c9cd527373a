import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { accounts } from "../ledger/account.ts";
import { post } from "../ledger/post.server.ts";
import { type Amount, settlementCurrency } from "../money/amount.ts";
import { groupName, openGroups } from "./open-groups.server.ts";

const perRun = 500;
/** An entry that is late has come by then: what is left is posted, told, and in the books well within a day. */
const patienceHours = 12;
/** A transfer whose answer was lost is asked for with its own key for this long, then looked for. */
const lostAnswerHours = 23;

type Group = {
  kind: string | null;
  object: string;
  name: string;
  net: Amount;
  booked: Amount;
  entryId: string | null;
  /** The latest movement, by which the difference is known to a person. */
  transaction: string;
  isDue: boolean;
  /** Whether its verb was called before this run. */
  isAsked: boolean;
};

/**
 * What Stripe moved and no entry says, half a day later and after the verb that should have written it was called: entry
 * `unexplained`, `stripe` against `suspense/<balance transaction>`, and a difference that a person is told of. Where the entry
 * comes all the same, what was held is posted back. `again`: the verbs were called a moment ago by the run that rang this one. Returns
 * whether something waits for nothing but that.
 */
export async function holdDifferences(
  db: Database,
  house: Pick<House, "clock">,
  { startedAt, again }: { startedAt: Date; again: boolean },
): Promise<boolean> {
  const { rows } = await groups(db, house, { startedAt, again });
  const due = rows.filter((group) => group.isAsked);
  for (const group of due) {
    await inTransaction(db, async (trx) => {
      await sql`select from balance_transaction where entry_object = ${group.object} order by id for update`.execute(
        trx,
      );
      const { rows: now } = await groups(trx, house, { startedAt, again }, group.object);
      for (const each of now.filter(({ name }) => name === group.name)) await hold(trx, house, each);
    });
  }
  await keepForeign(db, house);
  return rows.some((group) => !group.isAsked && group.isDue);
}

/** Those that have a difference, or are due for one; of those that a person explained only where the entry has come after all. */
function groups(
  db: Database,
  { clock }: Pick<House, "clock">,
  { startedAt, again }: { startedAt: Date; again: boolean },
  only: string | null = null,
) {
  const before = (hours: number) => new Date(clock.now().getTime() - hours * 3_600_000);
  const asked = again ? sql`moved.asked_at is not null` : sql`moved.asked_at < ${startedAt}`;
  return sql<Group>`
    select open_group.entry_kind as kind, open_group.entry_object as object, ${groupName} as name, open_group.net,
      open_group.booked, open_group.entry_id as "entryId", latest.transaction, latest.oldest <= due.before as "isDue",
      known.id is not null or (latest.oldest <= due.before and (open_group.entry_kind is null or latest.asked)) as "isAsked"
    from ${openGroups} as open_group
    cross join lateral (select (array_agg(moved.id order by moved.created_at desc, moved.id))[1] as transaction,
        min(moved.created_at) as oldest, coalesce(bool_and(${asked}), false) as asked from balance_transaction as moved
      where moved.entry_object = open_group.entry_object and moved.entry_kind is not distinct from open_group.entry_kind
        and moved.entry_id is null and not moved.before_books) as latest
    cross join lateral (select case when open_group.entry_kind in ('transfer', 'reversal')
      then ${before(lostAnswerHours)}::timestamptz else ${before(patienceHours)}::timestamptz end as before) as due
    left join difference as known on known.kind = 'unexplained' and known.about = ${groupName}
    where case when known.id is null then latest.oldest <= due.before
        when known.closed_at is null then true
        else open_group.entry_id is not null and open_group.net = open_group.booked end
      and ${only === null ? sql`true` : sql`open_group.entry_object = ${only}`}
    order by latest.oldest limit ${perRun}`.execute(db);
}

/** Posts what is missing of a movement, or gives back what was held once its entry is there. The movements are locked. */
async function hold(trx: Transaction<DB>, house: Pick<House, "clock">, group: Group): Promise<void> {
  const now = house.clock.now();
  const isFound = group.entryId !== null && group.net === group.booked;
  const missing = group.net - group.booked;
  const known = await trx
    .selectFrom("difference")
    .selectAll()
    .where("kind", "=", "unexplained")
    .where("about", "=", group.name)
    .executeTakeFirst();
  // A person has said what it is; only its own entry, come after all, changes that.
  if (known?.closed_at && !isFound) return;
  const account = known?.account ?? accounts.suspense(group.transaction);
  const holds = known?.holds ?? 0;
  const move = (isFound ? 0 : missing) - (known?.held ?? 0);
  if (move !== 0) {
    await post(trx, house, {
      key: `unexplained:${group.transaction}${holds === 0 ? "" : `:${holds + 1}`}`,
      kind: "unexplained",
      ...(holds === 0 && { stripeObject: group.transaction }),
      postings: [
        { account: accounts.stripe, amount: move },
        { account, amount: -move },
      ],
    });
  }
  const held = { held: (known?.held ?? 0) + move, holds: holds + (move === 0 ? 0 : 1), account };
  if (isFound) {
    await sql`update balance_transaction set entry_id = ${group.entryId}::uuid, explained_at = ${now}
      where entry_object = ${group.object} and entry_kind = ${group.kind} and entry_id is null`.execute(trx);
    await trx
      .updateTable("difference")
      .set({ ...held, closed_at: now, closed_because: "entry_found", entry_id: group.entryId })
      .where("id", "=", known?.id ?? v7())
      .execute();
    return;
  }
  if (known) {
    if (move !== 0)
      await trx
        .updateTable("difference")
        .set({ ...held, amount: missing })
        .where("id", "=", known.id)
        .execute();
    return;
  }
  if (missing === 0) return;
  await trx
    .insertInto("difference")
    .values({
      id: v7(),
      kind: "unexplained",
      about: group.name,
      balance_transaction: group.transaction,
      amount: missing,
      currency: settlementCurrency,
      found_at: now,
      ...held,
    })
    .execute();
}

/** Stripe keeps a balance for each currency; the books are in one. What moves in another is told, and cannot be posted. */
async function keepForeign(db: Database, { clock }: Pick<House, "clock">): Promise<void> {
  const { rows } = await sql<{ id: string; net: Amount; currency: string }>`
    select id, net, currency from balance_transaction
    where entry_id is null and not before_books and currency <> ${settlementCurrency}
      and created_at <= ${new Date(clock.now().getTime() - patienceHours * 3_600_000)}
      and not exists (select from difference where kind = 'unexplained' and about = balance_transaction.id)
    limit ${perRun}`.execute(db);
  if (rows.length === 0) return;
  await db
    .insertInto("difference")
    .values(
      rows.map(({ id, net, currency }) => ({
        id: v7(),
        kind: "unexplained",
        about: id,
        balance_transaction: id,
        amount: net,
        currency,
        found_at: clock.now(),
      })),
    )
    .onConflict((conflict) => conflict.columns(["kind", "about"]).doNothing())
    .execute();
}
