import { sql, type Transaction } from "kysely";
import { prepared } from "#db/prepared.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";
import { accounts } from "../ledger/account.ts";
import { type Entry, postAll } from "../ledger/post.server.ts";
import { type Amount, sum } from "../money/amount.ts";
import { feeParts, type Recipient, shareLine } from "../revenue/allocate.ts";
import { poolsDue } from "../revenue/queries.server.ts";
import type { LineToSplit } from "./lines-to-split.server.ts";
import { salePostings, settledAmounts } from "./settled-amounts.ts";
import { type CounterRow, lockCounters, type ShareCounters } from "./share-counters.server.ts";

/** A paid sale whose fee is known. */
export type BroughtSale = {
  saleId: string;
  lines: readonly LineToSplit[];
  /** Those of the charge's balance transaction, in the settlement currency. */
  fee: Amount;
  settled: Amount;
  stripeCharge: string;
  /** Whether entry `sale` is not posted yet. */
  withSale: boolean;
  /** It is found paid just now: what it was paid with. */
  paid?: { at: Date; payment: string | null };
  refunded: boolean;
  disputed: boolean;
};

/**
 * Shares sales that are paid and not yet split, whose rows the caller has locked, one after the other in the order given, in as many
 * statements as for one: posts entry `split` of each by the rule and the shares pinned on each line (and entry `sale` before it, where
 * `withSale` says so), keeps every part (`split_part`: what a refund will take back), moves the counters, and rings `send-parts`; also
 * whatever waited for the split. Money conventions, § 3.
 */
export async function shareOut(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  sales: readonly BroughtSale[],
): Promise<void> {
  if (sales.length === 0) return;
  const counters = await lockCounters(
    trx,
    sales.flatMap(({ lines }) => lines),
  );
  const due = await poolsDue(
    trx,
    sales.flatMap(({ lines }) => lines.filter(recoups).map(({ workId }) => workId)),
  );
  const shared = sales.map((sale): Shared => shareSale(sale, counters, due));
  await keep(trx, house, shared, counters.moved());
  await postAll(trx, house, shared.flatMap(entriesOf));
  const backs = await ringWhatWaited(trx, house, sales);
  // Money that went back already is not sent: what remains of the parts is known, and rung for, once it is in the books.
  const ring = (ids: readonly string[]) => ids.map((saleId) => ({ saleId }));
  const all = sales.map(({ saleId }) => saleId);
  await enqueueAll(trx, house, "send-parts", ring(all.filter((id) => !backs.has(id))));
  await enqueueAll(trx, house, "send-parts", ring(all.filter((id) => backs.has(id))), { startAfter: 60 });
}

type SharedLine = {
  line: LineToSplit;
  feePart: Amount;
  parts: { stage: string; account: string; amount: Amount }[];
};
type Shared = { sale: BroughtSale; lines: SharedLine[] };

const recoups = (line: LineToSplit) => line.steps?.some(({ kind }) => kind === "recoup") ?? false;

/** Each line by its rule; the counters and what the pools may still take are moved on for the sales that follow. */
function shareSale(sale: BroughtSale, counters: ShareCounters, due: Map<string, Amount>): Shared {
  const lines = settledAmounts(sale.lines, sale.settled);
  const fees = feeParts(
    sale.fee,
    lines.map((line) => line.amount + sum(line.taxes.map((tax) => tax.amount))),
  );
  const shared = lines.map((line, i): SharedLine => {
    const feePart = fees[i]!;
    // A line of 0 bears nothing, posts nothing, moves no counter.
    if (line.amount === 0 && feePart === 0) return { line, feePart, parts: [] };
    const poolDue = due.get(line.workId) ?? 0;
    const result = shareLine({
      ...{ amount: line.amount, feePart, steps: line.steps!, shares: line.shares, poolDue },
      counters: counters.of(line),
    });
    counters.move(line, result.counters);
    const toPool = result.parts.filter(({ stage }) => stage === "pool").map(({ amount }) => amount);
    if (toPool.length > 0) due.set(line.workId, poolDue - sum(toPool));
    const parts = result.parts.map(({ stage, to, amount }) => ({
      stage,
      account: accountOf(to, line),
      amount,
    }));
    return { line, feePart, parts };
  });
  return { sale, lines: shared };
}

function entriesOf({ sale, lines }: Shared): Entry[] {
  const { saleId, stripeCharge: stripeObject } = sale;
  const postings = [
    { account: accounts.clearing(saleId), amount: sum(lines.map(({ line }) => line.amount)) },
    { account: accounts.stripe, amount: -sale.fee },
    ...lines.flatMap(({ parts }) => parts.map(({ account, amount }) => ({ account, amount: -amount }))),
  ];
  const split: Entry = { key: `split:${saleId}`, kind: "split", saleId, stripeObject, postings };
  return sale.withSale
    ? [
        saleEntry(
          saleId,
          stripeObject,
          lines.map(({ line }) => line),
        ),
        split,
      ]
    : [split];
}

/** Entry `sale`: what was paid, the taxes to hand over, and what is to be shared. */
export function saleEntry(saleId: string, stripeObject: string, lines: readonly LineToSplit[]): Entry {
  return {
    key: `sale:${saleId}`,
    kind: "sale",
    saleId,
    stripeObject,
    postings: salePostings(saleId, lines),
  };
}

/** Every part of every line, the counters as they stand now, and the sales as split (and paid): one statement. */
async function keep(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  shared: readonly Shared[],
  moved: readonly CounterRow[],
): Promise<void> {
  const lines = shared.flatMap((sale) => sale.lines);
  const parts = lines.flatMap(({ line, parts: ofLine }) =>
    ofLine.map((part, i) => ({ ...part, lineId: line.id, position: i + 1 })),
  );
  const sales = shared.map(({ sale }) => sale);
  await sql`${prepared}
    with kept as (
      insert into split_part (sale_line_id, position, stage, account, amount)
      select * from unnest(${parts.map((part) => part.lineId)}::uuid[], ${parts.map((part) => part.position)}::smallint[],
        ${parts.map((part) => part.stage)}::text[], ${parts.map((part) => part.account)}::text[],
        ${parts.map((part) => part.amount)}::integer[])),
    charged as (
      update sale_line set fee_part = given.part
      from unnest(${lines.map(({ line }) => line.id)}::uuid[], ${lines.map(({ feePart }) => feePart)}::integer[])
        as given (id, part) where sale_line.id = given.id),
    counted as (
      insert into share_counter (work_id, rule_id, stage, share_list_id, cents)
      select * from unnest(${moved.map((each) => each.workId)}::uuid[], ${moved.map((each) => each.ruleId)}::uuid[],
        ${moved.map((each) => each.stage)}::smallint[], ${moved.map((each) => each.shareListId)}::uuid[],
        ${moved.map((each) => each.cents)}::bigint[])
      on conflict (work_id, rule_id, stage, share_list_id) do update set cents = excluded.cents)
    update sale set fee = given.fee, settled = given.settled, fee_known_at = ${clock.now()}, split_at = ${clock.now()},
      state = 'paid', looked_at = case when given.paid_at is null then looked_at end,
      paid_at = coalesce(given.paid_at, sale.paid_at), stripe_charge = given.charge,
      stripe_payment = case when given.paid_at is null then stripe_payment else given.payment end
    from unnest(${sales.map(({ saleId }) => saleId)}::uuid[], ${sales.map(({ fee }) => fee)}::integer[],
      ${sales.map(({ settled }) => settled)}::integer[], ${sales.map(({ stripeCharge }) => stripeCharge)}::text[],
      ${sales.map(({ paid }) => paid?.at ?? null)}::timestamptz[], ${sales.map(({ paid }) => paid?.payment ?? null)}::text[])
      as given (id, fee, settled, charge, paid_at, payment)
    where sale.id = given.id`.execute(trx);
}

/**
 * Rings for refunds asked before the split, and for what Stripe told of before it: the parts are known now from which they are taken.
 * Returns the sales of which Stripe told something.
 */
async function ringWhatWaited(
  trx: Transaction<DB>,
  house: Pick<House, "queue">,
  sales: readonly BroughtSale[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string; told: boolean; asked: { refundId: string }[] | null }>`${prepared}
    select id, money_back_told_at is not null as told, (
      select json_agg(json_build_object('refundId', id) order by created_at) from refund
      where sale_id = sale.id and state = 'asked') as asked
    from sale where id = any (${sales.map(({ saleId }) => saleId)}::uuid[])`.execute(trx);
  const told = new Set(rows.filter((row) => row.told).map(({ id }) => id));
  const those = (which: (sale: BroughtSale) => boolean) =>
    sales.filter((sale) => which(sale) || told.has(sale.saleId)).map(({ saleId }) => ({ saleId }));
  await enqueueAll(
    trx,
    house,
    "make-refund",
    rows.flatMap(({ asked }) => asked ?? []),
  );
  await enqueueAll(
    trx,
    house,
    "record-refunds",
    those(({ refunded }) => refunded),
  );
  await enqueueAll(
    trx,
    house,
    "follow-disputes",
    those(({ disputed }) => disputed),
  );
  return new Set(those(({ refunded, disputed }) => refunded || disputed).map(({ saleId }) => saleId));
}

function accountOf(to: Recipient, line: LineToSplit): string {
  if ("fund" in to) return accounts.fund(line.coopId, to.fund);
  return "memberId" in to ? accounts.member(to.memberId) : accounts.pool(line.workId);
}
