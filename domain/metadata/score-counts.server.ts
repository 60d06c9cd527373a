import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { shownFront } from "../catalogue/front-queries.server.ts";
import { findWorks, newestWorks } from "../catalogue/search-queries.server.ts";
import { onTheFrontPage, worksOnFront } from "../catalogue/shop-window.ts";
import type { CatalogueCounts, Shown, ShownPlace } from "./score-catalogue.ts";
import { completeFields } from "./score-weights.ts";

/** Counts of what is published, in these co-ops or (null) in all: from the scores of the records, which say what each lacks. */
export async function countCatalogue(
  db: Database,
  coopIds: readonly string[] | null,
): Promise<CatalogueCounts> {
  const here = coopIds === null ? sql`true` : sql`w.coop_id = any(${[...coopIds]}::uuid[])`;
  const lacks = (field: string) =>
    sql`exists (select from jsonb_array_elements(s.missing) m where m ->> 'field' = ${field})`;
  const { rows } = await sql<CatalogueCounts>`
    with published as (
      select w.id, w.kind, s.missing from work w join work_score s on s.work_id = w.id
      where w.state = 'published' and ${here}),
    named as (
      select s.missing from agent_score s where s.agent_id in (
        select c.agent_id from contribution c join published on published.id = c.work_id))
    select count(*)::int as works,
      count(*) filter (where exists (select from jsonb_array_elements(s.missing) m
        where m ->> 'field' in ('identifiers', 'isrc') and m ->> 'why' = 'invalid'))::int as "invalidIdentifiers",
      count(*) filter (where not exists (select from jsonb_array_elements(s.missing) m
        where m ->> 'field' = any(${[...completeFields]}::text[])))::int as complete,
      (select count(*)::int from named) as people,
      (select count(*)::int from named s where not ${lacks("authority")}) as "identifiedPeople",
      count(*) filter (where s.kind = 'book')::int as ebooks,
      count(*) filter (where s.kind = 'book' and not ${lacks("accessibility")})::int as "accessibleEbooks"
    from published s`.execute(db);
  return rows[0]!;
}

/**
 * What a visitor is shown without having asked for anything, by the very queries of those pages, and how much of it was made in
 * French. Nothing was asked, so both languages show the same.
 */
export async function countShown(db: Database): Promise<Shown[]> {
  const [newest, sections] = await Promise.all([newestWorks(db, onTheFrontPage), shownFront(db)]);
  const front = worksOnFront(newest, sections);
  const page = async (kind?: "book" | "album") =>
    (await findWorks(db, { ...(kind && { kind }), locale: "fr" })).works;
  const places: [ShownPlace, { id: string }[]][] = [
    ["window", front[0] ?? []],
    ["home", front.flat()],
    ["results", await page()],
    ["books", await page("book")],
    ["albums", await page("album")],
  ];
  const { rows } = await sql<{ id: string; french: string }>`
    select s.work_id as id, s.french from work_score s
    where s.work_id = any(${places.flatMap(([, works]) => works.map(({ id }) => id))}::uuid[])`.execute(db);
  const french = new Map(rows.map((row) => [row.id, row.french]));
  const { rows: all } = await sql<Shown>`
    select 'catalogue' as place, count(*)::int as works, count(*) filter (where s.french in ('stated', 'presumed'))::int as french,
      count(*) filter (where s.french = 'presumed')::int as presumed
    from work w join work_score s on s.work_id = w.id where w.state = 'published'`.execute(db);
  return [
    ...places.map(([place, works]): Shown => {
      const said = works.map(({ id }) => french.get(id));
      const presumed = said.filter((each) => each === "presumed").length;
      return {
        place,
        works: works.length,
        french: presumed + said.filter((each) => each === "stated").length,
        presumed,
      };
    }),
    ...all,
  ];
}
