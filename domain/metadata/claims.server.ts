import { v7 } from "uuid";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import type { Claim, Origin } from "./merge.ts";

/** All that was ever claimed of a work, by files and people. */
export async function claimsOf(db: Database, workId: string): Promise<Claim[]> {
  const rows = await db
    .selectFrom("finding")
    .select(["field", "value", "origin", "source", "found_at as foundAt", "upload_id as uploadId"])
    .where("work_id", "=", workId)
    .execute();
  return rows.map((row) => ({ ...row, origin: row.origin as Origin }));
}

/** Writes claims down. A value of `null` is a claim too: « there is none ». */
export async function claim(
  db: Database,
  { clock }: Pick<House, "clock">,
  about: { workId: string; uploadId?: string; origin: Origin; personId?: string },
  claims: readonly { field: string; value: unknown; source: string }[],
): Promise<void> {
  if (claims.length === 0) return;
  await db
    .insertInto("finding")
    .values(
      claims.map(({ field, value, source }) => ({
        id: v7(),
        work_id: about.workId,
        upload_id: about.uploadId ?? null,
        field,
        value: JSON.stringify(value),
        origin: about.origin,
        source: source.slice(0, 100),
        person_id: about.personId ?? null,
        found_at: clock.now(),
      })),
    )
    .execute();
}
