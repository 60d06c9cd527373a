import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { Credit } from "../catalogue/byline.ts";
import { type Cover, coverOf, creditsOf } from "../catalogue/card.server.ts";
import type { House } from "../house.ts";
import { nameLikeness } from "../metadata/name-likeness.ts";
import { holdsIn } from "../people/permitted.server.ts";
import type { Merger } from "./lock-works.server.ts";
import { inOtherTongues, type MergeObstacle, mergeObstacle, type WorkSide } from "./merge-obstacle.ts";
import { sideOf } from "./work-sides.server.ts";

export type WorkBeside = {
  id: string;
  slug: string;
  title: string;
  subtitle: string | null;
  kind: "book" | "album";
  state: WorkSide["state"];
  language: string | null;
  publishedOn: string | null;
  publisher: string | null;
  cover: Cover | null;
  credits: Credit[];
  coopName: string;
  memberName: string;
  sold: number;
  editions: {
    id: string;
    format: "epub" | "pdf" | "music";
    isbn: string | null;
    fileName: string | null;
    bytes: number;
    createdAt: string;
    former: boolean;
  }[];
  isbns: string[];
  files: string[];
  side: WorkSide;
};

export type WorkDouble = Omit<WorkBeside, "isbns" | "files" | "side"> & {
  /** The same file, the same ISBN, or the same title and maker; or looked for. */
  why: "file" | "isbn" | "title" | "wanted";
  /** In another language: a translation, which stays a work of its own. */
  translation: boolean;
  /** A format that both have: whose file is sold has to be said. */
  sameFormat: boolean;
  /** What stands against joining it to this one (`keep`), and the reverse (`give`); null where nothing does. */
  keep: MergeObstacle | null;
  give: MergeObstacle | null;
};

const makers = new Set(["author", "performer", "composer", "illustrator", "editor"]);

const besideOf = (
  now: Date,
) => sql<WorkBeside>`jsonb_build_object('id', w.id, 'slug', w.slug, 'title', w.title, 'subtitle', w.subtitle,
  'kind', w.kind, 'state', w.state, 'language', w.language, 'publishedOn', w.published_on, 'publisher', w.publisher,
  'cover', ${coverOf}, 'credits', ${creditsOf},
  'coopName', (select name from coop where id = w.coop_id), 'memberName', (select name from member where id = w.member_id),
  'sold', (select coalesce(sum(l.quantity), 0) from sale_line l join sale on sale.id = l.sale_id
    where l.work_id = w.id and sale.state in ('paid', 'claimed')),
  'editions', coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'format', e.format, 'former', e.former_of is not null,
      'isbn', (select min(i.value) from identifier i where i.edition_id = e.id and i.scheme = 'isbn'),
      'createdAt', e.created_at, 'bytes', coalesce(f.bytes, 0), 'fileName', f.name) order by e.former_of is not null, e.position, e.format)
    from edition e left join lateral (select a.bytes, u.file_name as name from asset a left join upload u on u.id = a.upload_id
      where a.edition_id = e.id and a.role = 'original' and a.replaced_at is null limit 1) f on true
    where e.work_id = w.id), '[]'),
  'isbns', coalesce((select jsonb_agg(i.value) from identifier i left join edition e on e.id = i.edition_id
    where i.scheme = 'isbn' and (i.work_id = w.id or e.work_id = w.id)), '[]'),
  'files', coalesce((select jsonb_agg(a.sha256) from asset a
    where a.work_id = w.id and a.role = 'original' and a.replaced_at is null and a.sha256 is not null), '[]'),
  'side', ${sideOf(now)})`;

const mineWhere = ({ personId, as }: Merger) =>
  as === "curator"
    ? holdsIn(personId, "judgeWorks", sql`w.coop_id`)
    : sql<boolean>`exists (select from member m where m.id = w.member_id and m.person_id = ${personId} and m.left_at is null)`;

/**
 * Works that may be the same as this one: of one file, of one ISBN, or of the same title with a maker in common, in the works of this desk
 * (or of this artist); not those of which somebody said otherwise. `wanted` is the last part of an address, an ISBN or a title that was
 * looked for. Albums are never the same: their tracks are. Each likeness is found by an index and bounded. [] where there is none.
 */
export async function findWorkDoubles(
  db: Database,
  { clock }: Pick<House, "clock">,
  by: Merger & { workId: string; wanted?: string | null },
): Promise<{ work: WorkBeside; doubles: WorkDouble[] } | null> {
  const wanted = by.wanted?.trim() || null;
  const now = clock.now();
  const { rows } = await sql<{ work: WorkBeside; doubles: (WorkBeside & { wanted: boolean })[] }>`
    with here as materialized (select w.* from work w where w.id = ${by.workId} and w.merged_into is null and ${mineWhere(by)}),
    likely as (
      (select w.id, false as wanted from here join work w on w.coop_id = here.coop_id
        and left(heading_of(w.title), 120) = left(heading_of(here.title), 120)
        where here.title <> '' limit 40)
      union all
      (select coalesce(i.work_id, e.work_id), false from here
        cross join lateral (select mine.value from identifier mine left join edition x on x.id = mine.edition_id
          where mine.scheme = 'isbn' and (mine.work_id = here.id or x.work_id = here.id)) mine
        join identifier i on i.scheme = 'isbn' and i.value = mine.value left join edition e on e.id = i.edition_id limit 40)
      union all
      (select a.work_id, false from here join asset mine on mine.work_id = here.id and mine.role = 'original' and mine.replaced_at is null
        join asset a on a.sha256 = mine.sha256 and a.role = 'original' and a.replaced_at is null limit 40)
      union all
      (select w.id, true from here join work w on w.coop_id = here.coop_id
        where ${wanted === null ? sql`false` : sql`(w.slug = ${wanted} or left(heading_of(w.title), 120) = left(heading_of(${wanted}), 120))`} limit 20)
      union all
      (select coalesce(i.work_id, e.work_id), true from identifier i left join edition e on e.id = i.edition_id
        where ${wanted === null ? sql`false` : sql`i.scheme = 'isbn' and i.value = ${wanted.replace(/[^\dX]/gi, "")}`} limit 20)),
    other as (select id, bool_or(likely.wanted) as wanted from likely where id is not null group by id)
    select (select ${besideOf(now)} from here w) as work,
      coalesce((select jsonb_agg(${besideOf(now)} || jsonb_build_object('wanted', other.wanted)) from other join work w using (id)
        where w.id <> ${by.workId} and w.merged_into is null and w.kind = 'book' and ${mineWhere(by)}
          and (other.wanted or not exists (select from work_tie t
            where t.one_id = least(w.id, ${by.workId}::uuid) and t.other_id = greatest(w.id, ${by.workId}::uuid)))), '[]') as doubles
    from here`.execute(db);
  const found = rows[0];
  if (!found) return null;
  const { work } = found;
  const doubles = work.kind === "album" ? [] : found.doubles.flatMap((other) => besides(work, other));
  const order = ["file", "isbn", "title", "wanted"];
  return {
    work,
    doubles: doubles.toSorted((a, b) => order.indexOf(a.why) - order.indexOf(b.why)).slice(0, 8),
  };
}

function besides(work: WorkBeside, { wanted, ...other }: WorkBeside & { wanted: boolean }): WorkDouble[] {
  const { isbns, files, side, ...shown } = other;
  const shares = (mine: string[], theirs: string[]) => mine.some((each) => theirs.includes(each));
  const makersOf = ({ credits }: WorkBeside) => credits.filter(({ role }) => makers.has(role));
  const maker =
    makersOf(work).length === 0 ||
    makersOf(other).length === 0 ||
    makersOf(work).some(({ name }) => makersOf(other).some((each) => nameLikeness(name, each.name) !== null));
  const title = maker && heading(work.title) === heading(other.title);
  const why = shares(work.files, files)
    ? "file"
    : shares(work.isbns, isbns)
      ? "isbn"
      : title
        ? "title"
        : wanted
          ? "wanted"
          : null;
  if (why === null) return [];
  const formats = work.editions.filter(({ former }) => !former).map(({ format }) => format);
  return [
    {
      ...shown,
      why,
      translation: inOtherTongues(work.side, side),
      sameFormat: other.editions.some(({ format, former }) => !former && formats.includes(format)),
      keep: mergeObstacle(work.side, side),
      give: mergeObstacle(side, work.side),
    },
  ];
}

/** As the database compares titles, but for the article behind a comma. */
const heading = (title: string): string =>
  title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .replace(/ (les?|la|l|une?|des|the|an?)$/, "")
    .replace(/^(les?|la|l|une?|des|the|an?) (?=.)/, "");

export type WorkMerge = {
  id: string;
  gone: { id: string; title: string; slug: string };
  mergedAt: Date;
  mergedBy: string;
  /** The last of this work: the one that may be undone now. */
  last: boolean;
};
export type WorkTie = {
  id: string;
  slug: string;
  title: string;
  language: string | null;
  state: string;
  tie: "translation" | "apart";
};

/** What was joined to this work and is still, the latest first, and how it stands to others. The caller may see the work. */
export async function tiesOfWork(
  db: Database,
  workId: string,
): Promise<{ merges: WorkMerge[]; ties: WorkTie[] }> {
  const [merges, ties] = await Promise.all([
    sql<WorkMerge>`
      select m.id, jsonb_build_object('id', w.id, 'title', w.title, 'slug', w.slug) as gone, m.merged_at as "mergedAt",
        coalesce(p.name, p.email) as "mergedBy", row_number() over (order by m.id desc) = 1 as last
      from work_merge m join work w on w.id = m.gone_id join person p on p.id = m.merged_by
      where m.kept_id = ${workId} and m.undone_at is null order by m.id desc`.execute(db),
    sql<WorkTie>`
      select w.id, w.slug, w.title, w.language, w.state, t.tie from work_tie t
      join work w on w.id = case when t.one_id = ${workId} then t.other_id else t.one_id end
      where ${workId} in (t.one_id, t.other_id) and w.merged_into is null order by t.tie desc, w.title`.execute(
      db,
    ),
  ]);
  return { merges: merges.rows, ties: ties.rows };
}
