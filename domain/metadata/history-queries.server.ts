import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { claimedValue } from "./claimed-value.ts";
import { CORRECTED_FIELDS, type CorrectedField } from "./corrections.ts";
import type { Origin } from "./merge.ts";
import { isEmpty, sameValue } from "./record-columns.ts";
import { valuesOf } from "./record-seen.server.ts";

export type HistoryEntry = {
  id: string;
  /** As a correction would say it; null: « there is none ». */
  value: unknown;
  origin: Origin;
  /** `opf:dc:title`, `onix:TitleText`, `form`, `confirmation`, `revert`… */
  source: string;
  at: Date;
  by: string | null;
  fileName: string | null;
  /** What the record says now. */
  current: boolean;
};

export type FieldHistory = { field: CorrectedField; entries: HistoryEntry[] };

/**
 * Who said what of each field of a record, the latest first: files, messages, members, the desk; the fields in the order of the record.
 * The same said again by several files stands once. The caller may see the work.
 */
export async function historyOfRecord(db: Database, workId: string): Promise<FieldHistory[]> {
  const work = await db.selectFrom("work").selectAll().where("id", "=", workId).executeTakeFirst();
  if (!work) return [];
  const [now, { rows }] = await Promise.all([
    valuesOf(db, work),
    sql<{
      id: string;
      field: string;
      value: unknown;
      origin: Origin;
      source: string;
      at: Date;
      by: string | null;
      fileName: string | null;
      format: "epub" | "pdf" | null;
    }>`
      select f.id, f.field, f.value, f.origin, f.source, f.found_at as at, coalesce(p.name, p.email) as by,
        u.file_name as "fileName",
        case u.media_type when 'application/epub+zip' then 'epub' when 'application/pdf' then 'pdf' end as format
      from finding f left join person p on p.id = f.person_id left join upload u on u.id = f.upload_id
      where f.work_id = ${workId} and f.field = any(${[...CORRECTED_FIELDS]}::text[])
      order by f.found_at desc, f.id desc limit 1000`.execute(db),
  ]);
  return CORRECTED_FIELDS.flatMap((field): FieldHistory[] => {
    const entries: HistoryEntry[] = [];
    for (const { field: _, format, ...said } of rows.filter((row) => row.field === field)) {
      // What each track says of its people is not what the album does.
      if (work.kind === "album" && said.origin === "file" && field === "contributors") continue;
      const correction = claimedValue({ ...said, field, language: work.language, format });
      if (!correction) continue;
      const value = correction[field] ?? null;
      const again = entries.find((each) => each.origin === "file" && sameValue(each.value, value));
      if (said.origin === "file" && again) continue;
      const current = sameValue(now[field], value) || (isEmpty(now[field]) && isEmpty(value));
      entries.push({ ...said, value, current });
    }
    return entries.length === 0 ? [] : [{ field, entries }];
  });
}
