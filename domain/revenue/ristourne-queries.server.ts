import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { keptBy } from "../coops/keepers.server.ts";
import { zoneOf } from "../coops/zone.ts";
import type { Amount } from "../money/amount.ts";
import type { Patronage } from "./ristourne.ts";

/**
 * What each member dealt with a co-op in a calendar year of its own time zone (money conventions, § 7): what splits credited to them
 * from its works, less what was taken back, plus what failed refunds gave back, by date of posting, at least 0. Members in the order
 * in which they joined; those with nothing are left out. A refund counts in the year when it was posted, not in that of its sale.
 */
export async function patronageOfYear(
  db: Database,
  { coopId, year }: { coopId: string; year: number },
): Promise<(Patronage & { name: string })[]> {
  const coop = await db.selectFrom("coop").select("place").where("id", "=", coopId).executeTakeFirstOrThrow();
  const zone = zoneOf(coop.place);
  const firstOf = (of: number) => sql`make_timestamptz(${of}::integer, 1, 1, 0, 0, 0, ${zone})`;
  const { rows } = await sql<Patronage & { name: string }>`
    with of_year as materialized (
      select key, kind, sale_id from entry
      where posted_at >= ${firstOf(year)} and posted_at < ${firstOf(year + 1)}
        and kind in ('split', 'refund', 'dispute_lost', 'refund_failed')),
    dealt as (
      select part.account, part.amount from of_year join sale_line as line on line.sale_id = of_year.sale_id
        join split_part as part on part.sale_line_id = line.id
      where of_year.kind = 'split' and line.coop_id = ${coopId}::uuid and part.stage = 'shares'
      union all
      select taken.account, case of_year.kind when 'refund_failed' then taken.amount else -taken.amount end
      from of_year join sale_line as line on line.sale_id = of_year.sale_id
        join taken_part as taken on taken.sale_line_id = line.id and taken.kind = 'part' and of_year.key
          = of_year.kind || ':' || coalesce(taken.refund_id, taken.dispute_id)
      where of_year.kind <> 'split' and line.coop_id = ${coopId}::uuid)
    select member.id as "memberId", member.name, greatest(0, sum(dealt.amount))::bigint as amount
    from dealt join member on dealt.account = 'member:' || member.id
    group by member.id having sum(dealt.amount) > 0 order by member.joined_at, member.id`.execute(db);
  return rows;
}

export type ClosedYear = {
  ristourneId: string;
  year: number;
  surplus: Amount;
  nonMemberBp: number;
  reserveBp: number;
  patronage: "reckoned" | "given";
  postedAt: Date;
  postedBy: string | null;
  parts: { memberId: string; name: string; patronage: Amount; amount: Amount }[];
};

/** The years that a co-op has closed, the latest first, for who keeps its books; null for anybody else. */
export async function closedYears(
  db: Database,
  personId: string,
  coopId: string,
): Promise<ClosedYear[] | null> {
  const { rows } = await sql<{ years: ClosedYear[] | null; kept: boolean }>`
    select ${keptBy(personId, sql`coop.id`)} as kept from coop where coop.id = ${coopId}::uuid`.execute(db);
  if (!rows[0]?.kept) return null;
  const { rows: years } = await sql<ClosedYear>`
    select ristourne.id as "ristourneId", year, surplus, non_member_bp as "nonMemberBp", reserve_bp as "reserveBp", patronage,
      posted_at as "postedAt", person.name as "postedBy",
      (select coalesce(json_agg(json_build_object('memberId', part.member_id, 'name', member.name, 'patronage', part.patronage,
          'amount', part.amount) order by part.position), '[]')
        from ristourne_part as part join member on member.id = part.member_id where part.ristourne_id = ristourne.id) as parts
    from ristourne left join person on person.id = posted_by
    where coop_id = ${coopId}::uuid order by year desc`.execute(db);
  return years;
}
