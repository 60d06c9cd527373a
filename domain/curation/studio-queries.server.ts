import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { type Lack, lacking, type ReadinessFacts } from "./readiness.ts";
import type { ReturnReason } from "./reasons.ts";

/** What `lacking` needs to know of the work `w`, as one jsonb object. */
const factsAt = (now: Date) => sql<ReadinessFacts>`jsonb_build_object(
  'kind', w.kind, 'title', w.title, 'language', w.language,
  'files', (select count(*) from asset a where a.work_id = w.id and a.role = 'original' and a.replaced_at is null),
  'hasCover', w.cover_id is not null,
  'people', (select count(distinct agent_id) from contribution c where c.work_id = w.id),
  'tracks', (select count(*) from recording t where t.work_id = w.id),
  'untitledTracks', (select count(*) from recording t where t.work_id = w.id and trim(t.title) = ''),
  'priceChosen', w.priced_at is not null or w.price > 0 or w.price_kind = 'open',
  'sharers', (select count(*) from share s where s.parts > 0 and s.share_list_id = (
    select l.id from share_list l where l.work_id = w.id and l.in_force_from <= ${now}
    order by l.in_force_from desc, l.created_at desc, l.id desc limit 1)))`;

/** What a work lacks, without regard to whom: for the verb that submits it. */
export async function lacksOf(db: Database, workId: string, now: Date): Promise<Lack[]> {
  const { rows } = await sql<{ facts: ReadinessFacts }>`
    select ${factsAt(now)} as facts from work w where w.id = ${workId}`.execute(db);
  return rows[0] ? lacking(rows[0].facts) : [];
}

export type Standing = {
  lacks: Lack[];
  /** The submission that waits for the co-op's answer. */
  open: { id: string; note: string | null; submittedAt: Date } | null;
  /** Why it came back last, while it has not been submitted again. */
  returned: { reasonCode: ReturnReason; reason: string | null; decidedAt: Date } | null;
  /** Names of those whose part is held until they accept it. */
  pending: string[];
};

/** Where a work stands between the studio and the desk, for its own member; null where nothing may be seen. */
export async function findStanding(
  db: Database,
  house: Pick<House, "clock">,
  { personId, workId }: { personId: string; workId: string },
): Promise<Standing | null> {
  const now = house.clock.now();
  const { rows } = await sql<{
    facts: ReadinessFacts;
    openId: string | null;
    note: string | null;
    submittedAt: Date | null;
    reasonCode: ReturnReason | null;
    reason: string | null;
    decidedAt: Date | null;
    pending: string[];
  }>`
    select ${factsAt(now)} as facts, o.id as "openId", o.note, o.submitted_at as "submittedAt",
      r.reason_code as "reasonCode", r.reason, r.decided_at as "decidedAt",
      coalesce((select array_agg(sm.name order by s.position) from share s join member sm on sm.id = s.member_id
        where s.parts > 0 and s.accepted_at is null and s.share_list_id = (
          select l.id from share_list l where l.work_id = w.id and l.in_force_from <= ${now}
          order by l.in_force_from desc, l.created_at desc, l.id desc limit 1)), '{}') as pending
    from work w
    join member m on m.id = w.member_id and m.person_id = ${personId} and m.left_at is null
    left join submission o on o.work_id = w.id and o.decision is null
    left join lateral (select * from submission b where b.work_id = w.id and b.decision = 'returned'
      order by b.decided_at desc limit 1) r on w.state = 'returned'
    where w.id = ${workId}`.execute(db);
  const row = rows[0];
  if (!row) return null;
  return {
    lacks: lacking(row.facts),
    open: row.openId ? { id: row.openId, note: row.note, submittedAt: row.submittedAt! } : null,
    returned: row.decidedAt
      ? { reasonCode: row.reasonCode ?? "other", reason: row.reason, decidedAt: row.decidedAt }
      : null,
    pending: row.pending,
  };
}
