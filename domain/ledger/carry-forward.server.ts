import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { withPostings } from "./carried.server.ts";

/** An entry is posted at the instant of its transaction; none lasts as long. */
const patienceHours = 24;

/**
 * Carries every account forward over the months that are over (in UTC) and were not carried yet, the oldest first: what was posted on it
 * until then. Read by `postedBefore`. Each month once, whoever else does it at the same time; cut anywhere, the next run goes on. Returns
 * how many months it carried.
 */
export async function carryForward(db: Database, { clock }: Pick<House, "clock">): Promise<number> {
  const before = new Date(clock.now().getTime() - patienceHours * 3_600_000);
  for (let months = 0; ; months += 1) {
    const done = await inTransaction(db, async (trx) => {
      const { rows } = await sql<{ last: Date | null; until: Date | null }>`
        select last, (date_trunc('month', coalesce(last, first) at time zone 'UTC') + interval '1 month') at time zone 'UTC' as until
        from (select max(until) as last, (select min(posted_at) from entry) as first from account_carried) as known`.execute(
        trx,
      );
      const { last, until } = rows[0]!;
      if (until === null || until > before) return false;
      await sql`
        insert into account_carried (until, account, debit, credit, postings)
        select ${until}, account, sum(debit), sum(credit), sum(postings) from (
          select account, debit, credit, postings from account_carried where until = ${last}::timestamptz
          union all
          select account, greatest(amount, 0), greatest(-amount, 0), 1 from entry ${withPostings()}
          where posted_at < ${until} and posted_at >= coalesce(${last}::timestamptz, '-infinity')) as either
        group by account having account not like 'clearing/%' or sum(debit) <> sum(credit)
        on conflict do nothing`.execute(trx);
      return true;
    });
    if (!done) return months;
  }
}
