import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { WorkSide } from "./merge-obstacle.ts";

/** What decides whether a work `w` may be joined to another, now. */
export const sideOf = (
  now: Date,
): RawBuilder<WorkSide> => sql`jsonb_build_object('id', w.id, 'coopId', w.coop_id, 'kind', w.kind,
  'state', w.state, 'everPublished', w.published_at is not null, 'language', w.language, 'currency', w.currency,
  'shares', coalesce((select jsonb_agg(jsonb_build_object('memberId', s.member_id, 'parts', s.parts) order by s.position)
    from share s where s.share_list_id = (select l.id from share_list l where l.work_id = w.id and l.in_force_from <= ${now}
      order by l.in_force_from desc, l.created_at desc limit 1)), '[]'),
  'poolDue', (select coalesce(sum(x.amount), 0) from expense x where x.work_id = w.id and x.approved_at <= ${now})
    + (select coalesce(sum(p.amount), 0) from posting p where p.account = 'pool:' || w.id),
  'underway', (select count(*) from upload u where u.work_id = w.id and u.state in ('open', 'received')),
  'mergedInto', w.merged_into)`;

/** Both works as they stand; null where one is not there. */
export async function sidesOf(
  db: Database,
  { keptId, goneId, now }: { keptId: string; goneId: string; now: Date },
): Promise<{ kept: WorkSide; gone: WorkSide } | null> {
  const { rows } = await sql<{ side: WorkSide }>`
    select ${sideOf(now)} as side from work w where w.id in (${keptId}, ${goneId})`.execute(db);
  const kept = rows.find(({ side }) => side.id === keptId)?.side;
  const gone = rows.find(({ side }) => side.id === goneId)?.side;
  return kept && gone ? { kept, gone } : null;
}
