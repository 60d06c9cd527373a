import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { prepared } from "#db/prepared.ts";
import type { Amount } from "../money/amount.ts";

/** The share list of each work in force at `at`; a work without one is absent. */
export async function shareListsInForce(
  db: Database,
  workIds: readonly string[],
  at: Date,
): Promise<Map<string, string>> {
  if (workIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("share_list")
    .distinctOn("work_id")
    .select(["work_id", "id"])
    .where("work_id", "in", [...workIds])
    .where("in_force_from", "<=", at)
    .orderBy("work_id")
    .orderBy("in_force_from", "desc")
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .execute();
  return new Map(rows.map((row) => [row.work_id, row.id]));
}

export type ShareRow = { memberId: string; name: string; parts: number; acceptedAt: Date | null };

/** The shares of a work in force at `at`, in their order; null where nobody has written any. */
export async function sharesOfWork(
  db: Database,
  workId: string,
  at: Date,
): Promise<{ shareListId: string; shares: ShareRow[] } | null> {
  const shareListId = (await shareListsInForce(db, [workId], at)).get(workId);
  if (!shareListId) return null;
  const shares = await db
    .selectFrom("share")
    .innerJoin("member", "member.id", "share.member_id")
    .select(["share.member_id as memberId", "member.name", "share.parts", "share.accepted_at as acceptedAt"])
    .where("share_list_id", "=", shareListId)
    .orderBy("share.position")
    .execute();
  return { shareListId, shares };
}

/** What waits for a member's acceptance: the shares of theirs in the list in force of each work. */
export async function sharesToAccept(
  db: Database,
  memberId: string,
  at: Date,
): Promise<{ shareListId: string; workId: string; title: string; parts: number; wholeParts: number }[]> {
  const { rows } = await sql<{
    shareListId: string;
    workId: string;
    title: string;
    parts: number;
    wholeParts: number;
  }>`
    select share.share_list_id as "shareListId", work.id as "workId", work.title, share.parts,
      (select sum(parts)::bigint from share as each where each.share_list_id = share.share_list_id) as "wholeParts"
    from share join share_list on share_list.id = share.share_list_id join work on work.id = share_list.work_id
    where share.member_id = ${memberId} and share.accepted_at is null and share_list.in_force_from <= ${at}
      and not exists (
        select from share_list as later where later.work_id = share_list.work_id and later.in_force_from <= ${at}
          and (later.in_force_from, later.created_at, later.id) > (share_list.in_force_from, share_list.created_at, share_list.id))
    order by work.title`.execute(db);
  return rows;
}

/** What the recoupment of each work may still take: its approved expenses less what its pool was credited. */
export async function poolsDue(db: Database, workIds: readonly string[]): Promise<Map<string, Amount>> {
  const { rows } = await sql<{ workId: string; due: number }>`${prepared}
    select work_id as "workId", (
      coalesce((select sum(amount) from expense where expense.work_id = named.work_id and approved_at is not null), 0)
      + coalesce((select balance from account_balance where account = 'pool:' || named.work_id), 0))::bigint as due
    from unnest(${[...workIds]}::uuid[]) as named (work_id)`.execute(db);
  return new Map(rows.map((row) => [row.workId, Math.max(0, row.due)]));
}
