import type { Transaction } from "kysely";
import type { DB } from "#db/schema.ts";
import { Refusal } from "../refusal.ts";

export type OwnWork = {
  id: string;
  coopId: string;
  memberId: string;
  kind: "book" | "album";
  state: "draft" | "submitted" | "returned" | "published" | "withdrawn";
  slug: string;
  title: string;
  everPublished: boolean;
};

/**
 * The work of a studio, found through its person and locked until the transaction ends. Refuses `not_found` where it is another's
 * `work_merged` where it was joined to another,
 * and `work_submitted` while the co-op reads it: what is being judged does not change under the judge. `evenSubmitted` lets through.
 */
export async function ownWork(
  trx: Transaction<DB>,
  { personId, workId, evenSubmitted = false }: { personId: string; workId: string; evenSubmitted?: boolean },
): Promise<OwnWork> {
  const work = await trx
    .selectFrom("work")
    .innerJoin("member", "member.id", "work.member_id")
    .select((eb) => [
      "work.id",
      "work.coop_id as coopId",
      "work.member_id as memberId",
      "work.kind",
      "work.state",
      "work.slug",
      "work.title",
      "work.merged_into as mergedInto",
      eb("work.published_at", "is not", null).as("everPublished"),
    ])
    .where("work.id", "=", workId)
    .where("member.person_id", "=", personId)
    .where("member.left_at", "is", null)
    .forNoKeyUpdate(["work"])
    .executeTakeFirst();
  if (!work) throw new Refusal("not_found");
  if (work.mergedInto !== null) throw new Refusal("work_merged");
  if (work.state === "submitted" && !evenSubmitted) throw new Refusal("work_submitted");
  return work as OwnWork;
}
