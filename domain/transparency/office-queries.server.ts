import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { keptBy } from "../coops/keepers.server.ts";
import type { House } from "../house.ts";
import type { Amount } from "../money/amount.ts";
import { rolesFor } from "../people/permitted.server.ts";

/** Days and months are those of the co-op's street. One zone for the house, until a co-op elsewhere asks for its own. */
const zone = "America/Montreal";

/** The sales of a co-op's own lines, where this person keeps its books. */
const ownLines = (
  personId: string,
  coopId: string,
) => sql`line.coop_id = ${coopId}::uuid and exists (select from coop_role r
  where r.coop_id = line.coop_id and r.person_id = ${personId}::uuid and r.role in (${rolesFor("readMoney")}))`;

export type Period = { sales: number; copies: number; amount: Amount };
export type OfficeFigures = {
  today: Period;
  month: Period;
  /** The last thirty days, today the last; days without a sale are there with 0. */
  days: { day: string; amount: Amount; sales: number }[];
  /** Paid sales of which the exact fee is not known yet. */
  waitingForFee: number;
  /** Transfers that a person must look at. */
  stuck: number;
  /** Receipts that a mail server will never take. */
  refusedMails: number;
  /** Disputes and questions of banks that nobody has answered yet. */
  toAnswer: number;
  /** Refunds that Stripe refused, or that came back, in the last thirty days. */
  failedRefunds: number;
  /** What the books and Stripe do not agree on and nobody has explained; for the co-op that owns the platform. */
  differences: number;
};

/** What the office shows first. Amounts are the co-op's own lines, before tax. */
export async function officeFigures(
  db: Database,
  house: Pick<House, "clock">,
  personId: string,
  coopId: string,
): Promise<OfficeFigures> {
  const now = house.clock.now();
  // Each alarm begins with the few that it is about, never with all that was ever sold.
  const hasOwnLine = (saleId: RawBuilder<unknown>) =>
    sql<boolean>`exists (select from sale_line as line where line.sale_id = ${saleId} and ${ownLines(personId, coopId)})`;
  const [{ rows: days }, { rows: alarms }] = await Promise.all([
    sql<{ day: string; amount: Amount; sales: number; copies: number; inMonth: boolean; recent: boolean }>`
      with today as (select (${now}::timestamptz at time zone ${zone})::date as today),
      sold as (
        select (sale.paid_at at time zone ${zone})::date as day, sum(line.amount) as amount,
          count(distinct sale.id) as sales, sum(line.quantity) as copies
        from sale_line as line join sale on sale.id = line.sale_id, today
        where ${ownLines(personId, coopId)} and sale.state in ('paid', 'claimed')
          -- Said twice: an instant that is known beforehand, so that the index by time is used, then the exact one.
          and sale.paid_at >= ${new Date(now.getTime() - 33 * 86_400_000)} and sale.paid_at >= (least(date_trunc('month', today)::date, today - 29)::timestamp at time zone ${zone})
        group by day)
      select given.day::date::text as day, coalesce(sold.amount, 0)::bigint as amount,
        coalesce(sold.sales, 0)::integer as sales, coalesce(sold.copies, 0)::integer as copies,
        given.day >= date_trunc('month', today) as "inMonth", given.day > today - 30 as recent
      from today cross join lateral
        generate_series(least(date_trunc('month', today)::date, today - 29)::timestamp, today::timestamp, '1 day') as given (day)
        left join sold on sold.day = given.day::date
      order by given.day`.execute(db),
    sql<Omit<OfficeFigures, "today" | "month" | "days">>`
      select
        (select count(*)::integer from sale where state = 'paid' and split_at is null and ${hasOwnLine(sql`sale.id`)}) as "waitingForFee",
        (select count(*)::integer from transfer where state = 'stuck' and exists (select from transfer_part as part
          where part.transfer_id = transfer.id and ${hasOwnLine(sql`part.sale_id`)})) as stuck,
        (select count(*)::integer from mail_sent where refused_at is not null and key like 'receipt:%'
          and ${hasOwnLine(sql`substring(key from 9)::uuid`)}) as "refusedMails",
        (select count(*)::integer from dispute
          where dispute.state in ('open', 'inquiry') and not exists (select from dispute_evidence as evidence
            where evidence.dispute_id = dispute.id and evidence.state in ('asked', 'sent'))
            -- The co-op that owns the platform answers the banks for all.
            and (${hasOwnLine(sql`dispute.sale_id`)} or exists (select from coop join coop_role r on r.coop_id = coop.id
              where coop.id = ${coopId}::uuid and coop.money = 'platform' and r.person_id = ${personId}::uuid
                and r.role in (${rolesFor("readMoney")})))) as "toAnswer",
        (select count(*)::integer from refund where refund.state in ('failed', 'refused')
          and refund.state_at > ${now}::timestamptz - interval '30 days' and ${hasOwnLine(sql`refund.sale_id`)}) as "failedRefunds",
        (select count(*)::integer from difference where closed_at is null
          and exists (select from coop join coop_role r on r.coop_id = coop.id
            where coop.id = ${coopId}::uuid and coop.money = 'platform' and r.person_id = ${personId}::uuid
              and r.role in (${rolesFor("readMoney")}))) as differences`.execute(db),
  ]);
  const add = (kept: typeof days): Period => ({
    sales: kept.reduce((sum, day) => sum + day.sales, 0),
    copies: kept.reduce((sum, day) => sum + day.copies, 0),
    amount: kept.reduce((sum, day) => sum + day.amount, 0),
  });
  return {
    today: add(days.slice(-1)),
    month: add(days.filter((day) => day.inMonth)),
    days: days.filter((each) => each.recent).map(({ day, amount, sales }) => ({ day, amount, sales })),
    ...alarms[0]!,
  };
}

export type FoundSale = {
  id: string;
  number: number;
  state: "paid" | "claimed";
  paidAt: Date;
  email: string;
  titles: string[];
  currency: string;
  /** The co-op's own lines, before tax. */
  amount: Amount;
  total: Amount;
  split: boolean;
  /** Of the co-op's own lines, taxes with them, what refunds and lost disputes took and no failed refund gave back. */
  takenBack: Amount;
  /** A bank disputes it, or asks about it. */
  disputed: boolean;
};

/**
 * The sales of a co-op, the latest first. `words`: an address or its beginning, a receipt's number, or words of a title, without
 * regard to accents and case.
 */
export async function searchSales(
  db: Database,
  personId: string,
  coopId: string,
  { words, limit, offset }: { words: string; limit: number; offset: number },
): Promise<FoundSale[]> {
  const number = /^#?\s*(\d{1,15})$/.exec(words)?.[1];
  const escaped = (text: string) => text.replace(/[\\%_]/g, "\\$&");
  const byMail = sql`select sale.id from sale where sale.email like ${`${escaped(words.toLowerCase())}%`}`;
  const byTitle = sql`select any_line.sale_id from sale_line as any_line
    where plain(any_line.title) like plain(${`%${escaped(words)}%`})`;
  const wanted =
    words === ""
      ? sql`true`
      : number
        ? sql`sale.number = ${Number(number)}`
        : words.includes("@")
          ? sql`sale.id in (${byMail})`
          : sql`sale.id in (${byMail} union all ${byTitle})`;
  // The page is chosen first, newest first, and only its sales are read in full.
  const { rows } = await sql<FoundSale>`
    with page as materialized (
      select sale.* from sale where sale.state in ('paid', 'claimed') and ${wanted}
        and exists (select from sale_line as line where line.sale_id = sale.id and ${ownLines(personId, coopId)})
      order by sale.paid_at desc, sale.id desc limit ${limit} offset ${offset})
    select sale.id, sale.number, sale.state, sale.paid_at as "paidAt", sale.email, sale.currency, sale.total, own.titles,
      own.amount, sale.state = 'claimed' or sale.split_at is not null as split,
      coalesce((select sum(taken.amount) from taken_part as taken
        where taken.sale_line_id = any (own.ids) and taken.given_back_at is null), 0)::integer as "takenBack",
      exists (select from dispute where dispute.sale_id = sale.id and dispute.state in ('open', 'inquiry')) as disputed
    from page as sale cross join lateral (
      select array_agg(line.id) as ids, array_agg(line.title order by line.position) as titles, sum(line.amount)::integer as amount
      from sale_line as line where line.sale_id = sale.id and line.coop_id = ${coopId}::uuid) as own
    order by sale.paid_at desc, sale.id desc`.execute(db);
  return rows;
}

export type SaleTransfer = {
  id: string;
  destination: string;
  /** Whom it goes to. */
  name: string;
  /** What it brings of this sale. */
  amount: Amount;
  state: "intended" | "sent" | "refused" | "stuck";
  stateAt: Date;
  /** Several sales in one transfer. */
  release: boolean;
  stripeTransfer: string | null;
  calls: number;
  refusal: string | null;
};
export type SaleMail = {
  recipient: string;
  sentAt: Date | null;
  refusedAt: Date | null;
  refusal: string | null;
};

/**
 * What followed a sale: its transfers in their order, those of other co-ops and their members left out, and its receipt. Ask for
 * the sale itself through the person first.
 */
export async function afterSale(
  db: Database,
  personId: string,
  saleId: string,
): Promise<{ transfers: SaleTransfer[]; mail: SaleMail | null }> {
  const [{ rows: transfers }, mail] = await Promise.all([
    sql<SaleTransfer>`
      select t.id, t.destination, coalesce(m.name, c.name, t.destination) as name, sum(p.amount)::bigint as amount,
        t.state, t.state_at as "stateAt", t.sale_id is null as release, t.stripe_transfer as "stripeTransfer", t.calls, t.refusal
      from transfer_part p join transfer t on t.id = p.transfer_id
        left join member m on t.destination = 'member:' || m.id
        left join coop c on t.destination = 'coop:' || c.id
      where p.sale_id = ${saleId}::uuid and ${keptBy(personId, sql`coalesce(m.coop_id, c.id)`)}
      group by t.id, m.name, c.name order by t.created_at, t.id`.execute(db),
    db
      .selectFrom("mail_sent")
      .select(["recipient", "sent_at as sentAt", "refused_at as refusedAt", "refusal"])
      .where("key", "=", `receipt:${saleId}`)
      .executeTakeFirst(),
  ]);
  return { transfers, mail: mail ?? null };
}
