import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { Destination } from "../ledger/account.ts";
import { type Amount, settlementCurrency } from "../money/amount.ts";
import { keepsBooks } from "../sales/seller-queries.server.ts";
import { type PayoutStanding, payoutStandings } from "./queries.server.ts";

/** Who is owed money, as the staff of their co-op know them: a member, or the co-op itself where it has an account of its own. */
export type Payee = {
  destination: Destination;
  coopId: string;
  /** null: the co-op itself. */
  memberId: string | null;
  name: string;
  email: string | null;
  /** In use now. */
  payoutAccountId: string | null;
  stripeAccount: string | null;
  /** The co-op marked their account as one that others may use too. */
  isShared: boolean;
};
export type PayeeRow = Payee &
  PayoutStanding & { lastSent: { id: string; amount: Amount; sentAt: Date } | null };

/**
 * Everybody whom a co-op's books owe, or who owe them, for its treasurers and admins; null for anybody else. First what waits for a
 * person, then debts, then what is held, then the others; by name.
 */
export async function payeesOfCoop(
  db: Database,
  personId: string,
  coopId: string,
): Promise<PayeeRow[] | null> {
  if (!(await keepsBooks(db, personId, coopId))) return null;
  const payees = await payeesWhere(db, sql`payee.coop_id = ${coopId}::uuid`);
  const named = payees.map(({ destination }) => destination);
  const standing = await payoutStandings(db, named);
  const { rows: last } = await sql<{ destination: string; id: string; amount: Amount; sentAt: Date }>`
    select named.destination, sent.id, sent.amount, sent.state_at as "sentAt"
    from unnest(${named}::text[]) as named (destination) cross join lateral (
      select id, amount, state_at from transfer where transfer.destination = named.destination and state = 'sent'
      order by state_at desc limit 1) as sent`.execute(db);
  const lastOf = new Map(last.map(({ destination, ...sent }) => [destination, sent]));
  return payees
    .map((payee) => ({
      ...payee,
      ...standing.get(payee.destination)!,
      lastSent: lastOf.get(payee.destination) ?? null,
    }))
    .sort((a, b) => urgency(a) - urgency(b));
}

function urgency({ heldBecause, owed, held, bankTrouble }: PayeeRow): number {
  if (heldBecause === "needs_a_person") return 0;
  if (owed < 0) return 1;
  if (held > 0) return 2;
  return bankTrouble ? 3 : 4;
}

/** One payee, found through who keeps the books of their co-op; null for anybody else. */
export async function findPayee(
  db: Database,
  personId: string,
  destination: Destination,
): Promise<(Payee & PayoutStanding) | null> {
  const [payee] = await payeesWhere(db, sql`payee.destination = ${destination}`);
  if (!payee || !(await keepsBooks(db, personId, payee.coopId))) return null;
  return { ...payee, ...(await payoutStandings(db, [destination])).get(destination)! };
}

async function payeesWhere(db: Database, where: ReturnType<typeof sql<boolean>>): Promise<Payee[]> {
  const { rows } = await sql<Payee>`
    with payee as (
      select 'member:' || member.id as destination, member.coop_id, member.id as member_id, member.name, person.email
      from member join person on person.id = member.person_id
      union all
      select 'coop:' || id, id, null, name, null from coop where money = 'own')
    select payee.destination, payee.coop_id as "coopId", payee.member_id as "memberId", payee.name, payee.email,
      account.id as "payoutAccountId", account.stripe_account as "stripeAccount",
      exists (select from shared_account where shared_account.stripe_account = account.stripe_account) as "isShared"
    from payee left join payout_account as account on account.replaced_at is null
      and case when payee.member_id is null then account.coop_id = payee.coop_id else account.member_id = payee.member_id end
    where ${where} order by payee.member_id is not null, payee.name, payee.destination`.execute(db);
  return rows;
}

export type PayeeTransfer = {
  id: string;
  amount: Amount;
  state: "intended" | "sent" | "refused" | "stuck";
  stateAt: Date;
  calls: number;
  refusal: string | null;
  stripeTransfer: string | null;
  saleId: string | null;
  saleNumber: number | null;
  reversed: Amount;
};
export type PayeeAct = {
  id: string;
  act:
    | "clear"
    | "retry"
    | "share"
    | "notice"
    | "outside"
    | "write_off"
    | "write_off_undone"
    | "unclaimed"
    | "reclaim"
    | "remit"
    | "remit_back";
  /** What was seen, how it was told, the proof or the reason. */
  words: string | null;
  /** The day of a notice or of a payment. */
  on: string | null;
  amount: Amount | null;
  /** null: the house. */
  by: string | null;
  at: Date;
};

/** What was sent to a payee and what was done for them, the latest first. Find the payee through the person before. */
export async function historyOfPayee(
  db: Database,
  destination: Destination,
  limit = 50,
): Promise<{ transfers: PayeeTransfer[]; acts: PayeeAct[] }> {
  const [{ rows: transfers }, { rows: acts }] = await Promise.all([
    sql<PayeeTransfer>`
      select transfer.id, transfer.amount, transfer.state, transfer.state_at as "stateAt", transfer.calls, transfer.refusal,
        transfer.stripe_transfer as "stripeTransfer", transfer.sale_id as "saleId", sale.number as "saleNumber",
        coalesce((select sum(reversal.amount) from reversal
          where reversal.transfer_id = transfer.id and reversal.state = 'done'), 0)::integer as reversed
      from transfer left join sale on sale.id = transfer.sale_id
      where transfer.destination = ${destination} order by transfer.created_at desc, transfer.id desc limit ${limit}`.execute(
      db,
    ),
    sql<PayeeAct>`
      select act.*, coalesce(person.name, person.email) || coalesce(', ' || (select coalesce(two.name, two.email)
        from money_act pair join person two on two.id = pair.decided_by where pair.made_id = act.id), '') as by from (
        select id, act, words, on_day as "on", null::bigint as amount, done_by, done_at as at from payee_act
          where destination = ${destination}
        union all
        select id, 'outside', reference, paid_on, amount, recorded_by, recorded_at from outside_payment
          where 'member:' || member_id = ${destination}
        union all
        select id, 'write_off', reason, null, amount, decided_by, decided_at from write_off
          where 'member:' || member_id = ${destination}
        union all
        select id, 'unclaimed', null, notice_on, amount, set_aside_by, set_aside_at from unclaimed_amount
          where 'member:' || member_id = ${destination}
        union all
        select id, 'reclaim', null, null, amount, reclaimed_by, reclaimed_at from unclaimed_amount
          where 'member:' || member_id = ${destination} and reclaimed_at is not null
        union all
        select id, 'write_off_undone', null, null, amount, null, undone_at from write_off_undone where write_off_id in (
          select id from write_off where 'member:' || member_id = ${destination})
        union all
        select id, 'remit', concat_ws(', ', authority, reference), paid_on, amount, recorded_by, recorded_at from remittance
          where 'member:' || member_id = ${destination}
        union all
        select id, 'remit_back', undone_reason, null, amount, undone_by, undone_at from remittance
          where 'member:' || member_id = ${destination} and undone_at is not null) as act
      left join person on person.id = act.done_by order by at desc, act.id desc limit ${limit}`.execute(db),
  ]);
  return { transfers, acts };
}

/** Of which payout account a letter speaks, and to whom it goes; null where the account is a co-op's or was replaced. */
export type NoticeFacts = {
  email: string;
  name: string;
  locale: "fr" | "en";
  coopName: string;
  state: string;
  /** Of all amounts here. */
  currency: string;
  requirements: string | null;
  dueAt: Date | null;
  stateAt: Date;
  bankPayout: string | null;
  bankAmount: Amount | null;
  owed: Amount;
};
export async function noticeFacts(db: Database, payoutAccountId: string): Promise<NoticeFacts | null> {
  const { rows } = await sql<Omit<NoticeFacts, "owed" | "currency"> & { destination: Destination }>`
    select person.email, member.name, person.locale, coop.name as "coopName", account.state,
      account.reason as requirements,
      account.due_at as "dueAt", account.state_at as "stateAt", account.bank_payout as "bankPayout",
      account.bank_amount as "bankAmount", 'member:' || member.id as destination
    from payout_account as account join member on member.id = account.member_id
      join person on person.id = member.person_id join coop on coop.id = member.coop_id
    where account.id = ${payoutAccountId}::uuid and account.replaced_at is null`.execute(db);
  const found = rows[0];
  if (!found) return null;
  const { destination, ...facts } = found;
  return {
    ...facts,
    currency: settlementCurrency,
    owed: (await payoutStandings(db, [destination])).get(destination)!.owed,
  };
}

/** The accounts that a member of this co-op may use beside their owner. */
export async function sharedAccounts(
  db: Database,
  coopIds: readonly string[],
): Promise<{ stripeAccount: string; coopId: string; name: string; memberId: string }[]> {
  if (coopIds.length === 0) return [];
  const { rows } = await sql<{ stripeAccount: string; coopId: string; name: string; memberId: string }>`
    select shared.stripe_account as "stripeAccount", shared.coop_id as "coopId", member.name, member.id as "memberId"
    from shared_account as shared join payout_account as account on account.stripe_account = shared.stripe_account
      and account.shared_account is null and account.replaced_at is null and account.state <> 'closed'
      join member on member.id = account.member_id
    where shared.coop_id = any (${[...coopIds]}::uuid[]) order by member.name`.execute(db);
  return rows;
}
