import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { type Destination, destinationOf, type Fund } from "../ledger/account.ts";
import { creditOf } from "../ledger/queries.server.ts";
import { type Amount, sum } from "../money/amount.ts";
import { takeBack } from "../revenue/take-back.ts";
import { comesBack } from "./comes-back.server.ts";
import type { RefundableSale } from "./refund-queries.server.ts";
import { remainingOf } from "./remaining.server.ts";

/** What a refund would do to one recipient. */
export type TakenFrom = {
  account: string;
  /** Of the member, or of the co-op whose fund it is; a pool's is the work's title. */
  name: string;
  kind: "member" | "fund" | "pool";
  fund: Fund | null;
  taken: Amount;
  /** Of it, what comes back from their payout account. */
  reversed: Amount;
  /** What they would owe the house afterwards, later sales kept until it is paid. Of a co-op: all its funds together. */
  owes: Amount;
};
export type RefundEffect = {
  amount: Amount;
  from: TakenFrom[];
  /** Stripe keeps its fee: this part of it is the co-op's loss. */
  feeLost: Amount;
  taxes: { code: string; amount: Amount }[];
  /** Of each line named: whether nothing would remain, and its files be offered no more. */
  lines: { id: string; title: string; amount: Amount; ends: boolean }[];
};

/**
 * What a refund of these lines would do, to the cent, reckoned by the same functions that post it and on the same amounts
 * (`take-back`, `comes-back`). Null before the split: nobody was given anything yet. Ask for the sale through the person first.
 */
export async function effectOfRefund(
  db: Database,
  sale: Pick<RefundableSale, "id" | "settled" | "split" | "lines">,
  { lineIds, amount }: { lineIds: readonly string[]; amount: Amount },
): Promise<RefundEffect | null> {
  if (!sale.split) return null;
  const remaining = (await remainingOf(db, sale)).filter((slot) => lineIds.includes(slot.saleLineId));
  const { taken } = takeBack(amount, remaining);
  const parts = taken.filter(({ kind }) => kind === "part");
  const accounts = [...new Set(parts.map(({ account }) => account))];
  const destinations = [...new Set(accounts.flatMap((account) => destinationOf(account) ?? []))];
  const [back, named, credit, onItsWay] = await Promise.all([
    comesBack(db, { saleId: sale.id, taken }),
    namesOf(db, accounts),
    creditOf(db, destinations),
    comingBack(db, destinations),
  ]);
  const of = (all: readonly { account: string; amount: Amount }[], is: (account: string) => boolean) =>
    sum(all.filter(({ account }) => is(account)).map((each) => each.amount));
  const owedBy = (to: Destination) => {
    const theirs = (account: string) => destinationOf(account) === to;
    const now = (credit.get(to) ?? 0) + (onItsWay.get(to) ?? 0);
    return Math.max(0, of(parts, theirs) - of(back, theirs) - now);
  };
  return {
    amount: sum(taken.map((slot) => slot.amount)),
    from: accounts.map((account) => {
      const whose = named.get(account)!;
      const to = destinationOf(account);
      return {
        account,
        name: whose.name,
        kind: account.startsWith("member:") ? "member" : account.startsWith("pool:") ? "pool" : "fund",
        fund: whose.fund,
        taken: of(parts, (each) => each === account),
        reversed: of(back, (each) => each === account),
        // The money of the co-op that owns the platform never left: its fund is lower, and it owes nobody.
        owes: to === null || whose.platform ? 0 : owedBy(to),
      };
    }),
    feeLost: sum(taken.filter(({ kind }) => kind === "fee").map((slot) => slot.amount)),
    taxes: [...new Set(taken.filter(({ kind }) => kind === "tax").map(({ account }) => account))].map(
      (account) => ({ code: account.slice("tax:".length), amount: of(taken, (each) => each === account) }),
    ),
    lines: sale.lines
      .filter(({ id }) => lineIds.includes(id))
      .map(({ id, title }) => {
        const here = (slots: readonly { saleLineId: string; amount: Amount }[]) =>
          sum(slots.filter((slot) => slot.saleLineId === id).map((slot) => slot.amount));
        return { id, title, amount: here(taken), ends: here(taken) === here(remaining) };
      }),
  };
}

/** Of each destination, what earlier refunds and disputes bring back of its transfers and Stripe has not confirmed yet. */
async function comingBack(
  db: Database,
  destinations: readonly Destination[],
): Promise<Map<Destination, Amount>> {
  const { rows } = await sql<{ destination: Destination; amount: Amount }>`
    select transfer.destination, sum(reversal.amount)::bigint as amount
    from reversal join transfer on transfer.id = reversal.transfer_id
    where reversal.state = 'intended' and transfer.destination = any (${[...destinations]}::text[])
    group by transfer.destination`.execute(db);
  return new Map(rows.map(({ destination, amount }) => [destination, amount]));
}

async function namesOf(
  db: Database,
  accounts: readonly string[],
): Promise<Map<string, { name: string; fund: Fund | null; platform: boolean }>> {
  const { rows } = await sql<{ account: string; name: string; fund: Fund | null; platform: boolean }>`
    select named.account, coalesce(member.name, coop.name, work.title) as name,
      substring(named.account from '^coop:[^:]+:(.*)$') as fund, coalesce(coop.money = 'platform', false) as platform
    from unnest(${[...accounts]}::text[]) as named (account)
      left join member on named.account = 'member:' || member.id
      left join coop on split_part(named.account, ':', 1) = 'coop' and split_part(named.account, ':', 2) = coop.id::text
      left join work on named.account = 'pool:' || work.id`.execute(db);
  return new Map(rows.map(({ account, ...whose }) => [account, whose]));
}
