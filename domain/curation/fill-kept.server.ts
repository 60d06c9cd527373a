import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.ts";
import { isEmpty, sameValue } from "../metadata/record-columns.ts";

/** What the kept record did not say and the other did. */
const columns = [
  "subtitle",
  "sort_title",
  "language",
  "original_language",
  "description",
  "subjects",
  "series",
  "publisher",
  "published_on",
  "rights",
  "contents",
  "page_count",
  "word_count",
  "accessibility",
  "cover_id",
] as const;

/** By column, what was written where there was nothing, and the nothing that was there. */
export type FilledFields = { column: string; before: unknown; after: unknown }[];

/** Fills what the kept record leaves empty from the other, which keeps its own. Returns what an undoing takes back. */
export async function fillKept(trx: Transaction<DB>, keptId: string, goneId: string): Promise<FilledFields> {
  const { rows } = await sql<{ id: string; row: Record<string, unknown> }>`
    select id, to_jsonb(w) as row from work w where id in (${keptId}, ${goneId})`.execute(trx);
  const kept = rows.find(({ id }) => id === keptId)!.row;
  const gone = rows.find(({ id }) => id === goneId)!.row;
  const filled = columns
    .filter((column) => isEmpty(kept[column]) && !isEmpty(gone[column]))
    .map((column) => ({ column, before: kept[column] ?? null, after: gone[column] }));
  await write(trx, keptId, filled, "after");
  return filled;
}

/** Takes back what nobody has changed since. */
export async function emptyKept(trx: Transaction<DB>, keptId: string, filled: FilledFields): Promise<void> {
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select to_jsonb(w) as row from work w where id = ${keptId}`.execute(trx);
  const untouched = filled.filter(({ column, after }) => sameValue(rows[0]?.row[column], after));
  await write(trx, keptId, untouched, "before");
}

async function write(
  trx: Transaction<DB>,
  workId: string,
  filled: FilledFields,
  which: "before" | "after",
): Promise<void> {
  if (filled.length === 0) return;
  const row = Object.fromEntries(
    filled.map((each) => {
      const value = each[which];
      return [each.column, typeof value === "object" && value !== null ? JSON.stringify(value) : value];
    }),
  );
  await trx.updateTable("work").set(row).where("id", "=", workId).execute();
}
