import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { freeWorkSlug } from "./work-slug.server.ts";

/**
 * Starts a work in the studio of a member: a draft, with a title or none (the file often knows it). Its slug is provisional until
 * it is first submitted. Refuses `not_found` where the member is not this person's, or has left.
 */
export function startWork(
  db: Database,
  house: Pick<House, "clock">,
  input: { personId: string; memberId: string; kind: "book" | "album"; title?: string },
): Promise<{ workId: string; slug: string }> {
  const now = house.clock.now();
  return inTransaction(db, async (trx) => {
    const member = await trx
      .selectFrom("member")
      .select("coop_id")
      .where("id", "=", input.memberId)
      .where("person_id", "=", input.personId)
      .where("left_at", "is", null)
      .executeTakeFirst();
    if (!member) throw new Refusal("not_found");
    const workId = v7();
    const title = input.title?.trim() ?? "";
    const slug = await freeWorkSlug(trx, { title, kind: input.kind });
    await trx
      .insertInto("work")
      .values({
        id: workId,
        coop_id: member.coop_id,
        member_id: input.memberId,
        slug,
        kind: input.kind,
        title,
        state: "draft",
        state_at: now,
        created_at: now,
        updated_at: now,
      })
      .execute();
    if (title) {
      // What the artist typed outranks the file's title when the file is read.
      await trx
        .insertInto("finding")
        .values({
          id: v7(),
          work_id: workId,
          field: "title",
          value: JSON.stringify(title),
          origin: "artist",
          source: "form",
          person_id: input.personId,
          found_at: now,
        })
        .execute();
    }
    return { workId, slug };
  });
}
