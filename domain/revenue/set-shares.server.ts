import { sql } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { shareListsInForce } from "./queries.server.ts";
import { keepsAcceptance, shareList } from "./shares.ts";

/**
 * Writes a new version of who shares in a work, in force from `from` (now when absent): sales already open keep the version
 * pinned on them. A member who set the list accepts by that; one whose fraction has not shrunk keeps an acceptance; the others
 * are asked (`accept-share`). `accepted`: members whose acceptance is known otherwise, as on paper or for demo works.
 * `seen`: the list that was shown (`none`: none), so that one that somebody else wrote meanwhile is not written over unseen.
 * Refuses `shares_changed` for that, `shares_invalid`: not whole parts, all 0, a member twice or not of a co-op here, or in force before now.
 */
export async function setShares(
  db: Database,
  { clock }: Pick<House, "clock">,
  input: {
    workId: string;
    shares: readonly { memberId: string; parts: number }[];
    from?: Date | undefined;
    /** The member who sets the list. */
    by?: string | undefined;
    accepted?: readonly string[] | undefined;
    seen?: string | undefined;
  },
): Promise<{ shareListId: string }> {
  const parsed = shareList.safeParse(input.shares);
  const now = clock.now();
  const from = input.from ?? now;
  if (!parsed.success || from < now) throw new Refusal("shares_invalid");
  const shares = parsed.data;
  return inTransaction(db, async (trx) => {
    // Two versions written at once: one after the other, so that the second sees what the first one kept.
    await sql`select id from work where id = ${input.workId} for no key update`.execute(trx);
    if (input.seen !== undefined) {
      const current = (await shareListsInForce(trx, [input.workId], now)).get(input.workId) ?? "none";
      if (current !== input.seen) throw new Refusal("shares_changed");
    }
    const known = await trx
      .selectFrom("member")
      .select("id")
      .where(
        "id",
        "in",
        shares.map((share) => share.memberId),
      )
      .execute();
    if (known.length !== shares.length) throw new Refusal("shares_invalid");
    const former = await trx
      .selectFrom("share")
      .innerJoin("share_list", "share_list.id", "share.share_list_id")
      .select(["share.member_id as memberId", "share.parts", "share.accepted_at"])
      .where("share_list_id", "=", (latest) =>
        latest
          .selectFrom("share_list")
          .select("id")
          .where("work_id", "=", input.workId)
          .orderBy("in_force_from", "desc")
          .orderBy("created_at", "desc")
          .orderBy("id", "desc")
          .limit(1),
      )
      .execute();
    const acceptedAt = (memberId: string): Date | null => {
      if (memberId === input.by || input.accepted?.includes(memberId)) return now;
      const before = former.find((share) => share.memberId === memberId)?.accepted_at ?? null;
      return before && keepsAcceptance(former, shares, memberId) ? before : null;
    };
    const shareListId = v7();
    await trx
      .insertInto("share_list")
      .values({ id: shareListId, work_id: input.workId, in_force_from: from, created_at: now })
      .execute();
    await trx
      .insertInto("share")
      .values(
        shares.map((share, i) => ({
          share_list_id: shareListId,
          member_id: share.memberId,
          parts: share.parts,
          position: i + 1,
          accepted_at: acceptedAt(share.memberId),
        })),
      )
      .execute();
    return { shareListId };
  });
}
