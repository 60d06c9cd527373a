import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { IdentityNoun } from "./addresses.ts";
import type { FeedCredit } from "./feed-work.ts";
import { seriesKey } from "./json-ld.ts";
import { identifiersOfAgent } from "./record.server.ts";

/** What an identity leads to: the page of a work, an agent or a co-op, by its slug; a series by its name. `gone`: it was there. */
export type Identified =
  | { page: "work"; id: string; slug: string; gone: boolean }
  | { page: "agent"; id: string; slug: string; gone: false }
  | { page: "coop"; id: string; slug: string; gone: false }
  | {
      page: "series";
      name: string;
      coop: { id: string; slug: string; name: string };
      works: string[];
      gone: false;
    };

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Who bears this name on our domain; null where nobody does, or nobody may know yet. */
export async function findIdentity(db: Database, noun: IdentityNoun, id: string): Promise<Identified | null> {
  if (noun === "series") return findSeries(db, id);
  if (!uuid.test(id)) return null;
  if (noun === "coop") {
    const { rows } = await sql<{ slug: string }>`select slug from coop where id = ${id}`.execute(db);
    return rows[0] ? { page: "coop", id, slug: rows[0].slug, gone: false } : null;
  }
  if (noun === "agent") {
    const { rows } = await sql<{ slug: string }>`
      select g.slug from agent g where g.id = ${id} and (exists (select from contribution c join work w on w.id = c.work_id
          where c.agent_id = g.id and w.state = 'published')
        or exists (select from member m where m.id = g.member_id and m.left_at is null))`.execute(db);
    return rows[0] ? { page: "agent", id, slug: rows[0].slug, gone: false } : null;
  }
  const which =
    noun === "work"
      ? sql`w.id = ${id}`
      : noun === "edition"
        ? sql`w.id = (select work_id from edition where id = ${id})`
        : sql`w.id = (select work_id from recording where id = ${id})`;
  const { rows } = await sql<{ id: string; slug: string; gone: boolean }>`
    select w.id, w.slug, w.state <> 'published' as gone from work w
    where ${which} and w.published_at is not null`.execute(db);
  return rows[0] ? { page: "work", ...rows[0] } : null;
}

/** A series has no row of its own: it is what the works of a co-op call it. */
async function findSeries(db: Database, key: string): Promise<Identified | null> {
  const coopId = key.split(".")[0] ?? "";
  if (!uuid.test(coopId)) return null;
  const { rows } = await sql<{
    name: string;
    coop: { id: string; slug: string; name: string };
    works: string[];
  }>`
    select w.series ->> 'name' as name, jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name) as coop,
      jsonb_agg(w.id order by (w.series ->> 'position')::numeric nulls last, w.id) as works
    from work w join coop o on o.id = w.coop_id
    where w.coop_id = ${coopId} and w.state = 'published' and w.series ->> 'name' is not null
    group by 1, o.id`.execute(db);
  const found = rows.find(({ name }) => seriesKey(coopId, name) === key);
  return found ? { page: "series", ...found, gone: false } : null;
}

/** A person or group with the published works they took part in. */
export async function findAgentIdentity(
  db: Database,
  slug: string,
): Promise<{ agent: Omit<FeedCredit, "role">; works: string[] } | null> {
  const { rows } = await sql<{ agent: Omit<FeedCredit, "role">; works: string[] }>`
    select jsonb_build_object('id', g.id, 'slug', g.slug, 'name', g.name, 'sortName', g.sort_name, 'kind', g.kind,
        'identifiers', ${identifiersOfAgent}) as agent,
      coalesce((select jsonb_agg(w.id order by w.published_at desc, w.id) from work w
        where w.state = 'published' and w.id in (select c.work_id from contribution c where c.agent_id = g.id)), '[]') as works
    from agent g where g.slug = ${slug}`.execute(db);
  return rows[0] ?? null;
}
