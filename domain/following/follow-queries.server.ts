import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { cardOf, type WorkCard } from "../catalogue/card.server.ts";
import type { Followed } from "./follow.server.ts";

export type Follow = {
  id: string;
  kind: "agent" | "coop";
  name: string;
  slug: string;
  addressGiven: boolean;
};

/** Whom this person follows, by name. */
export async function followsOf(db: Database, personId: string): Promise<Follow[]> {
  const { rows } = await sql<Follow>`
    select f.id, case when f.coop_id is null then 'agent' else 'coop' end as kind, coalesce(coop.name, agent.name) as name,
      coalesce(coop.slug, agent.slug) as slug,
      f.address_given_at is not null as "addressGiven"
    from follow f left join coop on coop.id = f.coop_id left join agent on agent.id = agent_now(f.agent_id)
    where f.person_id = ${personId} order by plain(coalesce(coop.name, agent.name)), f.id`.execute(db);
  return rows;
}

/** The name of whom an address asks to follow; null where there is nobody. */
export async function findFollowed(
  db: Database,
  whom: Followed,
): Promise<{ name: string; slug: string } | null> {
  const { rows } = await ("coop" in whom
    ? sql<{ name: string; slug: string }>`select name, slug from coop where slug = ${whom.coop}`
    : sql<{ name: string; slug: string }>`select now.name, now.slug from agent
        join agent now on now.id = agent_now(agent.id) where agent.slug = ${whom.agent}`
  ).execute(db);
  return rows[0] ?? null;
}

/** Work `w` is new to follow `f` at `until`: of whom it follows, in the shop, and nobody wrote about it yet. */
const isNew = (
  until: Date,
) => sql`w.state = 'published' and w.published_at > f.told_until and w.published_at <= ${until}
  and (w.coop_id = f.coop_id or exists (select from contribution c where c.work_id = w.id and c.agent_id = agent_now(f.agent_id)))`;

/** Who is to be written to: they follow somebody who has something new. From the few works that are new to the many who follow. */
export async function peopleToTell(db: Database, until: Date): Promise<{ personId: string }[]> {
  const { rows } = await sql<{ personId: string }>`
    with fresh as materialized (
      select id, coop_id, published_at from work
      where state = 'published' and published_at <= ${until} and published_at > (select min(told_until) from follow))
    select f.person_id as "personId" from fresh w join follow f on f.coop_id = w.coop_id and w.published_at > f.told_until
    union
    select f.person_id from fresh w join contribution c on c.work_id = w.id
      join agent a on a.id = c.agent_id or a.merged_into = c.agent_id
      join follow f on f.agent_id = a.id and w.published_at > f.told_until`.execute(db);
  return rows;
}

export type NewWorks = {
  email: string;
  name: string | null;
  locale: "fr" | "en";
  works: WorkCard[];
};

/** What a letter to this person says: the works that are new to them, newest first, twelve at most. Null: nothing. */
export async function newWorksFor(db: Database, personId: string, until: Date): Promise<NewWorks | null> {
  const { rows } = await sql<NewWorks>`
    select person.email, person.name, person.locale, (
      select jsonb_agg(card order by published_at desc) from (
        select ${cardOf} as card, w.published_at from work w
        where exists (select from follow f where f.person_id = person.id and ${isNew(until)})
        order by w.published_at desc limit 12) as newest) as works
    from person where person.id = ${personId}`.execute(db);
  return rows[0]?.works ? rows[0] : null;
}
