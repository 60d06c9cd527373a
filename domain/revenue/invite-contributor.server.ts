import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import { ownWork } from "../catalogue/own-work.server.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { admitMember } from "../membership/admit-member.server.ts";
import { Refusal } from "../refusal.ts";
import { sharesOfWork } from "./queries.server.ts";
import { setShares } from "./set-shares.server.ts";

/**
 * Names somebody by their address as one who shares in a work: they become a member of its co-op where they are none, get these
 * parts beside those who share already, and are asked by mail to accept. Until then what they earn is held for them. Where nobody
 * shared, `parts` stand beside one part of the studio's member. Named again, they are not written to again but their parts change.
 * Refuses `not_found`, `work_submitted`, `shares_invalid`, `member_left` (the co-op alone takes back who had left), and `too_many_requests` above 20 invitations a day by one person.
 */
export function inviteContributor(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  input: {
    personId: string;
    workId: string;
    email: string;
    name: string;
    parts: number;
    locale: "fr" | "en";
  },
): Promise<{ memberId: string }> {
  const now = house.clock.now();
  return inTransaction(db, async (trx) => {
    const work = await ownWork(trx, input);
    const { rows } = await sql<{ count: number }>`
      select count(*) from member where invited_by = ${input.personId}
        and invited_at > ${now}::timestamptz - interval '1 day'`.execute(trx);
    if ((rows[0]?.count ?? 0) >= mostInADay) throw new Refusal("too_many_requests");
    const { memberId, admitted } = await admitMember(trx, house, {
      coopId: work.coopId,
      email: input.email,
      name: input.name,
      locale: input.locale,
      invitedBy: input.personId,
    });
    const current = (await sharesOfWork(trx, work.id, now))?.shares ?? [
      { memberId: work.memberId, parts: 1 },
    ];
    const others = current.filter((share) => share.memberId !== memberId);
    await setShares(trx, house, {
      workId: work.id,
      shares: [
        ...others.map(({ memberId, parts }) => ({ memberId, parts })),
        { memberId, parts: input.parts },
      ],
      by: work.memberId,
    });
    if (admitted) await enqueue(trx, house, "send-invitation", { memberId, workId: work.id });
    return { memberId };
  });
}
const mostInADay = 20;
