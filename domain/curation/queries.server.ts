import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { type Cover, coverOf } from "../catalogue/card.server.ts";
import type { House } from "../house.ts";
import { rolesFor } from "../people/permitted.server.ts";
import { type Check, type CheckFacts, checksOf } from "./checks.ts";

/** Whose desk: the works of the co-ops where the person is curator or admin, and no others. */
export const seenBy = (personId: string) => sql`exists (select from coop_role r
  where r.coop_id = w.coop_id and r.person_id = ${personId} and r.role in (${rolesFor("judgeWorks")}))`;

/** What the machine counts for its checks, of the work `w` at hand, as one jsonb object. */
export const facts = (now: Date) => sql`jsonb_build_object(
  'kind', w.kind, 'title', w.title, 'language', w.language,
  'descriptionLength', greatest(length(w.description ->> 'fr'), length(w.description ->> 'en'), 0),
  'subjects', jsonb_array_length(w.subjects),
  'people', (select count(distinct agent_id) from contribution c where c.work_id = w.id),
  'hasCover', w.cover_id is not null,
  'files', (select count(*) from asset a where a.work_id = w.id and a.role = 'original' and a.replaced_at is null),
  'warnings', (select count(*) from upload u where u.work_id = w.id and u.state = 'accepted'
    and jsonb_array_length(coalesce(u.inspection -> 'reasons', '[]')) > 0),
  'tracks', (select count(*) from recording t where t.work_id = w.id),
  'tracksWithPreview', (select count(*) from recording t where t.work_id = w.id and t.preview_id is not null),
  'samples', (select count(*) from asset a where a.work_id = w.id and a.replaced_at is null
    and a.role in ('sample_epub', 'sample_page')),
  'sharers', (select count(*) from share s where s.share_list_id = shares.id and s.parts > 0),
  'accepted', (select count(*) from share s where s.share_list_id = shares.id and s.parts > 0 and s.accepted_at is not null),
  'hasRule', exists (select from rule r where r.coop_id = w.coop_id and r.voted_at <= ${now} and r.in_force_from <= ${now}),
  'price', w.price, 'priceKind', w.price_kind)`;

/** The share list in force, as `shares`. */
export const sharesInForce = (now: Date) => sql`left join lateral (select l.id from share_list l
  where l.work_id = w.id and l.in_force_from <= ${now} order by l.in_force_from desc limit 1) shares on true`;

export type Waiting = {
  id: string;
  workId: string;
  title: string;
  kind: "book" | "album";
  cover: Cover | null;
  accent: string;
  coopName: string;
  memberName: string;
  submittedAt: Date;
  /** How many times it was sent back before. */
  returns: number;
  checks: Check[];
};

/** Submissions without an answer, the one that has waited longest first. */
export async function listWaiting(
  db: Database,
  house: Pick<House, "clock">,
  personId: string,
): Promise<Waiting[]> {
  const now = house.clock.now();
  const { rows } = await sql<Omit<Waiting, "checks"> & { facts: CheckFacts }>`
    select s.id, w.id as "workId", w.title, w.kind, ${coverOf} as cover, c.accent, c.name as "coopName",
      m.name as "memberName", s.submitted_at as "submittedAt",
      (select count(*)::int from submission p where p.work_id = w.id and p.decision = 'returned') as returns,
      ${facts(now)} as facts
    from submission s
    join work w on w.id = s.work_id
    join coop c on c.id = w.coop_id
    join member m on m.id = s.member_id
    ${sharesInForce(now)}
    where s.decision is null and ${seenBy(personId)}
    order by s.submitted_at, s.id
    limit 200`.execute(db);
  return rows.map(({ facts, ...row }) => ({ ...row, checks: checksOf(facts) }));
}

/**
 * Where the curator goes after an answer: the submission that has waited longest of those that came after this one, or, where this was the
 * last, the oldest that was passed over.
 */
export async function findNextWaiting(db: Database, personId: string, after: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select s.id from submission s join work w on w.id = s.work_id
    where s.decision is null and s.id <> ${after} and ${seenBy(personId)}
    order by (s.submitted_at, s.id) > (select a.submitted_at, a.id from submission a where a.id = ${after}) desc nulls last,
      s.submitted_at, s.id limit 1`.execute(db);
  return rows[0]?.id ?? null;
}

export type Answered = {
  id: string;
  workId: string;
  title: string;
  decision: "published" | "returned" | "withdrawn";
};

/** What was just decided, to say so on the next page; null where nothing may be seen. */
export async function findAnswered(db: Database, personId: string, id: string): Promise<Answered | null> {
  const { rows } = await sql<Answered>`
    select s.id, w.id as "workId", w.title, s.decision
    from submission s join work w on w.id = s.work_id
    where s.id = ${id} and s.decision is not null and ${seenBy(personId)}`.execute(db);
  return rows[0] ?? null;
}

export type DeskWork = {
  id: string;
  slug: string;
  title: string;
  kind: "book" | "album";
  state: "draft" | "submitted" | "returned" | "published" | "withdrawn";
  stateAt: Date;
  cover: Cover | null;
  coopName: string;
  memberName: string;
  price: number;
  priceKind: "fixed" | "open";
  currency: string;
  /** The open submission, when there is one. */
  submissionId: string | null;
  sold: number;
};

/** Every work of the person's co-ops, the latest change first; `state` keeps those of one state. */
export async function listDeskWorks(
  db: Database,
  personId: string,
  filter: { state: DeskWork["state"] | null; limit: number; offset: number },
): Promise<{ works: DeskWork[]; counts: Partial<Record<DeskWork["state"], number>> }> {
  const [works, counts] = await Promise.all([
    sql<DeskWork>`
      select w.id, w.slug, w.title, w.kind, w.state, w.state_at as "stateAt", ${coverOf} as cover,
        c.name as "coopName", m.name as "memberName", w.price, w.price_kind as "priceKind", w.currency,
        s.id as "submissionId",
        (select coalesce(sum(l.quantity), 0)::int from sale_line l join sale on sale.id = l.sale_id
          where l.work_id = w.id and sale.state in ('paid', 'claimed')) as sold
      from work w
      join coop c on c.id = w.coop_id
      join member m on m.id = w.member_id
      left join submission s on s.work_id = w.id and s.decision is null
      where w.merged_into is null and ${seenBy(personId)} ${filter.state === null ? sql`` : sql`and w.state = ${filter.state}`}
      order by w.state_at desc, w.id
      limit ${filter.limit} offset ${filter.offset}`.execute(db),
    sql<{ state: DeskWork["state"]; count: number }>`
      select w.state, count(*)::int as count from work w where w.merged_into is null and ${seenBy(personId)} group by w.state`.execute(
      db,
    ),
  ]);
  return {
    works: works.rows,
    counts: Object.fromEntries(counts.rows.map(({ state, count }) => [state, count])),
  };
}

/** One work of the person's co-ops, by name and state; null where nothing may be seen. */
export async function findDeskWork(
  db: Database,
  personId: string,
  workId: string,
): Promise<Pick<DeskWork, "id" | "title" | "state"> | null> {
  const { rows } = await sql<Pick<DeskWork, "id" | "title" | "state">>`
    select w.id, w.title, w.state from work w where w.id = ${workId} and ${seenBy(personId)}`.execute(db);
  return rows[0] ?? null;
}

export type Outcome = {
  decision: "published" | "returned";
  reasonCode: string | null;
  reason: string | null;
  workId: string;
  slug: string;
  title: string;
  kind: "book" | "album";
  memberName: string;
  coopName: string;
  email: string;
  locale: "fr" | "en";
};

/** What the artist is told of an answer; null while there is none, or when the artist took the submission back. For the worker. */
export async function findOutcome(db: Database, submissionId: string): Promise<Outcome | null> {
  const { rows } = await sql<Outcome>`
    select s.decision, s.reason_code as "reasonCode", s.reason, w.id as "workId", w.slug, w.title, w.kind,
      m.name as "memberName", c.name as "coopName", p.email, p.locale
    from submission s
    join work w on w.id = s.work_id
    join member m on m.id = s.member_id
    join person p on p.id = m.person_id
    join coop c on c.id = m.coop_id
    where s.id = ${submissionId} and s.decision in ('published', 'returned')`.execute(db);
  return rows[0] ?? null;
}
