import { sql } from "kysely";
import type { Database } from "#db/connection.ts";

export type PressCode = {
  id: string;
  code: string;
  label: string;
  workTitle: string;
  createdAt: Date;
  usedAt: Date | null;
  stoppedAt: Date | null;
};

/** The press codes of this person's works, newest batch first. Who used one is not said: it is theirs to say. */
export async function pressCodesOf(db: Database, personId: string): Promise<PressCode[]> {
  const { rows } = await sql<PressCode>`
    select p.id, p.code, p.label, w.title as "workTitle", p.created_at as "createdAt", p.used_at as "usedAt",
      p.stopped_at as "stoppedAt"
    from press_code p join work w on w.id = p.work_id
    join member m on m.id = w.member_id and m.person_id = ${personId} and m.left_at is null
    order by p.created_at desc, p.label, p.id limit 2000`.execute(db);
  return rows;
}
