import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { claimedValue } from "./claimed-value.ts";
import { correctRecord } from "./correct-record.server.ts";
import type { Speaker } from "./lock-record.server.ts";

/**
 * Says again what was said of a field before: a new claim, of the one who reverts, so that nothing of the history goes. The value that
 * stands already changes nothing. Refuses what `correctRecord` refuses, and `not_found` for a claim of another work or of no field of ours.
 */
export async function revertField(
  db: Database,
  house: Pick<House, "clock">,
  input: Speaker & { findingId: string },
): Promise<void> {
  const said = await db
    .selectFrom("finding")
    .innerJoin("work", "work.id", "finding.work_id")
    .leftJoin("upload", "upload.id", "finding.upload_id")
    .select(["finding.field", "finding.value", "work.language", "upload.media_type as mediaType"])
    .where("finding.id", "=", input.findingId)
    .where("finding.work_id", "=", input.workId)
    .executeTakeFirst();
  const format =
    said?.mediaType === "application/pdf"
      ? "pdf"
      : said?.mediaType === "application/epub+zip"
        ? "epub"
        : null;
  const values = said ? claimedValue({ ...said, format }) : null;
  if (!values) throw new Refusal("not_found");
  const { findingId: _, ...speaker } = input;
  await correctRecord(db, house, { ...speaker, values, source: "revert" });
}
