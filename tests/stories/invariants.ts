import { sql } from "kysely";
import type { RuleSteps } from "#domain/governance/rule.ts";
import { transfersOfPerson } from "#domain/payouts/queries.server.ts";
import { settlementsOfPerson } from "#domain/payouts/settlement-queries.server.ts";
import { due } from "#domain/revenue/due.ts";
import { salesOfMember } from "#domain/sales/seller-queries.server.ts";
import { brokenChecks } from "#tests/database.ts";
import { logIsTheBooks } from "./log.ts";
import { type EntryRow, readEntries } from "./sections.ts";
import type { Stage } from "./stage.ts";

/** true: holds; false: does not. Docs: money conventions, § 8. */
export type Invariants = Record<`I${number}`, boolean>;

type Seen = {
  entries: EntryRow[];
  transfers: Awaited<ReturnType<Stage["double"]["control"]["snapshot"]>>;
};

/** Looks at the books and at Stripe after each step; what was once false stays false. */
export function watch(stage: Stage): { look(): Promise<void>; told: Invariants } {
  let before: string[] = [];
  const told: Invariants = {};
  const tell = (name: `I${number}`, holds: boolean) => {
    told[name] = (told[name] ?? true) && holds;
  };
  return {
    told,
    async look() {
      const seen: Seen = {
        entries: await readEntries(stage),
        transfers: await stage.double.control.snapshot(),
      };
      const written = seen.entries.map((entry) => JSON.stringify(entry));
      tell("I1", seen.entries.every(balances));
      tell(
        "I2",
        before.every((entry, i) => entry === written[i]),
      );
      before = written;
      tell(
        "I3",
        each(
          seen.entries.filter((entry) => entry.stripe_object),
          (entry) => `${entry.kind} ${entry.stripe_object}`,
        ),
      );
      tell("I4", clearingIsShort(stage, seen));
      tell("I5", await neverMoreThanTheCharge(stage, seen));
      tell(
        "I6",
        seen.transfers.transfers.every((transfer) => transfer.reversed <= transfer.amount),
      );
      tell("I7", asMuchAsStripe(stage, seen));
      tell("I8", await countersGaveWhatIsDue(stage));
      tell("I9", await membersSeeTheirBalance(stage, seen));
      tell("I10", nobodyWasSentMoreThanOwed(seen));
      tell("I11", total(seen.entries.flatMap((entry) => entry.postings)) === 0);
      tell("I12", await everyTransferHasItsKey(stage, seen));
      tell("I13", await logIsTheBooks(stage));
      // The queries that the house itself runs say the same, each in its own way.
      const broken = await brokenChecks(stage.db);
      if (broken.length > 0) throw new Error(`db/checks: ${JSON.stringify(broken).slice(0, 2000)}`);
    },
  };
}

const total = (postings: readonly { amount: number }[]) =>
  postings.reduce((all, posting) => all + posting.amount, 0);
const balances = (entry: EntryRow) => entry.postings.length >= 2 && total(entry.postings) === 0;
const each = <T>(list: readonly T[], key: (item: T) => string) => new Set(list.map(key)).size === list.length;

function balancesOf(entries: readonly EntryRow[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { account, amount } of entries.flatMap((entry) => entry.postings)) {
    found.set(account, (found.get(account) ?? 0) + amount);
  }
  return found;
}

function clearingIsShort(stage: Stage, { entries }: Seen): boolean {
  const now = stage.clock.now().getTime();
  return [...balancesOf(entries)].every(([account, balance]) => {
    const known = account.startsWith("clearing/") && stage.feeKnownAt.get(account.slice("clearing/".length));
    return !known || balance === 0 || now - known.getTime() <= 15 * 60_000;
  });
}

/**
 * In the order in which money moved at Stripe: at the instant when a transfer is made, the charge's transfers less their reversals
 * are not above the charge less its refunds and its disputes lost or open. A release counts for the sales that it pays.
 */
async function neverMoreThanTheCharge(
  { db }: Stage,
  { transfers: { charges, transfers, refunds, disputes, balanceTransactions } }: Seen,
) {
  const { rows: parts } = await sql<{ charge: string; object: string; amount: number }>`
    select sale.stripe_charge as charge, transfer.stripe_transfer as object, sum(part.amount)::bigint as amount
    from transfer_part as part join transfer on transfer.id = part.transfer_id join sale on sale.id = part.sale_id
    where transfer.state = 'sent' group by 1, 2
    union all
    select sale.stripe_charge, reversal.stripe_reversal, sum(part.amount)::bigint
    from reversal_part as part join reversal on reversal.id = part.reversal_id join sale on sale.id = reversal.sale_id
    where reversal.state = 'done' group by 1, 2`.execute(db);
  return charges.every((charge) => {
    let left = 0;
    return balanceTransactions.every(({ category, source, amount }) => {
      const ofCharge =
        source === charge.id ||
        refunds.some((refund) => refund.id === source && refund.charge === charge.id) ||
        disputes.some((dispute) => dispute.id === source && dispute.charge === charge.id);
      if (ofCharge) left += amount;
      const part = parts.find((each) => each.object === source && each.charge === charge.id);
      const direct = transfers.find((each) => each.id === source && each.sourceTransaction === charge.id);
      const moved = part?.amount ?? direct?.amount ?? 0;
      if (category === "transfer_reversal") left += moved;
      if (category !== "transfer" || moved === 0) return true;
      left -= moved;
      return left >= 0;
    });
  });
}

/** The entry that says in the books what a movement at Stripe says there. */
const entryOf: Record<string, string> = {
  charge: "split",
  transfer: "transfer",
  transfer_reversal: "reversal",
  refund: "refund",
  refund_failure: "refund_failed",
  dispute: "dispute_withdrawn",
  dispute_reversal: "dispute_reinstated",
  payout: "payout",
};

/** What comes back of a payout, and what nothing of ours moved, is named by the movement itself. */
const entryNaming = ({ id, category, source }: { id: string; category: string; source: string | null }) =>
  category in entryOf
    ? `${entryOf[category]} ${source}`
    : `${category === "payout_reversal" ? "payout" : "unexplained"} ${id}`;

/**
 * The books hold on `stripe` what Stripe holds, but for what is on its way to them: a charge whose fee is not known or whose event
 * did not come, a transfer whose answer was lost, a refund that Stripe keeps pending. Those are left out on both sides; everything
 * else is equal to the cent. What nothing explains is on its way for a day at most.
 */
function asMuchAsStripe(
  { clock }: Stage,
  { entries, transfers: { balanceTransactions, balance } }: Seen,
): boolean {
  const day = clock.now().getTime() / 1000 - 86_400;
  const moved = balanceTransactions.map((each) => ({
    what: entryNaming(each),
    net: each.net,
    isOld: each.created < day && !(each.category in entryOf),
  }));
  const sumOf = (amounts: Record<string, number>) =>
    Object.values(amounts).reduce((all, each) => all + each, 0);
  const isWhole =
    sumOf(balance.available) + sumOf(balance.pending) - balance.openingFloat ===
    moved.reduce((all, each) => all + each.net, 0);
  const posted = entries.map((entry) => ({
    what: `${entry.kind === "sale" ? "split" : entry.kind} ${entry.stripe_object}`,
    kind: entry.kind,
    stripe: total(entry.postings.filter((posting) => posting.account === "stripe")),
  }));
  const atStripe = new Set(moved.map((each) => each.what));
  const inBooks = new Set(posted.filter((each) => each.kind !== "sale").map((each) => each.what));
  const held = moved
    .filter((each) => inBooks.has(each.what))
    .reduce((all, transaction) => all + transaction.net, 0);
  const booked = posted
    .filter((each) => atStripe.has(each.what) && inBooks.has(each.what))
    .reduce((all, entry) => all + entry.stripe, 0);
  return isWhole && held === booked && moved.every((each) => !each.isOld || inBooks.has(each.what));
}

async function countersGaveWhatIsDue({ db }: Stage): Promise<boolean> {
  const { rows } = await sql<{
    stage: 1 | 2 | 3;
    cents: number;
    steps: RuleSteps;
    shares: { member: string; parts: number }[];
    given: { account: string; stage: string; amount: number }[];
  }>`
    select counter.stage, counter.cents, rule.steps,
      coalesce((select json_agg(json_build_object('member', member_id, 'parts', parts) order by position)
        from share where share_list_id = counter.share_list_id), '[]') as shares,
      coalesce((select json_agg(json_build_object('account', account, 'stage', stage, 'amount', amount)) from (
        select part.account, part.stage, sum(part.amount)::bigint as amount
        from split_part as part join sale_line as line on line.id = part.sale_line_id
        where line.work_id = counter.work_id and line.rule_id = counter.rule_id
          and (counter.stage < 3 or line.share_list_id = counter.share_list_id)
        group by part.account, part.stage) as sums), '[]') as given
    from share_counter as counter join rule on rule.id = counter.rule_id`.execute(db);
  return rows.every(({ stage, cents, steps, shares, given }) => {
    const got = (kind: string, account: RegExp) =>
      given
        .filter((part) => part.stage === kind && account.test(part.account))
        .reduce((all, part) => all + part.amount, 0);
    if (stage === 1) {
      const funds = steps.filter((step) => step.kind === "percent");
      const bps = funds.map((step) => step.bp);
      const wanted = due(cents, [...bps, 10_000 - bps.reduce((all, bp) => all + bp, 0)]);
      return funds.every((step, i) => got("percent", new RegExp(`:${step.to}$`)) === wanted[i]);
    }
    if (stage === 2) {
      const recoup = steps.find((step) => step.kind === "recoup");
      return !recoup || got("pool", /^pool:/) <= due(cents, [recoup.bp, 10_000 - recoup.bp])[0]!;
    }
    const wanted = due(
      cents,
      shares.map((share) => share.parts),
    );
    return shares.every((share, i) => got("shares", new RegExp(`^member:${share.member}$`)) === wanted[i]);
  });
}

/** What the earnings and payouts pages list, sale by sale, transfer by transfer and whatever else settled it, is the member's balance. */
async function membersSeeTheirBalance(stage: Stage, { entries }: Seen): Promise<boolean> {
  const booked = balancesOf(entries);
  for (const { id, personId } of stage.members.values()) {
    const earned = await salesOfMember(stage.db, personId, { limit: 1_000_000 });
    const sent = await transfersOfPerson(stage.db, personId, 1_000_000);
    const besides = await settlementsOfPerson(stage.db, personId);
    const shown =
      total(besides) +
      earned.reduce((all, sale) => all + sale.toMember - sale.takenBack, 0) -
      sent.reduce((all, each) => all + each.amount - each.reversed, 0);
    if (shown !== 0 - (booked.get(`member:${id}`) ?? 0)) return false;
  }
  return true;
}

/**
 * After each transfer, in the order of the books, nobody has become a debtor by it. Where its answer was lost, the books learn of it
 * late: then what counts is what was owed when Stripe made it, without what moved there afterwards.
 */
function nobodyWasSentMoreThanOwed({ entries, transfers: { balanceTransactions } }: Seen): boolean {
  const moved = new Map<string, number>();
  for (const [i, { source }] of balanceTransactions.entries())
    if (source !== null && !moved.has(source)) moved.set(source, i);
  const instant = (entry: EntryRow) => moved.get(entry.stripe_object ?? "");
  const owed = new Map<string, number>();
  return entries.every((entry, i) => {
    giveTo(owed, entry);
    if (entry.kind !== "transfer" || owesNothing(owed, entry)) return true;
    const made = instant(entry) ?? Number.POSITIVE_INFINITY;
    const then = new Map<string, number>();
    for (const each of entries.slice(0, i + 1)) if ((instant(each) ?? made) <= made) giveTo(then, each);
    return owesNothing(then, entry);
  });
}

const ownerOf = (account: string) => /^(member:[^:]+|coop:[^:]+)/.exec(account)?.[1];
function giveTo(owed: Map<string, number>, { postings }: EntryRow): void {
  for (const { account, amount } of postings) {
    const who = ownerOf(account);
    if (who) owed.set(who, (owed.get(who) ?? 0) - amount);
  }
}
const owesNothing = (owed: Map<string, number>, { postings }: EntryRow) =>
  postings.every(({ account }) => (owed.get(ownerOf(account) ?? "") ?? 0) >= 0);

async function everyTransferHasItsKey({ db }: Stage, { transfers: { transfers } }: Seen): Promise<boolean> {
  const stored = await db
    .selectFrom("transfer")
    .select(["id", "key", "created_at", "first_called_at"])
    .execute();
  const named = transfers.map((transfer) => stored.find((each) => each.id === transfer.metadata.transfer_id));
  return (
    named.every((each) => each?.first_called_at && each.created_at <= each.first_called_at) &&
    each(named, (found) => found?.id ?? "") &&
    each(stored, (found) => found.key)
  );
}
