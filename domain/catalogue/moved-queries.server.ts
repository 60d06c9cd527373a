import { sql } from "kysely";
import type { Database } from "#db/connection.ts";

type By = { slug: string } | { id: string };
export type Moved = { id: string; slug: string };

/** Where a work that was joined to another is now: addresses lead on. Null where nothing was joined, or nobody may see where it leads. */
export async function movedWork(db: Database, by: By): Promise<Moved | null> {
  const { rows } = await sql<Moved>`
    select w.id, w.slug from work gone join work w on w.id = work_now(gone.id)
    where ${"slug" in by ? sql`gone.slug = ${by.slug}` : sql`gone.id = ${by.id}::uuid`} and gone.merged_into is not null
      and w.published_at is not null`.execute(db);
  return rows[0] ?? null;
}

/** The same of a person or group. */
export async function movedAgent(db: Database, by: By): Promise<Moved | null> {
  const { rows } = await sql<Moved>`
    select g.id, g.slug from agent gone join agent g on g.id = agent_now(gone.id)
    where ${"slug" in by ? sql`gone.slug = ${by.slug}` : sql`gone.id = ${by.id}::uuid`} and gone.merged_into is not null`.execute(
    db,
  );
  return rows[0] ?? null;
}
