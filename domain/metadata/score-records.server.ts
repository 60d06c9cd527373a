import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { madeInFrench, scoreWork } from "./score.ts";
import { scoreCatalogue } from "./score-catalogue.ts";
import { countCatalogue, countShown } from "./score-counts.server.ts";
import { factsOfPeople, factsOfWorks } from "./score-facts.server.ts";
import { scorePerson } from "./score-person.ts";

/** Records scored in one statement: a catalogue that is scored for the first time is not held in memory whole. */
const atOnce = 500;
const lockKey = 7_361_044;

/**
 * Scores whatever changed since it was last run (`score_due`, filled by the changes themselves: migration 0044), and then the
 * catalogue and what it shows first. Safe to run at any time and at once. Returns how many works and people it scored.
 */
export function scoreRecords(db: Database, { clock }: Pick<House, "clock">): Promise<number> {
  return inTransaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(${lockKey})`.execute(trx);
    // Taken first, read afterwards: what changes from now on is due again.
    const { rows } = await sql<{ works: string[]; people: string[] }>`
      with due as (delete from score_due returning work_id, agent_id),
      people as (select agent_id as id from due where agent_id is not null),
      works as (select work_id as id from due where work_id is not null
        union select c.work_id from contribution c join people on people.id = c.agent_id)
      select array(select id from works) as works, array(select distinct id from people) as people`.execute(
      trx,
    );
    const { works, people } = rows[0]!;
    if (works.length + people.length === 0) return 0;
    const now = clock.now();
    for (let from = 0; from < works.length; from += atOnce) {
      await keepWorks(trx, works.slice(from, from + atOnce), now);
    }
    for (let from = 0; from < people.length; from += atOnce) {
      await keepPeople(trx, people.slice(from, from + atOnce), now);
    }
    await keepCatalogue(trx, now);
    return works.length + people.length;
  });
}

async function keepWorks(trx: Database, ids: string[], now: Date): Promise<void> {
  const scored = (await factsOfWorks(trx, ids)).map((facts) => ({
    ...scoreWork(facts),
    id: facts.id,
    french: madeInFrench(facts),
  }));
  await sql`
    insert into work_score (work_id, score, missing, french, scored_at)
    select s.id, s.score, s.missing, s.french, ${now}
    from jsonb_to_recordset(${JSON.stringify(scored)}::jsonb) as s (id uuid, score smallint, missing jsonb, french text)
    on conflict (work_id) do update set score = excluded.score, missing = excluded.missing, french = excluded.french,
      scored_at = excluded.scored_at`.execute(trx);
}

async function keepPeople(trx: Database, ids: string[], now: Date): Promise<void> {
  const scored = (await factsOfPeople(trx, ids)).map((facts) => ({ ...scorePerson(facts), id: facts.id }));
  await sql`
    insert into agent_score (agent_id, score, missing, scored_at)
    select s.id, s.score, s.missing, ${now}
    from jsonb_to_recordset(${JSON.stringify(scored)}::jsonb) as s (id uuid, score smallint, missing jsonb)
    on conflict (agent_id) do update set score = excluded.score, missing = excluded.missing, scored_at = excluded.scored_at`.execute(
    trx,
  );
}

async function keepCatalogue(trx: Database, now: Date): Promise<void> {
  const [counts, shown] = [await countCatalogue(trx, null), await countShown(trx)];
  const { score, checks } = scoreCatalogue(counts, shown);
  // Written only where it says something new: the public pages are made again for it.
  await sql`
    insert into catalogue_score (day, score, checks, shown, scored_at)
    values ((${now}::timestamptz at time zone 'America/Toronto')::date, ${score}, ${JSON.stringify(checks)}, ${JSON.stringify(shown)}, ${now})
    on conflict (day) do update set score = excluded.score, checks = excluded.checks, shown = excluded.shown,
      scored_at = excluded.scored_at
    where (catalogue_score.score, catalogue_score.checks, catalogue_score.shown)
      is distinct from (excluded.score, excluded.checks, excluded.shown)`.execute(trx);
}
