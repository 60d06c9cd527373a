import { sql } from "kysely";
import { type Destination, destinationOf } from "#domain/ledger/account.ts";
import { withinRoom } from "#domain/payouts/room.server.ts";
import { unsentParts } from "#domain/payouts/standing.server.ts";
import type { Stage } from "#tests/stories/stage.ts";

/**
 * What is not as it should be once everything is repaired and there was time to finish: a cent that is nobody's or nowhere, a call
 * without an outcome, a transfer made twice, books that differ from Stripe's.
 */
export async function whatIsLost(stage: Stage): Promise<string[]> {
  const lost: string[] = [];
  const { rows: balances } = await sql<{ account: string; amount: number }>`
    select account, sum(amount)::bigint as amount from posting group by account having sum(amount) <> 0`.execute(
    stage.db,
  );
  const of = (account: string) => balances.find((each) => each.account === account)?.amount ?? 0;

  const { balance, transfers, transfers: made } = await stage.double.control.snapshot();
  const held = total(balance.available) + total(balance.pending) - balance.openingFloat;
  if (of("stripe") !== held) lost.push(`the books hold ${of("stripe")} at Stripe, Stripe ${held}`);
  for (const { account, amount } of balances) {
    if (/^(clearing|suspense)\//.test(account)) lost.push(`${account} is open with ${amount}`);
  }
  const ours = made.map((transfer) => transfer.metadata.transfer_id);
  if (new Set(ours).size < transfers.length) lost.push("a transfer was made twice");

  const { rows: unfinished } = await sql<{ what: string }>`
    select 'transfer ' || state as what from transfer where state not in ('sent', 'refused')
    union all select 'reversal ' || state from reversal where state not in ('done', 'refused')
    union all select 'refund ' || state from refund where state in ('asked', 'pending')
    union all select 'dispute ' || state from dispute where state = 'open'
    union all select 'sale paid and not split' from sale where state = 'paid' and split_at is null`.execute(
    stage.db,
  );
  lost.push(...unfinished.map(({ what }) => `unfinished: ${what}`));
  lost.push(...(await keptBack(stage, balances)));
  return lost;
}

const total = (amounts: Record<string, number> | number) =>
  typeof amounts === "number" ? amounts : Object.values(amounts).reduce((all, each) => all + each, 0);

/** Everybody was sent what is owed, but for what a charge can no longer pay (money conventions, I5). */
async function keptBack(
  stage: Stage,
  balances: readonly { account: string; amount: number }[],
): Promise<string[]> {
  const owed = new Map<Destination, number>();
  for (const { account, amount } of balances) {
    const destination = destinationOf(account);
    if (destination) owed.set(destination, (owed.get(destination) ?? 0) - amount);
  }
  const platform = [...stage.coops].find(
    ([id]) => stage.story.coops.find((coop) => coop.id === id)?.account === "platform",
  );
  const kept: string[] = [];
  for (const [destination, amount] of owed) {
    if (amount <= 0 || destination === `coop:${platform?.[1]}`) continue;
    const unsent = await unsentParts(stage.db, { destination });
    const sum = (parts: readonly { amount: number }[]) => parts.reduce((all, part) => all + part.amount, 0);
    const payable = sum(await withinRoom(stage.db, unsent));
    const beyond = amount - (sum(unsent) - payable);
    const waits = stage.story.members.find(
      ({ id }) => destination === `member:${stage.members.get(id)?.id}`,
    )?.threshold;
    if (beyond >= (waits ?? 1))
      kept.push(`${destination} is owed ${amount}, of which ${beyond} could be sent`);
  }
  return kept;
}
