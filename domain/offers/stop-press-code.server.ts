import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";

/** Ends a press code that nobody used; one that was used opened its work for good. `not_found` where there is none such of this person. */
export async function stopPressCode(
  db: Database,
  { clock }: Pick<House, "clock">,
  { pressCodeId, by }: { pressCodeId: string; by: string },
): Promise<void> {
  const { rows } = await sql`
    update press_code set stopped_at = coalesce(stopped_at, ${clock.now()})
    where id = ${pressCodeId} and used_at is null and exists (select from work w join member m on m.id = w.member_id
      where w.id = press_code.work_id and m.person_id = ${by}::uuid and m.left_at is null)
    returning id`.execute(db);
  if (rows.length === 0) throw new Refusal("not_found");
}
