import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import { ownWork } from "../catalogue/own-work.server.ts";
import { freeWorkSlug } from "../catalogue/work-slug.server.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { Refusal } from "../refusal.ts";
import { lacksOf } from "./studio-queries.server.ts";

/**
 * Hands a work to its co-op, which will publish or return it. `note` is for whoever reads it. The first time, the work takes the
 * slug of its title for good. Submitted already: the same submission is answered. Refuses `not_found`, `work_published`,
 * `work_reported` (it left the shop for a report that is not decided) and `work_incomplete`.
 */
export function submitWork(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  input: { personId: string; workId: string; note?: string | null },
): Promise<{ submissionId: string }> {
  const now = house.clock.now();
  return inTransaction(db, async (trx) => {
    const work = await ownWork(trx, { ...input, evenSubmitted: true });
    if (work.state === "published") throw new Refusal("work_published");
    const open = await trx
      .selectFrom("submission")
      .select("id")
      .where("work_id", "=", work.id)
      .where("decision", "is", null)
      .executeTakeFirst();
    if (open) return { submissionId: open.id };
    if (await isReported(trx, work.id)) throw new Refusal("work_reported");
    if ((await lacksOf(trx, work.id, now)).length > 0) throw new Refusal("work_incomplete");
    const submissionId = v7();
    await trx
      .insertInto("submission")
      .values({
        id: submissionId,
        work_id: work.id,
        member_id: work.memberId,
        note: input.note?.trim() || null,
        submitted_at: now,
      })
      .execute();
    // An address that was ever public stays; before that, it follows the title.
    const slug = work.everPublished
      ? work.slug
      : await freeWorkSlug(trx, { title: work.title, kind: work.kind, except: work.id });
    await trx
      .updateTable("work")
      .set({ state: "submitted", state_at: now, updated_at: now, slug })
      .where("id", "=", work.id)
      .execute();
    // Its tracks are made to be heard, first by who judges them.
    if (work.kind === "album") await enqueue(trx, house, "want-streams", { workId: work.id });
    return { submissionId };
  });
}

/** The desk took it out of the shop because of a report, until it decides: it does not come back by another door. */
async function isReported(db: Database, workId: string): Promise<boolean> {
  const found = await db
    .selectFrom("report")
    .select("id")
    .where("work_id", "=", workId)
    .where("unlisted_at", "is not", null)
    .where("state", "in", ["noticed", "appealed"])
    .executeTakeFirst();
  return found !== undefined;
}
