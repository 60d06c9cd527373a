import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";

const DAY_MS = 86_400_000;
const AT_ONCE = 500;

/**
 * Removes from the bucket the formats and streams that were put aside a day ago: no link to them lives, and nobody fetches them any more.
 * Their rows stay, for the log of downloads; 0 bytes say that nothing is left. Returns how many were removed.
 */
export async function sweepFormats(
  db: Database,
  { clock, storage }: Pick<House, "clock" | "storage">,
): Promise<number> {
  const gone = await db
    .selectFrom("asset")
    .select(["id", "storage_key as key"])
    .where("role", "in", ["format", "stream", "peaks"])
    .where("replaced_at", "<=", new Date(clock.now().getTime() - DAY_MS))
    .where("bytes", ">", 0)
    .limit(AT_ONCE)
    .execute();
  if (gone.length === 0) return 0;
  for (const { key } of gone) await storage.remove(key);
  await db
    .updateTable("asset")
    .set({ bytes: 0 })
    .where(
      "id",
      "in",
      gone.map(({ id }) => id),
    )
    .where("replaced_at", "is not", null)
    .execute();
  return gone.length;
}
