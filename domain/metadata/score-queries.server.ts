import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { type Cover, coverOf } from "../catalogue/card.server.ts";
import { type Missing, type Score, scoreWork, type WorkFacts } from "./score.ts";
import { type CheckResult, type Shown, scoreCatalogue } from "./score-catalogue.ts";
import { countCatalogue } from "./score-counts.server.ts";
import { factsOfPeople, factsOfWorks } from "./score-facts.server.ts";
import { type PersonFacts, scorePerson } from "./score-person.ts";
import type { PersonField, WorkField } from "./score-weights.ts";
import { unconfirmedValues } from "./unconfirmed.ts";

export type WorkScore = Score<WorkField> & {
  /** Something stands in the record on the word of files alone. */
  toConfirm: boolean;
};

/** The score of a work as it stands now, not as it was last stored: what was mended a moment ago counts. The caller may see the work. */
export async function scoreOfWork(db: Database, workId: string): Promise<WorkScore> {
  const [facts] = await factsOfWorks(db, [workId]);
  if (!facts) throw new Error(`no work ${workId}`);
  return workScore(facts);
}

const workScore = (facts: WorkFacts): WorkScore => ({
  ...scoreWork(facts),
  toConfirm: unconfirmedValues(facts).length > 0,
});

export type DeskRecord = WorkScore & {
  id: string;
  slug: string;
  state: string;
  cover: Cover | null;
  facts: WorkFacts;
  tracks: { id: string; title: string; isrc: string | null }[];
  named: { id: string; name: string; identified: boolean }[];
  /** The submission that waits for an answer. */
  submissionId: string | null;
};

/** A record of these co-ops with all that its page mends; null where there is none. */
export async function findDeskRecord(
  db: Database,
  coopIds: readonly string[],
  workId: string,
): Promise<DeskRecord | null> {
  const { rows } = await sql<
    Pick<DeskRecord, "id" | "slug" | "state" | "cover" | "tracks" | "named" | "submissionId">
  >`
    select w.id, w.slug, w.state, ${coverOf} as cover,
      coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'title', t.title, 'isrc', t.isrc) order by t.disc, t.position)
        from recording t where t.work_id = w.id), '[]') as tracks,
      coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name, 'identified', g.searched_at is not null
          or exists (select from identifier i where i.agent_id = g.id)) order by g.name)
        from agent g where g.id in (select c.agent_id from contribution c where c.work_id = w.id)), '[]') as named,
      (select s.id from submission s where s.work_id = w.id and s.decision is null) as "submissionId"
    from work w where w.id = ${workId} and w.merged_into is null and w.coop_id = any(${[...coopIds]}::uuid[])`.execute(
    db,
  );
  const [work] = rows;
  const [facts] = work ? await factsOfWorks(db, [work.id]) : [];
  return work && facts ? { ...work, ...workScore(facts), facts } : null;
}

export type DeskPerson = Score<PersonField> & {
  id: string;
  slug: string;
  facts: PersonFacts;
  works: { id: string; title: string }[];
};

/** Somebody whom works of these co-ops name; null where there is nobody. */
export async function findDeskPerson(
  db: Database,
  coopIds: readonly string[],
  agentId: string,
): Promise<DeskPerson | null> {
  const { rows } = await sql<Pick<DeskPerson, "id" | "slug" | "works">>`
    select g.id, g.slug, jsonb_agg(distinct jsonb_build_object('id', w.id, 'title', w.title)) as works
    from agent g join contribution c on c.agent_id = g.id join work w on w.id = c.work_id
    where g.id = ${agentId} and w.coop_id = any(${[...coopIds]}::uuid[]) group by g.id`.execute(db);
  const [person] = rows;
  const [facts] = person ? await factsOfPeople(db, [person.id]) : [];
  return person && facts ? { ...person, ...scorePerson(facts), facts } : null;
}

export type ScoredWork = {
  id: string;
  title: string;
  kind: "book" | "album";
  cover: Cover | null;
  memberName: string;
  score: number;
  missing: Missing<WorkField>[];
};
export type ScoredPerson = {
  id: string;
  name: string;
  works: number;
  score: number;
  missing: Missing<PersonField>[];
};
export type LostField = { field: WorkField; points: number; works: number };

/** Published works of these co-ops, those that lose most first; `field`: only those that lack it, by what it costs them. */
export async function listScoredWorks(
  db: Database,
  coopIds: readonly string[],
  filter: { field: WorkField | null; limit: number; offset: number },
): Promise<ScoredWork[]> {
  const cost = sql`(select (m ->> 'points')::int from jsonb_array_elements(s.missing) m where m ->> 'field' = ${filter.field})`;
  const { rows } = await sql<ScoredWork>`
    select w.id, w.title, w.kind, ${coverOf} as cover, m.name as "memberName", s.score, s.missing
    from work w join work_score s on s.work_id = w.id join member m on m.id = w.member_id
    where w.state = 'published' and w.coop_id = any(${[...coopIds]}::uuid[])
      and ${filter.field === null ? sql`s.score < 100` : sql`${cost} is not null`}
    order by ${filter.field === null ? sql`s.score` : sql`${cost} desc, s.score`}, w.title, w.id
    limit ${filter.limit} offset ${filter.offset}`.execute(db);
  return rows;
}

/** People whom published works of these co-ops name, those who lose most first; of equals, who made more. */
export async function listScoredPeople(
  db: Database,
  coopIds: readonly string[],
  page: { limit: number; offset: number },
): Promise<ScoredPerson[]> {
  const { rows } = await sql<ScoredPerson>`
    select g.id, g.name, made.works, s.score, s.missing
    from (select c.agent_id, count(distinct c.work_id)::int as works from contribution c join work w on w.id = c.work_id
      where w.state = 'published' and w.coop_id = any(${[...coopIds]}::uuid[]) group by c.agent_id) made
    join agent g on g.id = made.agent_id join agent_score s on s.agent_id = g.id
    where s.score < 100
    order by s.score, made.works desc, g.name, g.id limit ${page.limit} offset ${page.offset}`.execute(db);
  return rows;
}

export type DeskScore = {
  score: number;
  checks: CheckResult[];
  works: number;
  people: number;
  /** Mean of the records, null where there is none. */
  worksMean: number | null;
  peopleMean: number | null;
  /** The costliest field first. */
  lost: LostField[];
  /** Changed and not scored yet. */
  due: boolean;
};

/** The catalogue of these co-ops, from the stored scores; what is shown first is the house's, for its pages mix all co-ops. */
export async function scoreOfCatalogue(db: Database, coopIds: readonly string[]): Promise<DeskScore> {
  const here = sql`w.state = 'published' and w.coop_id = any(${[...coopIds]}::uuid[])`;
  const [counts, latest, { rows: lost }, { rows: means }] = await Promise.all([
    countCatalogue(db, coopIds),
    latestCatalogueScore(db),
    sql<LostField>`
      select m ->> 'field' as field, sum((m ->> 'points')::int)::int as points, count(*)::int as works
      from work w join work_score s on s.work_id = w.id cross join jsonb_array_elements(s.missing) m
      where ${here} group by 1 order by 2 desc, 1`.execute(db),
    sql<Pick<DeskScore, "worksMean" | "peopleMean" | "due">>`
      select (select floor(avg(s.score))::int from work w join work_score s on s.work_id = w.id where ${here}) as "worksMean",
        (select floor(avg(s.score))::int from agent_score s where s.agent_id in (
          select c.agent_id from contribution c join work w on w.id = c.work_id where ${here})) as "peopleMean",
        exists (select from score_due) as due`.execute(db),
  ]);
  return {
    ...scoreCatalogue(counts, latest?.shown ?? []),
    works: counts.works,
    people: counts.people,
    lost,
    ...means[0]!,
  };
}

export type CatalogueScore = { score: number; checks: CheckResult[]; shown: Shown[]; scoredAt: Date };

/** What was last measured of the whole house; null before the first time. */
export async function latestCatalogueScore(db: Database): Promise<CatalogueScore | null> {
  const { rows } = await sql<CatalogueScore>`
    select score, checks, shown, scored_at as "scoredAt" from catalogue_score order by day desc limit 1`.execute(
    db,
  );
  return rows[0] ?? null;
}
