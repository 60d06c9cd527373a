import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import type { Amount } from "../money/amount.ts";
import type { Payee } from "./payee-queries.server.ts";
import type { PayoutStanding } from "./queries.server.ts";
import { standings } from "./standing.server.ts";
import { unclaimedOf } from "./unclaimed-queries.server.ts";

/** What staff may do for a payee now. */
export type PayeeChoices = {
  /** A transfer stopped for a person. */
  clear: boolean;
  retry: boolean;
  share: boolean;
  /** What may be paid outside, at most; 0: nothing. */
  outside: Amount;
  /** What they owe, and the co-op may give up. */
  writeOff: Amount;
  /** A notice may be recorded: something is held of a member who can be sent nothing. */
  notice: boolean;
  /** After a notice given on that day, what may be handed over. */
  unclaimed: { amount: Amount; noticeOn: string } | null;
  /** Set aside, and theirs when they come back; may be paid to the State. */
  setAside: Amount;
  /** To whom it is paid, by where the co-op is; empty where nobody here knows. */
  authority: string;
  /** Paid to the State, the latest first: what may come back. */
  remitted: { remittanceId: string; amount: Amount; authority: string; paidOn: string; reference: string }[];
};

/** Who keeps what nobody claimed, by place: the co-op may name another. */
const authorities: Record<string, string> = { "CA-QC": "Revenu Québec", FR: "Caisse des Dépôts" };

/** Asked again by each verb when it comes to it: this only says which forms are worth showing. */
export async function choicesFor(
  db: Database,
  house: Pick<House, "clock">,
  payee: Payee & PayoutStanding,
): Promise<PayeeChoices> {
  const { destination, memberId, coopId, account, heldBecause } = payee;
  const { free } = (await standings(db, [destination])).get(destination)!;
  const { rows } = await sql<{
    stuck: boolean;
    noticeOn: string | null;
    setAside: number;
    place: string;
    remitted: PayeeChoices["remitted"];
  }>`
    with aside as (
      select amount, set_aside_at, reclaimed_at, remittance_id from unclaimed_amount where member_id = ${memberId}::uuid)
    select exists (select from transfer where destination = ${destination} and state = 'stuck') as stuck,
      (select max(on_day) from payee_act where destination = ${destination} and act = 'notice'
        and done_at > coalesce((select max(set_aside_at) from aside), '-infinity')) as "noticeOn",
      coalesce((select sum(amount) from aside where reclaimed_at is null and remittance_id is null), 0)::bigint as "setAside",
      (select place from coop where id = ${coopId}::uuid) as place,
      coalesce((select json_agg(json_build_object('remittanceId', id, 'amount', amount, 'authority', authority, 'paidOn', paid_on,
          'reference', reference) order by recorded_at desc)
        from remittance where member_id = ${memberId}::uuid and undone_at is null), '[]') as remitted`.execute(
    db,
  );
  const { stuck, noticeOn, setAside, place, remitted } = rows[0]!;
  const isAway = memberId !== null && account !== "active" && free > 0;
  const claimable =
    isAway && noticeOn !== null ? (await unclaimedOf(db, { memberId, now: house.clock.now() })).amount : 0;
  return {
    clear: stuck,
    retry: !stuck && payee.payoutAccountId !== null && account !== "closed" && heldBecause !== null,
    share: memberId !== null && account === "active" && !payee.isShared,
    outside: isAway ? free : 0,
    writeOff: memberId === null ? 0 : Math.max(0, -payee.owed),
    notice: isAway,
    unclaimed: claimable > 0 && noticeOn !== null ? { amount: claimable, noticeOn } : null,
    setAside,
    authority: authorities[place] ?? authorities[place.slice(0, 2)] ?? "",
    remitted,
  };
}
