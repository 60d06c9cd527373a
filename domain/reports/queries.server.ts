import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { type Cover, coverOf } from "../catalogue/card.server.ts";
import { holdsIn } from "../people/permitted.server.ts";
import type { ReportReason, ReportState, StepKind } from "./report-states.ts";

export type ReportRow = {
  id: string;
  reason: ReportReason;
  madeAt: Date;
  state: ReportState;
  stateAt: Date;
  unlisted: boolean;
  work: { slug: string; kind: "book" | "album"; title: string; state: string; cover: Cover | null };
};

export type ReportStep = {
  id: string;
  kind: StepKind;
  words: string;
  unlisted: boolean;
  at: Date;
  by: string;
};

export type Report = ReportRow & {
  words: string;
  /** Whether somebody will be told; the address itself is for mails alone. */
  toldTo: boolean;
  appealed: boolean;
  coopName: string;
  memberName: string;
  steps: ReportStep[];
};

const row = sql`r.id, r.reason, r.made_at as "madeAt", r.state, r.state_at as "stateAt",
  r.unlisted_at is not null as unlisted, jsonb_build_object('slug', w.slug, 'kind', w.kind, 'title', w.title,
    'state', w.state, 'cover', ${coverOf}) as work`;

/** The reports at this person's desks: those that wait for it first, the oldest first; then the others, the latest first. */
export async function listReports(db: Database, personId: string): Promise<ReportRow[]> {
  const { rows } = await sql<ReportRow>`
    select ${row} from report r join work w on w.id = r.work_id
    where ${holdsIn(personId, "judgeWorks", sql`r.coop_id`)}
    order by r.state not in ('open', 'appealed'),
      case when r.state in ('open', 'appealed') then extract(epoch from r.state_at) else - extract(epoch from r.state_at) end, r.id
    limit 200`.execute(db);
  return rows;
}

/** A report as its desk reads it; null where it is not theirs. */
export const findReportForDesk = (db: Database, personId: string, id: string): Promise<Report | null> =>
  find(db, sql`r.id = ${id} and ${holdsIn(personId, "judgeWorks", sql`r.coop_id`)}`);

/** A report as the artist of the work reads it, once notice was given; null otherwise. Nothing tells who reported. */
export const findReportForArtist = (db: Database, personId: string, id: string): Promise<Report | null> =>
  find(
    db,
    sql`r.id = ${id} and exists (select from member m where m.id = w.member_id and m.person_id = ${personId})
      and exists (select from report_step s where s.report_id = r.id and s.kind = 'notice')`,
  );

async function find(db: Database, where: RawBuilder<unknown>): Promise<Report | null> {
  const { rows } = await sql<Report>`
    select ${row}, r.words, r.email is not null as "toldTo", c.name as "coopName", m.name as "memberName",
      exists (select from report_step s where s.report_id = r.id and s.kind = 'appeal') as appealed,
      coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'kind', s.kind, 'words', s.words, 'unlisted', s.unlisted,
          'at', s.at, 'by', case when s.kind = 'appeal' then m.name else coalesce(p.name, c.name) end) order by s.at, s.id)
        from report_step s join person p on p.id = s.person_id where s.report_id = r.id), '[]') as steps
    from report r join work w on w.id = r.work_id join coop c on c.id = r.coop_id join member m on m.id = w.member_id
    where ${where}`.execute(db);
  const found = rows[0];
  if (!found) return null;
  // Times inside jsonb come as text.
  return { ...found, steps: found.steps.map((step) => ({ ...step, at: new Date(step.at) })) };
}

export type ReportWord = {
  /** `received` is for who reported alone. */
  about: "received" | StepKind;
  words: string;
  unlisted: boolean;
  workTitle: string;
  workState: string;
  coopName: string;
  reporter: { email: string; locale: "fr" | "en" } | null;
  /** Null before notice was given: the artist knows nothing of it. */
  artist: { email: string; locale: "fr" | "en"; name: string } | null;
};

/** What there is to say of a report, or of one step of it, and to whom; null where there is none. For the worker. */
export async function findReportWord(
  db: Database,
  { reportId, stepId }: { reportId: string; stepId?: string | undefined },
): Promise<ReportWord | null> {
  const { rows } = await sql<ReportWord>`
    select coalesce(s.kind, 'received') as about, coalesce(s.words, '') as words, coalesce(s.unlisted, false) as unlisted,
      w.title as "workTitle", w.state as "workState", c.name as "coopName",
      case when r.email is not null then jsonb_build_object('email', r.email, 'locale', r.locale) end as reporter,
      case when exists (select from report_step n where n.report_id = r.id and n.kind = 'notice')
        then jsonb_build_object('email', p.email, 'locale', p.locale, 'name', m.name) end as artist
    from report r join work w on w.id = r.work_id join coop c on c.id = r.coop_id
    join member m on m.id = w.member_id join person p on p.id = m.person_id
    left join report_step s on s.report_id = r.id and s.id = ${stepId ?? null}::uuid
    where r.id = ${reportId} and (${stepId ?? null}::uuid is null or s.id is not null)`.execute(db);
  return rows[0] ?? null;
}
