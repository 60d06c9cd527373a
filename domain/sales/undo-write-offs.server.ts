import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { accounts } from "../ledger/account.ts";
import { type Entry, postAll } from "../ledger/post.server.ts";
import type { Amount } from "../money/amount.ts";

type Undoing = { writeOffId: string; coopId: string; memberId: string; amount: Amount };

/**
 * The members from whom a refund took and to whom a co-op gave up a debt afterwards, locked until the transaction ends, so that no debt of
 * theirs is given up meanwhile. To be called before the refund is given back.
 */
export async function lockForgiven(trx: Transaction<DB>, refundId: string): Promise<void> {
  await sql`
    select id from member where id in (select write_off.member_id from write_off join taken_part as taken
      on taken.refund_id = ${refundId}::uuid and taken.kind = 'part' and taken.account = 'member:' || write_off.member_id)
    order by id for no key update`.execute(trx);
}

/**
 * A refund failed whose debt a co-op had given up: the member was given back by the failure what they no longer owed, and would be
 * paid twice. As much of the write-off as that debt was is undone (entry `write_off`, backwards), the latest first; a debt that came of
 * something else stays given up. In the transaction that gave the refund back, after it, and once for each refund.
 */
export async function undoWriteOffs(
  trx: Transaction<DB>,
  house: Pick<House, "clock">,
  refundId: string,
): Promise<void> {
  const undone = await toUndo(trx, refundId);
  if (undone.length === 0) return;
  const now = house.clock.now();
  const rows = undone.map((each) => ({ id: v7(), ...each }));
  await trx
    .insertInto("write_off_undone")
    .values(
      rows.map(({ id, writeOffId, amount }) => ({
        id,
        write_off_id: writeOffId,
        refund_id: refundId,
        amount,
        undone_at: now,
      })),
    )
    .execute();
  await postAll(
    trx,
    house,
    rows.map(
      ({ id, coopId, memberId, amount }): Entry => ({
        key: `write_off_undone:${id}`,
        kind: "write_off",
        postings: [
          { account: accounts.member(memberId), amount },
          { account: accounts.fund(coopId, "operating"), amount: -amount },
        ],
      }),
    ),
  );
}

/**
 * Of each member: the debt that the refund left (what it took, where their account was in debit after it, less what reversals brought
 * back of it), at most what the failure made them be owed, at most what was written off since and not undone yet.
 */
async function toUndo(trx: Transaction<DB>, refundId: string): Promise<Undoing[]> {
  const { rows } = await sql<Undoing & { left: Amount; most: Amount }>`
    with refunded as (select number from entry where key = 'refund:' || ${refundId}::text),
    took as (
      select write_off.member_id, 'member:' || write_off.member_id as account, sum(taken.amount) as amount
      from (select distinct member_id from write_off) as write_off join taken_part as taken
        on taken.refund_id = ${refundId}::uuid and taken.kind = 'part' and taken.account = 'member:' || write_off.member_id
      group by write_off.member_id),
    debt as (
      select took.member_id, least(took.amount, greatest(0, (select sum(posting.amount) from posting
          join entry on entry.id = posting.entry_id, refunded
          where posting.account = took.account and entry.number <= refunded.number)))
        - coalesce((select sum(reversal.amount) from reversal join transfer on transfer.id = reversal.transfer_id
          where reversal.refund_id = ${refundId}::uuid and transfer.destination = took.account
            and reversal.state in ('intended', 'done')), 0) as amount,
        coalesce((select -balance from account_balance where account_balance.account = took.account), 0) as credit
      from took)
    select write_off.id as "writeOffId", write_off.coop_id as "coopId", write_off.member_id as "memberId",
      (write_off.amount - coalesce((select sum(undone.amount) from write_off_undone as undone
        where undone.write_off_id = write_off.id), 0))::bigint as left,
      least(debt.amount, debt.credit)::bigint as most
    from debt join write_off on write_off.member_id = debt.member_id
      join entry on entry.key = 'write_off:' || write_off.id, refunded
    where entry.number > refunded.number
    order by write_off.member_id, entry.number desc`.execute(trx);
  const room = new Map(rows.map(({ memberId, most }) => [memberId, most]));
  return rows.flatMap(({ left, most: _, ...writeOff }) => {
    const amount = Math.min(left, room.get(writeOff.memberId)!);
    if (amount <= 0) return [];
    room.set(writeOff.memberId, room.get(writeOff.memberId)! - amount);
    return [{ ...writeOff, amount }];
  });
}
