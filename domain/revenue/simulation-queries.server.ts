import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { RuleSteps } from "../governance/rule.ts";
import { type Fund, funds } from "../ledger/account.ts";
import { type Amount, settlementCurrency } from "../money/amount.ts";
import { openReplay, type ReplayInput, type ReplayKey } from "./replay.ts";

export type SimulatedRecipient = (
  | { kind: "fund"; fund: Fund }
  | { kind: "member"; memberId: string; name: string }
  | { kind: "pool"; workId: string; title: string }
) & {
  /** What they had of these sales, refunds taken off. */
  had: Amount;
  /** What the other rule would have given. */
  would: Amount;
};
export type Simulation = {
  lines: number;
  /** Of these lines before tax, and the card fees in them. */
  sold: Amount;
  fees: Amount;
  /** What buyers got back of them since, before tax. */
  takenBack: Amount;
  /** Funds, pools by title, members by name. */
  recipients: SimulatedRecipient[];
};

/** Lines fetched at a time: what a simulation holds of the sales, however long the period. */
const batch = 2000;

/**
 * What a co-op's sales split in [from, until) would have given under `steps`, beside what they gave. Nothing is written. The sales are
 * read once, in the order of their splits, a few at a time (one query, by a cursor), refunds and lost disputes among them.
 * 100 000 lines: figures in docs/money.md.
 */
export function simulateRule(
  db: Database,
  { coopId, steps, from, until }: { coopId: string; steps: RuleSteps; from: Date; until: Date },
): Promise<Simulation> {
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (trx) => {
      const input = await readInput(trx, coopId, from, until);
      const replay = openReplay({ steps, ...input });
      let sold = 0;
      let fees = 0;
      let takenBack = 0;
      for await (const event of eventsOf(trx, coopId, from, until)) {
        if (event.what === "split") {
          sold += event.amount;
          fees += event.feePart;
          replay.split(event);
        } else if (event.what === "taken") {
          takenBack += event.amount;
          replay.takeBack(event.lineId, event.cause, event.amount);
        } else {
          takenBack -= event.amount;
          replay.giveBack(event.lineId, event.cause);
        }
      }
      const { lines, got } = replay.result();
      return { lines, sold, fees, takenBack, recipients: await beside(trx, coopId, from, until, got) };
    });
}

type Event = {
  what: "split" | "taken" | "given_back";
  lineId: string;
  workId: string;
  shareListId: string;
  amount: Amount;
  feePart: Amount;
  splitAt: Date;
  touched: boolean;
  cause: string;
};

/** The lines of the period. A line of 0 that bore nothing posted nothing, and moved no counter. */
const played = (coopId: string, from: Date, until: Date) => sql`
  select line.*, sale.split_at, sale.currency from sale join sale_line as line on line.sale_id = sale.id
  where line.coop_id = ${coopId} and sale.split_at >= ${from} and sale.split_at < ${until}
    and (line.amount > 0 or line.fee_part > 0)`;

async function* eventsOf(db: Database, coopId: string, from: Date, until: Date): AsyncGenerator<Event> {
  // In another currency than the books', what a line brought is what its parts and its part of the fee come to.
  await sql`declare played no scroll cursor for
    with line as (${played(coopId, from, until)}),
    taken as (
      select part.sale_line_id, part.refund_id, part.dispute_id, sum(part.amount) as amount, bool_or(part.given_back_at is not null) as back
      from taken_part as part join line on line.id = part.sale_line_id where part.kind <> 'tax' group by 1, 2, 3)
    select 'split' as what, line.id as "lineId", work_id as "workId", share_list_id as "shareListId",
      case when line.currency = ${settlementCurrency} then line.amount::bigint
        else (select sum(amount) from split_part where sale_line_id = line.id)::bigint + fee_part end as amount,
      fee_part as "feePart", split_at as "splitAt",
      exists (select from taken_part where sale_line_id = line.id) as touched, '' as cause, entry.number
    from line join entry on entry.sale_id = line.sale_id and entry.kind = 'split'
    union all
    select 'taken', taken.sale_line_id, null, null, taken.amount::bigint, 0, null, true,
      coalesce(refund_id, dispute_id)::text, entry.number
    from taken join entry on entry.key = coalesce('refund:' || refund_id, 'dispute_lost:' || dispute_id)
    union all
    select 'given_back', taken.sale_line_id, null, null, taken.amount::bigint, 0, null, true, refund_id::text, entry.number
    from taken join entry on entry.key = 'refund_failed:' || refund_id where taken.back
    order by number, "lineId"`.execute(db);
  for (;;) {
    const { rows } = await sql<Event>`fetch ${sql.raw(String(batch))} from played`.execute(db);
    yield* rows;
    if (rows.length < batch) return;
  }
}

/** What is small beside the sales: the share lists that they are pinned to, and the expenses of the co-op's works. */
async function readInput(
  db: Database,
  coopId: string,
  from: Date,
  until: Date,
): Promise<Omit<ReplayInput, "steps">> {
  const { rows: lists } = await sql<{ id: string; shares: { memberId: string; parts: number }[] }>`
    select share_list_id as id, json_agg(json_build_object('memberId', member_id, 'parts', parts) order by position) as shares
    from share where share_list_id in (select line.share_list_id from (${played(coopId, from, until)}) as line)
    group by share_list_id`.execute(db);
  const { rows: pools } = await sql<{
    workId: string;
    credited: Amount;
    expenses: { amount: Amount; approvedAt: string }[];
  }>`
    select expense.work_id as "workId",
      json_agg(json_build_object('amount', amount, 'approvedAt', approved_at)) as expenses,
      (select coalesce(-sum(posting.amount), 0) from posting join entry on entry.id = posting.entry_id
        where posting.account = 'pool:' || expense.work_id and entry.posted_at < ${from})::bigint as credited
    from expense join work on work.id = expense.work_id
    where work.coop_id = ${coopId} and approved_at is not null group by expense.work_id`.execute(db);
  return {
    shareLists: new Map(lists.map(({ id, shares }) => [id, shares])),
    pools: new Map(
      pools.map(({ workId, credited, expenses }) => [
        workId,
        {
          credited,
          expenses: expenses.map(({ amount, approvedAt }) => ({ amount, approvedAt: new Date(approvedAt) })),
        },
      ]),
    ),
  };
}

/** What they had: the parts as they were posted, less what was taken back and not given back. */
async function beside(
  db: Database,
  coopId: string,
  from: Date,
  until: Date,
  got: ReadonlyMap<ReplayKey, Amount>,
): Promise<SimulatedRecipient[]> {
  const { rows } = await sql<{ account: string; amount: Amount }>`
    with line as (${played(coopId, from, until)})
    select account, sum(amount)::bigint as amount from (
      select part.account, part.amount from split_part as part join line on line.id = part.sale_line_id
      union all
      select part.account, -part.amount from taken_part as part join line on line.id = part.sale_line_id
      where part.kind = 'part' and part.given_back_at is null) as moved
    group by account`.execute(db);
  const had = new Map(rows.map(({ account, amount }) => [account.replace(/^coop:[^:]+:/, "fund:"), amount]));
  const keys = new Set([...had.keys(), ...got.keys()]);
  const of = (kind: string) =>
    [...keys].filter((key) => key.startsWith(`${kind}:`)).map((key) => key.slice(kind.length + 1));
  const { rows: names } = await sql<{ id: string; name: string }>`
    select id, name from member where id = any (${of("member")}::uuid[])
    union all select id, title from work where id = any (${of("pool")}::uuid[])`.execute(db);
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  const amounts = (key: ReplayKey) => ({ had: had.get(key) ?? 0, would: got.get(key) ?? 0 });
  const byName = <T extends { name: string }>(all: T[]) =>
    all.sort((a, b) => a.name.localeCompare(b.name, "fr"));
  const named = (kind: string) => byName(of(kind).map((id) => ({ id, name: nameOf.get(id) ?? "" })));
  return [
    ...funds
      .filter((fund) => keys.has(`fund:${fund}`))
      .map((fund) => ({ kind: "fund" as const, fund, ...amounts(`fund:${fund}`) })),
    ...named("pool").map(({ id, name }) => ({
      kind: "pool" as const,
      workId: id,
      title: name,
      ...amounts(`pool:${id}`),
    })),
    ...named("member").map(({ id, name }) => ({
      kind: "member" as const,
      memberId: id,
      name,
      ...amounts(`member:${id}`),
    })),
  ];
}
