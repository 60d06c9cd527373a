import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.ts";
import type { RuleSteps } from "../governance/rule.ts";
import type { House } from "../house.ts";
import { enqueue, enqueueAll } from "../jobs.ts";
import { accounts } from "../ledger/account.ts";
import { type Posting, post } from "../ledger/post.server.ts";
import { type Amount, sum } from "../money/amount.ts";
import { type Counters, feeParts, type Recipient, shareLine } from "../revenue/allocate.ts";
import { poolsDue } from "../revenue/queries.server.ts";
import { salePostings, settledAmounts } from "./settled-amounts.ts";

/**
 * Shares a sale that is paid and not yet split, whose row the caller has locked: posts entry `split` by the rule and the shares pinned
 * on each line (and entry `sale` before it, where `withSale` says so), keeps every part (`split_part`: what a refund will take back),
 * moves the counters, and rings `send-parts`; also whatever waited for the split. `fee` and `settled` are those of the charge's balance
 * transaction, in the settlement currency. Money conventions, § 3.
 */
export async function shareOut(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  saleId: string,
  brought: {
    fee: Amount;
    settled: Amount;
    stripeCharge: string;
    withSale: boolean;
    refunded: boolean;
    disputed: boolean;
  },
): Promise<void> {
  const { fee, settled, stripeCharge: stripeObject } = brought;
  const lines = settledAmounts(await linesToSplit(trx, saleId), settled);
  const counters = await lockCounters(trx, lines);
  const pooling = lines.filter((line) => line.steps?.some(({ kind }) => kind === "recoup"));
  const due =
    pooling.length > 0
      ? await poolsDue(
          trx,
          pooling.map((line) => line.workId),
        )
      : new Map<string, Amount>();
  const fees = feeParts(
    fee,
    lines.map((line) => line.amount + sum(line.taxes.map((tax) => tax.amount))),
  );
  const shared = lines.map((line, i): Shared => {
    // A line of 0 bears nothing, posts nothing, moves no counter.
    if (line.amount === 0 && fees[i] === 0) return { line, feePart: 0, parts: [], counters: null };
    const result = shareLine({
      amount: line.amount,
      feePart: fees[i]!,
      steps: line.steps!,
      shares: line.shares,
      poolDue: due.get(line.workId) ?? 0,
      counters: counters.get(line.id)!,
    });
    const parts = result.parts.map(({ stage, to, amount }) => ({
      stage,
      account: accountOf(to, line),
      amount,
    }));
    return { line, feePart: fees[i]!, parts, counters: result.counters };
  });
  await keep(trx, house, saleId, { fee, settled }, shared);
  if (brought.withSale) {
    const postings = salePostings(saleId, lines);
    await post(trx, house, { key: `sale:${saleId}`, kind: "sale", saleId, stripeObject, postings });
  }
  const postings: Posting[] = [
    { account: accounts.clearing(saleId), amount: sum(lines.map((line) => line.amount)) },
    { account: accounts.stripe, amount: -fee },
    ...shared.flatMap(({ parts }) => parts.map(({ account, amount }) => ({ account, amount: -amount }))),
  ];
  await post(trx, house, { key: `split:${saleId}`, kind: "split", saleId, stripeObject, postings });
  const backs = await ringWhatWaited(trx, house, saleId, brought);
  // Money that went back already is not sent: what remains of the parts is known, and rung for, once it is in the books.
  await enqueue(trx, house, "send-parts", { saleId }, backs ? { startAfter: 60 } : {});
}

type Shared = {
  line: LineToSplit;
  feePart: Amount;
  parts: { stage: string; account: string; amount: Amount }[];
  /** Null: the line moved none. */
  counters: Counters | null;
};

/** Every part of every line, the counters as they stand now, and the sale as split: one statement. */
async function keep(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  saleId: string,
  { fee, settled }: { fee: Amount; settled: Amount },
  shared: readonly Shared[],
): Promise<void> {
  const parts = shared.flatMap(({ line, parts: ofLine }) =>
    ofLine.map((part, i) => ({ ...part, lineId: line.id, position: i + 1 })),
  );
  const moved = shared.flatMap(({ line, counters }) =>
    counters === null
      ? []
      : ([1, 2, 3] as const).map((stage) => ({
          workId: line.workId,
          ruleId: line.ruleId!,
          stage,
          listId: stage === 3 ? line.shareListId : null,
          cents: counters[stage],
        })),
  );
  const now = clock.now();
  await sql`
    with kept as (
      insert into split_part (sale_line_id, position, stage, account, amount)
      select * from unnest(${parts.map((part) => part.lineId)}::uuid[], ${parts.map((part) => part.position)}::smallint[],
        ${parts.map((part) => part.stage)}::text[], ${parts.map((part) => part.account)}::text[],
        ${parts.map((part) => part.amount)}::integer[])),
    charged as (
      update sale_line set fee_part = given.part
      from unnest(${shared.map(({ line }) => line.id)}::uuid[], ${shared.map(({ feePart }) => feePart)}::integer[])
        as given (id, part) where sale_line.id = given.id),
    counted as (
      insert into share_counter (work_id, rule_id, stage, share_list_id, cents)
      select * from unnest(${moved.map((each) => each.workId)}::uuid[], ${moved.map((each) => each.ruleId)}::uuid[],
        ${moved.map((each) => each.stage)}::smallint[], ${moved.map((each) => each.listId)}::uuid[],
        ${moved.map((each) => each.cents)}::bigint[])
      on conflict (work_id, rule_id, stage, share_list_id) do update set cents = excluded.cents)
    update sale set fee = ${fee}, settled = ${settled}, fee_known_at = ${now}, split_at = ${now}
    where id = ${saleId}`.execute(trx);
}

/**
 * Rings for refunds asked before the split, and for what Stripe told of before it: the parts are known now from which they are taken.
 * Returns whether there is something of which Stripe told.
 */
async function ringWhatWaited(
  trx: Transaction<DB>,
  house: Pick<House, "queue">,
  saleId: string,
  { refunded, disputed }: { refunded: boolean; disputed: boolean },
): Promise<boolean> {
  const { rows } = await sql<{ told: boolean; asked: { refundId: string }[] }>`
    select money_back_told_at is not null as told, coalesce((
      select json_agg(json_build_object('refundId', id) order by created_at) from refund
      where sale_id = sale.id and state = 'asked'), '[]') as asked
    from sale where id = ${saleId}`.execute(trx);
  const { told, asked } = rows[0]!;
  await enqueueAll(trx, house, "make-refund", asked);
  if (refunded || told) await enqueue(trx, house, "record-refunds", { saleId });
  if (disputed || told) await enqueue(trx, house, "follow-disputes", { saleId });
  return refunded || disputed || told;
}

type LineToSplit = {
  id: string;
  workId: string;
  coopId: string;
  ruleId: string | null;
  shareListId: string | null;
  amount: Amount;
  taxes: { code: string; amount: Amount }[];
  steps: RuleSteps | null;
  shares: { memberId: string; parts: number }[];
};

async function linesToSplit(trx: Transaction<DB>, saleId: string): Promise<LineToSplit[]> {
  const { rows } = await sql<LineToSplit>`
    select line.id, line.work_id as "workId", line.coop_id as "coopId", line.rule_id as "ruleId",
      line.share_list_id as "shareListId", line.amount, rule.steps,
      coalesce((select json_agg(json_build_object('code', code, 'amount', amount) order by position, code)
        from sale_line_tax where sale_line_id = line.id), '[]') as taxes,
      coalesce((select json_agg(json_build_object('memberId', member_id, 'parts', parts) order by position)
        from share where share_list_id = line.share_list_id), '[]') as shares
    from sale_line as line left join rule on rule.id = line.rule_id
    where line.sale_id = ${saleId} order by line.position`.execute(trx);
  return rows;
}

function accountOf(to: Recipient, line: LineToSplit): string {
  if ("fund" in to) return accounts.fund(line.coopId, to.fund);
  return "memberId" in to ? accounts.member(to.memberId) : accounts.pool(line.workId);
}

/**
 * Sales count in the order of their splits: the works of the sale are locked, always in the order of their ids, so that two
 * splits of the same work follow each other and two carts with the same works never wait for each other in a circle.
 */
async function lockCounters(
  trx: Transaction<DB>,
  lines: readonly LineToSplit[],
): Promise<Map<string, Counters>> {
  const works = lines.map((line) => line.workId);
  await sql`select id from work where id = any (${works}::uuid[]) order by id for no key update`.execute(trx);
  const kept = await trx.selectFrom("share_counter").selectAll().where("work_id", "in", works).execute();
  return new Map(
    lines.map((line) => {
      const at = (stage: 1 | 2 | 3) =>
        kept.find(
          (counter) =>
            counter.work_id === line.workId &&
            counter.rule_id === line.ruleId &&
            counter.stage === stage &&
            counter.share_list_id === (stage === 3 ? line.shareListId : null),
        )?.cents ?? 0;
      return [line.id, { 1: at(1), 2: at(2), 3: at(3) }];
    }),
  );
}
