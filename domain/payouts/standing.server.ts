import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { type Destination, destinationOf, funds } from "../ledger/account.ts";
import { creditOf } from "../ledger/queries.server.ts";
import { type Amount, sum } from "../money/amount.ts";

export type Standing = {
  /** What the books say is owed; negative: what the destination owes. */
  credit: Amount;
  /** In transfers intended and not yet known to be made. */
  onItsWay: Amount;
  /** Of shares not yet accepted: owed, and held until they are. */
  unaccepted: Amount;
  /** Unsent parts of sales that a bank disputes: owed, and held until it has decided. */
  frozen: Amount;
  /** What may be sent: credit less the three others, never under 0. */
  free: Amount;
};

/** How each destination stands now. Read it with their payout accounts locked where a transfer is to follow from it. */
export async function standings(
  db: Database,
  destinations: readonly Destination[],
): Promise<Map<Destination, Standing>> {
  if (destinations.length === 0) return new Map();
  const credit = await creditOf(db, destinations);
  const intended = await db
    .selectFrom("transfer")
    .select(["destination", sql<number>`sum(amount)::bigint`.as("amount")])
    .where("state", "=", "intended")
    .where("destination", "in", [...destinations])
    .groupBy("destination")
    .execute();
  // From the shares not accepted, which are few, to what they were given: never from all that was ever sold.
  const members = destinations
    .filter((each) => each.startsWith("member:"))
    .map((each) => each.slice("member:".length));
  const { rows: held } = await sql<{ account: string; amount: number }>`
    with waiting as materialized (
      select share_list_id, 'member:' || member_id as account from share
      where accepted_at is null and member_id = any (${members}::uuid[]))
    select part.account, sum(part.amount - ${takenOf("part")})::bigint as amount
    from waiting join sale_line as line on line.share_list_id = waiting.share_list_id
      join split_part as part on part.sale_line_id = line.id and part.account = waiting.account and part.stage = 'shares'
    group by part.account`.execute(db);
  const disputed = await unsentParts(db, { disputed: destinations });
  return new Map(
    destinations.map((destination) => {
      const owed = credit.get(destination) ?? 0;
      const onItsWay = intended.find((row) => row.destination === destination)?.amount ?? 0;
      const unaccepted = held.find((row) => row.account === destination)?.amount ?? 0;
      const frozen = sum(
        disputed.filter((part) => part.destination === destination).map((part) => part.amount),
      );
      const free = Math.max(0, owed - onItsWay - unaccepted - frozen);
      return [destination, { credit: owed, onItsWay, unaccepted, frozen, free }];
    }),
  );
}

/** What refunds and lost disputes took of a part of the split, and no failed refund gave back. */
const takenOf = (part: string) => sql`coalesce((select sum(taken.amount) from taken_part as taken
  where taken.sale_line_id = ${sql.ref(part)}.sale_line_id and taken.kind = 'part'
    and taken.position = ${sql.ref(part)}.position and taken.given_back_at is null), 0)`;

/** What one account of a destination was credited by one sale, and has not been sent. */
export type UnsentPart = { saleId: string; account: string; destination: Destination; amount: Amount };

/**
 * For a sale and a destination: what the sale credited, less what was taken back, less what transfers brought of it or are
 * bringing and no reversal took, less what was settled otherwise (paid outside, unclaimed), account by account in the split's order. Of a destination, those of disputed sales are left out;
 * `disputed` are these alone. Parts of shares not accepted are left out. A co-op's fund that bore a fee counts against its other funds: the
 * destination's parts never sum to more than it is owed for that sale. Oldest split first.
 */
export async function unsentParts(
  db: Database,
  where:
    | { saleId: string }
    | { destination: Destination | readonly Destination[] }
    | { disputed: readonly Destination[] },
): Promise<UnsentPart[]> {
  const open = sql`(select sale_id from dispute where state = 'open')`;
  const scope =
    "saleId" in where
      ? sql`line.sale_id = ${where.saleId}`
      : "disputed" in where
        ? sql`line.sale_id in ${open} and substring(part.account from '^(?:member|coop):[^:]+') = any (${[...where.disputed]}::text[])`
        : sql`line.sale_id not in ${open} and part.account = any (${[where.destination].flat().flatMap(accountsOf)})`;
  const { rows } = await sql<{ saleId: string; account: string; amount: number }>`
    with owed as (
      select line.sale_id, part.account, min(line.position * 10000 + part.position) as position,
        sum(part.amount - ${takenOf("part")})
          filter (where share.member_id is null or share.accepted_at is not null) as amount
      from split_part as part
        join sale_line as line on line.id = part.sale_line_id
        left join share on part.stage = 'shares' and share.share_list_id = line.share_list_id
          and part.account = 'member:' || share.member_id
      where ${scope} and part.account ~ '^(member|coop):'
      group by line.sale_id, part.account)
    select owed.sale_id as "saleId", owed.account, (coalesce(owed.amount, 0) - coalesce((
        select sum(sent.amount) from transfer_part as sent join transfer on transfer.id = sent.transfer_id
        where sent.sale_id = owed.sale_id and sent.account = owed.account and transfer.state in ('intended', 'sent')), 0)
      - coalesce((select sum(settled.amount) from settled_part as settled
        where settled.sale_id = owed.sale_id and settled.account = owed.account and settled.undone_at is null), 0)
      + coalesce((select sum(back.amount) from reversal_part as back join reversal on reversal.id = back.reversal_id
        where reversal.sale_id = owed.sale_id and back.account = owed.account and reversal.state = 'done'), 0))::bigint as amount
    from owed join sale on sale.id = owed.sale_id
    order by sale.split_at, owed.sale_id, owed.position`.execute(db);
  return capped(rows.map((row) => ({ ...row, destination: destinationOf(row.account)! })));
}

const accountsOf = (destination: Destination): string[] =>
  destination.startsWith("member:") ? [destination] : funds.map((fund) => `${destination}:${fund}`);

/** Funds in debit are set against the others of the same sale and destination, the last ones first. */
function capped(parts: readonly UnsentPart[]): UnsentPart[] {
  const net = new Map<string, Amount>();
  const key = (part: UnsentPart) => `${part.saleId} ${part.destination}`;
  for (const part of parts) net.set(key(part), (net.get(key(part)) ?? 0) + part.amount);
  return parts.flatMap((part) => {
    const left = Math.max(0, net.get(key(part))!);
    const amount = Math.min(Math.max(0, part.amount), left);
    net.set(key(part), left - amount);
    return amount > 0 ? [{ ...part, amount }] : [];
  });
}

/** Takes `amount` from the parts in their order: what a transfer of that amount brings. */
export function take(parts: readonly UnsentPart[], amount: Amount): UnsentPart[] {
  let left = amount;
  return parts.flatMap((part) => {
    const taken = Math.min(part.amount, left);
    left -= taken;
    return taken > 0 ? [{ ...part, amount: taken }] : [];
  });
}
