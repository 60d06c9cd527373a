import { createHash } from "node:crypto";
import { type Selectable, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import { Refusal } from "../refusal.ts";
import type { CorrectedField } from "./corrections.ts";
import { type COLUMNS, isEmpty, stable } from "./record-columns.ts";

type CorrectedColumn = Extract<CorrectedField, keyof typeof COLUMNS>;

/** A mark for each field of what a page showed; a form brings back those of its own fields. */
export type RecordSeen = Partial<Record<CorrectedField, string>>;

/** The marks of a record as it stands, for the forms of its page; none where there is no such work. The caller may see it. */
export async function recordSeen(db: Database, workId: string): Promise<RecordSeen> {
  const work = await db.selectFrom("work").selectAll().where("id", "=", workId).executeTakeFirst();
  if (!work) return {};
  const values = await valuesOf(db, work);
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, markOf(value)]));
}

/** The mark of a value; of nothing, however it is said, always the same. */
export const markOf = (value: unknown): string =>
  createHash("sha256")
    .update(stable(isEmpty(value) ? null : value))
    .digest("base64url")
    .slice(0, 16);

/** Two who write the same field: the second is told what the first wrote, and by whom, before writing over it. */
export async function refuseUnseen(
  db: Database,
  workId: string,
  {
    before,
    changed,
    seen,
  }: {
    before: Record<CorrectedField, unknown>;
    changed: readonly CorrectedField[];
    seen: RecordSeen | undefined;
  },
): Promise<void> {
  const field = changed.find((each) => seen?.[each] !== undefined && seen[each] !== markOf(before[each]));
  if (field === undefined) return;
  const { rows } = await sql<{ by: string | null }>`
    select coalesce(p.name, p.email) as by from finding f left join person p on p.id = f.person_id
    where f.work_id = ${workId} and f.field = ${field} order by f.found_at desc, f.id desc limit 1`.execute(
    db,
  );
  throw new Refusal("record_changed", { field, by: rows[0]?.by ?? "?", value: inWords(before[field]) });
}

/** Enough of a value to know it again. */
function inWords(value: unknown): string {
  const text = (each: unknown): string => {
    if (each === null || each === undefined) return "";
    if (Array.isArray(each)) return each.map(text).filter(Boolean).join(", ");
    if (typeof each !== "object") return String(each);
    const { name, label, value: number } = each as Record<string, unknown>;
    return text(name ?? label ?? number ?? Object.values(each));
  };
  const words = text(value);
  return words.length > 120 ? `${words.slice(0, 119)}…` : words || "–";
}

/** What a record says now, as corrections compare it. */
export async function valuesOf(
  db: Database,
  work: Pick<Selectable<DB["work"]>, "id" | (typeof COLUMNS)[CorrectedColumn]["column"]>,
): Promise<Record<CorrectedField, unknown>> {
  const people = await db
    .selectFrom("contribution")
    .innerJoin("agent", "agent.id", "contribution.agent_id")
    .select(["agent.name", "contribution.role"])
    .where("contribution.work_id", "=", work.id)
    .where("contribution.recording_id", "is", null)
    .orderBy("contribution.position")
    .execute();
  const { rows: identifiers } = await sql<{ scheme: string; value: string; format: string | null }>`
    select i.scheme, i.value, e.format from identifier i left join edition e on e.id = i.edition_id
    where (i.work_id = ${work.id} or e.work_id = ${work.id} and e.former_of is null) and i.scheme in ('isbn', 'gtin', 'doi')
    order by i.scheme, e.position, i.value`.execute(db);
  return {
    title: work.title,
    subtitle: work.subtitle,
    language: work.language,
    originalLanguage: work.original_language,
    publisher: work.publisher,
    publishedOn: work.published_on,
    rights: work.rights,
    description: work.description,
    subjects: work.subjects,
    series: work.series,
    contributors: people,
    identifiers,
  };
}
