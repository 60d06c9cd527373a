import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";
import { accounts } from "../ledger/account.ts";
import { post } from "../ledger/post.server.ts";
import type { Amount } from "../money/amount.ts";
import { holdsIn } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";
import { type Patronage, shareSurplus } from "./ristourne.ts";
import { patronageOfYear } from "./ristourne-queries.server.ts";

export type YearToClose = {
  coopId: string;
  /** Of the calendar, in the co-op's time zone. */
  year: number;
  /** The meeting's, from the co-op's full accounts: not compared with the ledger. Cents. */
  surplus: Amount;
  reserveBp: number;
  nonMemberBp?: number | undefined;
  /** As the meeting had it; absent: reckoned from the ledger. */
  patronage?: readonly Patronage[] | undefined;
  /** Who posts it, a treasurer or admin of the co-op; null: the house. */
  by: string | null;
};

/**
 * Gives a year's surplus back to the members of a co-op (entry `ristourne`; what each gets: `shareSurplus`), keeps its figures with who
 * and when, and rings `release-payee` for those who can be sent theirs. Once for each co-op and year: again, with whatever figures, it
 * changes nothing. Refuses `no_surplus`, `not_found`, and `ristourne_elsewhere` (the co-op's money is not on the platform).
 */
export async function closeYear(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  asked: YearToClose,
): Promise<{ ristourneId: string; isNew: boolean }> {
  if (asked.surplus <= 0) throw new Refusal("no_surplus");
  return inTransaction(db, async (trx) => {
    await checkCoop(trx, asked);
    const known = await trx
      .selectFrom("ristourne")
      .select("id")
      .where("coop_id", "=", asked.coopId)
      .where("year", "=", asked.year)
      .executeTakeFirst();
    if (known) return { ristourneId: known.id, isNew: false };
    return { ristourneId: await postRistourne(trx, house, asked), isNew: true };
  });
}

/** Locks the co-op: two who close the same year follow each other. */
async function checkCoop(trx: Transaction<DB>, { coopId, by }: YearToClose): Promise<void> {
  const { rows } = await sql<{ money: string; theirs: boolean }>`
    select coop.money, ${by === null ? sql`true` : holdsIn(by, "closeYear", sql`coop.id`)} as theirs
    from coop where coop.id = ${coopId}::uuid for no key update of coop`.execute(trx);
  if (!rows[0]?.theirs) throw new Refusal("not_found");
  if (rows[0].money !== "platform") throw new Refusal("ristourne_elsewhere");
}

async function postRistourne(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  { coopId, year, surplus, reserveBp, nonMemberBp = 0, patronage, by }: YearToClose,
): Promise<string> {
  const shared = shareSurplus(
    { surplus, nonMemberBp, reserveBp },
    patronage ?? (await patronageOfYear(trx, { coopId, year })),
  );
  const id = v7();
  const now = house.clock.now();
  await trx
    .insertInto("ristourne")
    .values({
      id,
      coop_id: coopId,
      year,
      surplus,
      non_member_bp: nonMemberBp,
      reserve_bp: reserveBp,
      patronage: patronage ? "given" : "reckoned",
      posted_by: by,
      posted_at: now,
    })
    .execute();
  if (shared.parts.length > 0) {
    await trx
      .insertInto("ristourne_part")
      .values(
        shared.parts.map((part, i) => ({
          ristourne_id: id,
          member_id: part.memberId,
          position: i + 1,
          patronage: part.patronage,
          amount: part.amount,
        })),
      )
      .execute();
  }
  await post(trx, house, {
    key: `ristourne:${coopId}:${year}`,
    kind: "ristourne",
    postings: [
      { account: accounts.fund(coopId, "operating"), amount: surplus },
      {
        account: accounts.fund(coopId, "reserve"),
        amount: -(shared.fromNonMembers + shared.toReserve + shared.unshared),
      },
      ...shared.parts.map((part) => ({ account: accounts.member(part.memberId), amount: -part.amount })),
    ],
  });
  await trx
    .insertInto("audit")
    .values({
      id: v7(),
      coop_id: coopId,
      person_id: by,
      verb: "close-year",
      subject: `coop:${coopId}`,
      after: JSON.stringify({ year, surplus, reserveBp, nonMemberBp, ristourneId: id }),
      at: now,
    })
    .execute();
  await ringReleases(
    trx,
    house,
    shared.parts.filter((part) => part.amount > 0).map((part) => part.memberId),
  );
  return id;
}

/** Members whose account may be sent money now; the others are sent theirs when it can. */
async function ringReleases(
  trx: Transaction<DB>,
  house: Pick<House, "queue">,
  memberIds: readonly string[],
): Promise<void> {
  if (memberIds.length === 0) return;
  const payees = await trx
    .selectFrom("payout_account")
    .select("id as payoutAccountId")
    .where("member_id", "in", [...memberIds])
    .where("replaced_at", "is", null)
    .where("state", "=", "active")
    .orderBy("id")
    .execute();
  await enqueueAll(trx, house, "release-payee", payees);
}
