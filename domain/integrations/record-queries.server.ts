import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { type RecordSeen, recordSeen, valuesOf } from "../metadata/record-seen.server.ts";
import { momentOf } from "./moment.server.ts";
import type { KeyHolder } from "./recognise-key.server.ts";

type OfKey = Pick<KeyHolder, "coopId">;

/** A work of the co-op, whatever its state. */
export type HeldRecord = {
  id: string;
  slug: string;
  kind: "book" | "album";
  state: string;
  title: string;
  updatedAt: string;
};

const held = sql`work.id, work.slug, work.kind, work.state, work.title,
  ${momentOf(sql`work.updated_at`)} as "updatedAt"`;

/** The works of a key's co-op in the order of their last change, after a place in it. */
export async function recordsOfKey(
  db: Database,
  { coopId }: OfKey,
  { after, limit }: { after: { at: string; id: string } | null; limit: number },
): Promise<{ records: HeldRecord[]; more: boolean }> {
  const { rows } = await sql<HeldRecord>`
    select ${held} from work where coop_id = ${coopId}::uuid and merged_into is null
      and ${after ? sql`(updated_at, id) > (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`}
    order by updated_at, id limit ${limit + 1}`.execute(db);
  return { records: rows.slice(0, limit), more: rows.length > limit };
}

/** One work of a key's co-op with what its record says, and the marks of what was seen; null where the co-op has no such work. */
export async function findRecordOfKey(
  db: Database,
  { coopId }: OfKey,
  workId: string,
): Promise<{ record: HeldRecord; fields: Awaited<ReturnType<typeof valuesOf>>; seen: RecordSeen } | null> {
  const { rows } = await sql<HeldRecord>`
    select ${held} from work where coop_id = ${coopId}::uuid and id = ${workId}::uuid and merged_into is null`.execute(
    db,
  );
  const record = rows[0];
  if (!record) return null;
  const work = await db.selectFrom("work").selectAll().where("id", "=", workId).executeTakeFirstOrThrow();
  const [fields, seen] = [await valuesOf(db, work), await recordSeen(db, workId)];
  return { record, fields, seen };
}
