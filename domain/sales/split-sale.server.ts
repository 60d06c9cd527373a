import { sql, type Transaction } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { RuleSteps } from "../governance/rule.ts";
import type { House } from "../house.ts";
import { enqueue, enqueueAll } from "../jobs.ts";
import { accounts } from "../ledger/account.ts";
import { type Posting, post } from "../ledger/post.server.ts";
import { type Amount, settlementCurrency, sum } from "../money/amount.ts";
import { type Counters, feeParts, type Recipient, shareLine } from "../revenue/allocate.ts";
import { poolsDue } from "../revenue/queries.server.ts";
import { salePostings, settledAmounts } from "./settled-amounts.ts";

/**
 * Shares a paid sale, once the exact fee is known: it comes from the charge's balance transaction, absent at first, and is never
 * computed. One transaction posts entry `split` by the rule and the shares pinned on each line, keeps every part (`split_part`:
 * what a refund will take back), moves the counters, and rings `send-parts`. Returns whether the sale is split: "waiting" while
 * the fee is unknown (an event or the sweep rings again), "none" for a sale that is not paid.
 */
export async function splitSale(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  { saleId }: { saleId: string },
): Promise<"split" | "waiting" | "none"> {
  const sale = await db
    .selectFrom("sale")
    .select(["state", "split_at", "stripe_charge"])
    .where("id", "=", saleId)
    .executeTakeFirst();
  if (sale?.state !== "paid" || sale.stripe_charge === null) return "none";
  if (sale.split_at) return "split";
  const { balanceTransaction, amountRefunded, disputed } = await house.stripe.fetchCharge(sale.stripe_charge);
  if (!balanceTransaction) return "waiting";
  if (balanceTransaction.currency !== settlementCurrency) {
    throw new Error(
      `sale ${saleId} settled in ${balanceTransaction.currency}, the books are in ${settlementCurrency}`,
    );
  }
  const { fee, amount: settled } = balanceTransaction;
  await inTransaction(db, async (trx) => {
    await split(trx, house, saleId, { fee, settled });
    await ringWhatWaited(trx, house, saleId, { refunded: amountRefunded > 0, disputed });
  });
  return "split";
}

async function split(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  saleId: string,
  { fee, settled }: { fee: Amount; settled: Amount },
): Promise<void> {
  const sale = await trx
    .selectFrom("sale")
    .selectAll()
    .where("id", "=", saleId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (sale.split_at) return;
  const stored = await linesToSplit(trx, saleId);
  const lines = settledAmounts(stored, settled);
  const stripeObject = sale.stripe_charge!;
  if (sale.currency !== settlementCurrency) {
    await post(trx, house, {
      key: `sale:${saleId}`,
      kind: "sale",
      saleId,
      stripeObject,
      postings: salePostings(saleId, lines),
    });
  }
  const counters = await lockCounters(trx, lines);
  const due = await poolsDue(
    trx,
    lines.map((line) => line.workId),
  );
  const fees = feeParts(
    fee,
    lines.map((line) => line.amount + sum(line.taxes.map((tax) => tax.amount))),
  );
  const now = house.clock.now();
  const shared = lines.map((line, i) => {
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
    const parts = result.parts.map((part, p) => ({
      sale_line_id: line.id,
      position: p + 1,
      stage: part.stage,
      account: accountOf(part.to, line),
      amount: part.amount,
    }));
    return { line, feePart: fees[i]!, parts, counters: result.counters };
  });
  const parts = shared.flatMap((each) => each.parts);
  await trx.insertInto("split_part").values(parts).execute();
  await sql`update sale_line set fee_part = given.part
    from unnest(${shared.map((each) => each.line.id)}::uuid[], ${shared.map((each) => each.feePart)}::integer[]) as given (id, part)
    where sale_line.id = given.id`.execute(trx);
  await keepCounters(trx, shared);
  const postings: Posting[] = [
    { account: accounts.clearing(saleId), amount: sum(lines.map((line) => line.amount)) },
    { account: accounts.stripe, amount: -fee },
    ...parts.map((part) => ({ account: part.account, amount: -part.amount })),
  ];
  await post(trx, house, { key: `split:${saleId}`, kind: "split", saleId, stripeObject, postings });
  await trx
    .updateTable("sale")
    .set({ fee, settled, fee_known_at: now, split_at: now })
    .where("id", "=", saleId)
    .execute();
  await enqueue(trx, house, "send-parts", { saleId });
}

/** Refunds asked before the split, and what Stripe told of before it: the parts are known now from which they are taken. */
async function ringWhatWaited(
  trx: Transaction<DB>,
  house: Pick<House, "queue">,
  saleId: string,
  { refunded, disputed }: { refunded: boolean; disputed: boolean },
): Promise<void> {
  const asked = await trx
    .selectFrom("refund")
    .select("id as refundId")
    .where("sale_id", "=", saleId)
    .where("state", "=", "asked")
    .orderBy("created_at")
    .execute();
  await enqueueAll(trx, house, "make-refund", asked);
  const sale = await trx
    .selectFrom("sale")
    .select("money_back_told_at")
    .where("id", "=", saleId)
    .executeTakeFirstOrThrow();
  const told = sale.money_back_told_at !== null;
  if (refunded || told) await enqueue(trx, house, "record-refunds", { saleId });
  if (disputed || told) await enqueue(trx, house, "follow-disputes", { saleId });
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

async function keepCounters(
  trx: Transaction<DB>,
  shared: readonly { line: LineToSplit; counters: Counters | null }[],
): Promise<void> {
  const rows = shared.flatMap(({ line, counters }) =>
    counters === null
      ? []
      : ([1, 2, 3] as const).map((stage) => ({
          work_id: line.workId,
          rule_id: line.ruleId!,
          stage,
          share_list_id: stage === 3 ? line.shareListId : null,
          cents: counters[stage],
        })),
  );
  await trx
    .insertInto("share_counter")
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(["work_id", "rule_id", "stage", "share_list_id"])
        .doUpdateSet({ cents: (from) => from.ref("excluded.cents") }),
    )
    .execute();
}
