import { sql } from "kysely";
import type { Database } from "#db/connection.ts";

export type MemberRow = {
  id: string;
  name: string;
  slug: string;
  email: string;
  coopId: string;
  coopName: string;
  joinedAt: Date;
  invited: boolean;
  roles: ("curator" | "treasurer" | "admin")[];
  /** State of the account where money is sent; null before onboarding has begun. */
  payoutState: string | null;
  works: number;
};

/** The members of these co-ops in order of name, with what the office wants to see of each. */
export async function listMembers(db: Database, coopIds: readonly string[]): Promise<MemberRow[]> {
  if (coopIds.length === 0) return [];
  const { rows } = await sql<MemberRow>`
    select m.id, m.name, m.slug, p.email, c.id as "coopId", c.name as "coopName", m.joined_at as "joinedAt",
      m.invited_at is not null as invited, a.state as "payoutState",
      (select count(*) from work w where w.member_id = m.id and w.state = 'published') as works,
      coalesce((select array_agg(r.role order by r.role) from coop_role r
        where r.coop_id = m.coop_id and r.person_id = m.person_id), '{}') as roles
    from member m
    join person p on p.id = m.person_id
    join coop c on c.id = m.coop_id
    left join payout_account a on a.member_id = m.id and a.replaced_at is null
    where m.coop_id = any(${coopIds}) and m.left_at is null
    order by c.name, m.name`.execute(db);
  return rows;
}

/** Whom a share of a work may name: the standing members of its co-op, by name. */
export async function listCoopMembers(db: Database, coopId: string): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom("member")
    .select(["id", "name"])
    .where("coop_id", "=", coopId)
    .where("left_at", "is", null)
    .orderBy("name")
    .execute();
}
