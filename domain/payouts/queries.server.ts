import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { coopDestination, type Destination, type Fund, memberDestination } from "../ledger/account.ts";
import { fundsOf } from "../ledger/queries.server.ts";
import { type Amount, sum } from "../money/amount.ts";
import { keepsBooks } from "../sales/seller-queries.server.ts";
import { isServed } from "./served-countries.ts";
import { standings } from "./standing.server.ts";

export type AccountState = "none" | "to_complete" | "in_review" | "active" | "restricted" | "closed";

/** Why something owed is not sent, worst first; null: nothing is in the way, or nothing is owed. */
export type HeldBecause =
  | "owes_first"
  | "no_account"
  | "country_not_served"
  | "account_to_complete"
  | "account_in_review"
  | "account_restricted"
  | "account_closed"
  | "stripe_refused"
  | "funds_not_available"
  | "needs_a_person"
  | "disputed"
  | "share_not_accepted"
  | "under_threshold";

export type PayoutStanding = {
  destination: Destination;
  account: AccountState;
  /** Of the account's state. */
  since: Date | null;
  /** What Stripe asks for, in its own words; and until when, where it says so. */
  requirements: string | null;
  dueAt: Date | null;
  /** The last deposit at their bank, where it was sent back and no later one arrived; amount in the currency of the bank. */
  bankTrouble: { amount: Amount; at: Date; failure: string | null } | null;
  /** Where their bank is, two letters; null: never said. */
  country: string | null;
  /** What the books say is owed now; negative: what the member owes. */
  owed: Amount;
  /** In transfers under way. */
  onItsWay: Amount;
  /** Sent so far, in all, less what came back. */
  sent: Amount;
  /** Owed and not under way. */
  held: Amount;
  heldBecause: HeldBecause | null;
  /** Since when that reason holds; null: nothing is held. */
  heldSince: Date | null;
  /** Of what is held, unsent parts of sales that a bank disputes. */
  frozen: Amount;
  threshold: Amount;
};

/** What is owed, sent and held, and why, for each membership of this person. */
export async function payoutsOfPerson(
  db: Database,
  personId: string,
): Promise<(PayoutStanding & { memberId: string; coopId: string; coopName: string; coopPlace: string })[]> {
  const members = await db
    .selectFrom("member")
    .innerJoin("coop", "coop.id", "member.coop_id")
    .select([
      "member.id as memberId",
      "coop.id as coopId",
      "coop.name as coopName",
      "coop.place as coopPlace",
    ])
    .where("member.person_id", "=", personId)
    .orderBy("coop.name")
    .execute();
  const standing = await payoutStandings(
    db,
    members.map((member) => memberDestination(member.memberId)),
  );
  return members.map((member) => ({ ...member, ...standing.get(memberDestination(member.memberId))! }));
}

export type CoopBooks = {
  /** What is in each fund. */
  funds: Record<Fund, Amount>;
  /** Of the co-op itself; null for the one that owns the platform, whose money stays. */
  coop: PayoutStanding | null;
  members: (PayoutStanding & { memberId: string; name: string })[];
  /** Owed to all its members. */
  owedToMembers: Amount;
};

/**
 * The books of a co-op for its treasurers and admins: funds, and what each member is owed, was sent, and why it waits. `owedOnly`: of the
 * members, those who are owed something or owe.
 */
export async function booksOfCoop(
  db: Database,
  personId: string,
  coopId: string,
  { owedOnly = false }: { owedOnly?: boolean } = {},
): Promise<CoopBooks | null> {
  if (!(await keepsBooks(db, personId, coopId))) return null;
  const coop = await db.selectFrom("coop").select("money").where("id", "=", coopId).executeTakeFirstOrThrow();
  const members = await db
    .selectFrom("member")
    .select(["id as memberId", "name"])
    .where("coop_id", "=", coopId)
    .$if(owedOnly, (query) =>
      query.where(
        sql<boolean>`'member:' || member.id in (select account from account_balance where account like 'member:%' and balance <> 0)`,
      ),
    )
    .orderBy("name")
    .execute();
  const own = coopDestination(coopId);
  const standing = await payoutStandings(db, [
    own,
    ...members.map((member) => memberDestination(member.memberId)),
  ]);
  const listed = members.map((member) => ({
    ...member,
    ...standing.get(memberDestination(member.memberId))!,
  }));
  return {
    funds: await fundsOf(db, coopId),
    coop: coop.money === "own" ? standing.get(own)! : null,
    members: listed,
    owedToMembers: sum(listed.map((member) => member.owed)),
  };
}

export async function payoutStandings(
  db: Database,
  destinations: readonly Destination[],
): Promise<Map<Destination, PayoutStanding>> {
  const found = await standings(db, destinations);
  const { rows } = await sql<{
    destination: Destination;
    threshold: number;
    state: AccountState | null;
    since: Date | null;
    requirements: string | null;
    dueAt: Date | null;
    hold: "account_invalid" | "balance_insufficient" | "idempotency_error" | null;
    heldAt: Date | null;
    bankAmount: number | null;
    bankFailedAt: Date | null;
    bankFailure: string | null;
    country: string | null;
    sent: number;
    lastMoved: Date | null;
  }>`
    select named.destination, coalesce(member.threshold, 0) as threshold, account.state, account.state_at as since,
      account.reason as requirements, account.due_at as "dueAt", account.hold, account.held_at as "heldAt",
      account.bank_amount as "bankAmount", account.bank_failed_at as "bankFailedAt", account.bank_failure as "bankFailure",
      member.bank_country as country,
      coalesce((select max(state_at) from transfer where transfer.destination = named.destination and state = 'sent'),
        (select min(sale.split_at) from split_part as part join sale_line as line on line.id = part.sale_line_id
          join sale on sale.id = line.sale_id where part.account = named.destination)) as "lastMoved",
      coalesce((select sum(amount) from transfer where transfer.destination = named.destination and state = 'sent'), 0)::bigint
        - coalesce((select sum(reversal.amount) from reversal join transfer on transfer.id = reversal.transfer_id
          where transfer.destination = named.destination and reversal.state = 'done'), 0)::bigint as sent
    from unnest(${[...destinations]}::text[]) as named (destination)
      left join member on named.destination = 'member:' || member.id
      left join payout_account as account on account.replaced_at is null
        and named.destination = coalesce('member:' || account.member_id, 'coop:' || account.coop_id)`.execute(
    db,
  );
  return new Map(
    rows.map(({ destination, threshold, state, since, requirements, dueAt, country, hold, sent, ...row }) => {
      const { credit, onItsWay, unaccepted, frozen } = found.get(destination)!;
      const account = state ?? "none";
      const held = Math.max(0, credit - onItsWay);
      const why = (): HeldBecause | null => {
        if (credit < 0) return "owes_first";
        if (held === 0) return null;
        if (account !== "active" && country !== null && !isServed(country)) return "country_not_served";
        if (account === "none") return "no_account";
        if (account !== "active") return `account_${account}`;
        if (hold === "account_invalid") return "stripe_refused";
        if (hold === "balance_insufficient") return "funds_not_available";
        if (hold === "idempotency_error") return "needs_a_person";
        if (held - unaccepted - frozen < Math.max(1, threshold)) {
          if (frozen > 0) return "disputed";
          return unaccepted > 0 ? "share_not_accepted" : "under_threshold";
        }
        return null;
      };
      const heldBecause = why();
      const heldSince = row.heldAt ?? (account === "none" || account === "active" ? row.lastMoved : since);
      return [
        destination,
        {
          destination,
          account,
          since,
          requirements,
          dueAt,
          bankTrouble:
            row.bankFailedAt === null
              ? null
              : { amount: row.bankAmount ?? 0, at: row.bankFailedAt, failure: row.bankFailure },
          country,
          owed: credit,
          onItsWay,
          sent,
          held,
          heldBecause,
          heldSince: heldBecause === null ? null : heldSince,
          frozen,
          threshold,
        },
      ];
    }),
  );
}

export type SentTransfer = {
  id: string;
  amount: Amount;
  sentAt: Date;
  /** Of it, what came back after refunds and lost disputes. */
  reversed: Amount;
  /** null: a release, of several sales. */
  saleId: string | null;
};

/** The transfers made to the memberships of this person, the latest first. */
export async function transfersOfPerson(
  db: Database,
  personId: string,
  limit = 100,
): Promise<SentTransfer[]> {
  return db
    .selectFrom("transfer")
    .innerJoin("payout_account", "payout_account.id", "transfer.payout_account_id")
    .innerJoin("member", "member.id", "payout_account.member_id")
    .select(["transfer.id", "transfer.amount", "transfer.state_at as sentAt", "transfer.sale_id as saleId"])
    .select(
      sql<number>`coalesce((select sum(reversal.amount) from reversal
        where reversal.transfer_id = transfer.id and reversal.state = 'done'), 0)::integer`.as("reversed"),
    )
    .where("member.person_id", "=", personId)
    .where("transfer.state", "=", "sent")
    .orderBy("transfer.state_at", "desc")
    .limit(limit)
    .execute();
}
