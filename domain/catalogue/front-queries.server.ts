import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { prepared } from "#db/prepared.ts";
import { cardOf, type WorkCard } from "./card.server.ts";
import { worksOfCollection } from "./collection-queries.server.ts";
import type { FrontKind } from "./front-sections.ts";
import type { Bilingual } from "./queries.server.ts";

/** So many works of a collection stand on the front page; its own page has the rest. */
const mostOnFront = 6;

export type FrontSection = {
  id: string;
  kind: FrontKind;
  words: Bilingual;
  collection: { id: string; slug: string; title: Bilingual; works: WorkCard[] } | null;
  /** The work that somebody picked. */
  work: WorkCard | null;
  /** Its slug: the front page knows all co-ops. */
  coop: { id: string; slug: string; name: string } | null;
};

export type FrontPage = {
  id: string;
  madeAt: Date;
  /** Null where the person has neither a name nor, any more, a role. */
  madeBy: string | null;
  shownAt: Date | null;
  shownBy: string | null;
  sections: FrontSection[];
};

/**
 * The sections that visitors are shown, in order; [] where nobody composed the page. A section whose collection was hidden, or whose work
 * has left the shop, is left out until it is back.
 */
export async function shownFront(db: Database): Promise<FrontSection[]> {
  const { rows } = await sql<FrontSection>`${prepared}
    select ${columns} from ${sections}
    where s.front_page_id = (select id from front_page where shown_at is not null order by shown_at desc, id desc limit 1)
      and (s.kind <> 'collection' or c.published_at is not null) and (s.kind <> 'pick' or w.state = 'published')
    order by s.position`.execute(db);
  return rows;
}

/** The draft, or without one the page that is shown, with all its sections; null where nobody ever composed one. */
export async function frontToCompose(db: Database): Promise<FrontPage | null> {
  const { rows } = await sql<FrontPage>`
    select f.id, f.made_at as "madeAt", f.shown_at as "shownAt", ${nameOf(sql`f.made_by`)} as "madeBy",
      ${nameOf(sql`f.shown_by`)} as "shownBy",
      coalesce((select json_agg(row_to_json(each)) from (
        select ${columns} from ${sections} where s.front_page_id = f.id order by s.position) each), '[]') as sections
    from front_page f
    order by f.shown_at desc nulls first, f.id desc limit 1`.execute(db);
  return rows[0] ?? null;
}

/** Somebody of the staff by their name, or else by their co-op's: addresses are not for the other co-ops. */
const nameOf = (person: RawBuilder<unknown>) => sql`(select coalesce(p.name, min(o.name)) from person p
  left join coop_role r on r.person_id = p.id left join coop o on o.id = r.coop_id where p.id = ${person} group by p.id)`;

const columns = sql`s.id, s.kind, s.words,
  case when s.kind = 'collection' then jsonb_build_object('id', c.id, 'slug', c.slug, 'title', c.title,
    'works', ${worksOfCollection(mostOnFront)}) end as collection,
  case when s.kind = 'pick' then ${cardOf} end as work,
  (select jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name) from coop o where o.id = s.coop_id) as coop`;

const sections = sql`front_section s left join collection c on c.id = s.collection_id
  left join work picked on picked.id = s.work_id left join work w on w.id = coalesce(picked.merged_into, picked.id)`;
