import { sql } from "kysely";
import type { Database } from "#db/connection.ts";

export type Invitation = {
  email: string;
  locale: "fr" | "en";
  name: string;
  inviter: string;
  coopName: string;
  title: string;
};

/** What the letter says to somebody whom a member named in the shares of a work; null once they have left, or were never invited. */
export async function findInvitation(
  db: Database,
  { memberId, workId }: { memberId: string; workId: string },
): Promise<Invitation | null> {
  const { rows } = await sql<Invitation>`
    select p.email, p.locale, m.name, coalesce(i.name, h.name) as inviter, c.name as "coopName", w.title
    from member m
      join person p on p.id = m.person_id
      join coop c on c.id = m.coop_id
      join person i on i.id = m.invited_by
      join work w on w.id = ${workId} and w.coop_id = m.coop_id
      join member h on h.id = w.member_id
    where m.id = ${memberId} and m.left_at is null`.execute(db);
  return rows[0] ?? null;
}
