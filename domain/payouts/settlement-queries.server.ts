import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { Amount } from "../money/amount.ts";

/** What moved what a member is owed, besides sales and transfers. */
export type Settlement = {
  memberId: string;
  kind: "ristourne" | "outside_payment" | "unclaimed" | "reclaimed" | "write_off" | "write_off_undone";
  /** Owed grows by it; negative: shrinks. */
  amount: Amount;
  at: Date;
  /** The year of a ristourne, the proof of a payment, the day of a notice, the reason of a write-off. */
  note: string | null;
};

/** For the memberships of this person, the latest first. Read from what was decided, not from the books, which say the same. */
export async function settlementsOfPerson(db: Database, personId: string): Promise<Settlement[]> {
  const { rows } = await sql<Settlement>`
    with theirs as materialized (select id from member where person_id = ${personId}::uuid)
    select settled.* from (
      select member_id as "memberId", 'ristourne' as kind, amount, posted_at as at, year::text as note
      from ristourne_part join ristourne on ristourne.id = ristourne_id where member_id in (select id from theirs) and amount > 0
      union all
      select member_id, 'outside_payment', -amount, recorded_at, reference
      from outside_payment where member_id in (select id from theirs)
      union all
      select member_id, 'unclaimed', -amount, set_aside_at, notice_on::text
      from unclaimed_amount where member_id in (select id from theirs)
      union all
      select member_id, 'reclaimed', amount, reclaimed_at, null
      from unclaimed_amount where member_id in (select id from theirs) and reclaimed_at is not null
      union all
      select member_id, 'write_off', amount, decided_at, reason
      from write_off where member_id in (select id from theirs)
      union all
      select write_off.member_id, 'write_off_undone', -undone.amount, undone_at, null
      from write_off_undone as undone join write_off on write_off.id = undone.write_off_id
      where write_off.member_id in (select id from theirs)) as settled
    order by at desc`.execute(db);
  return rows;
}
