import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { postedBefore, withPostings } from "../ledger/carried.server.ts";
import { type Amount, settlementCurrency, sum } from "../money/amount.ts";
import { booksOfCoop, type CoopBooks } from "../payouts/queries.server.ts";
import { settledAmounts } from "../sales/settled-amounts.ts";
import { groupOrder, seenFrom } from "./books-queries.server.ts";
import { entryColumns, type LineAmounts, lineMovements, startOf, within } from "./line-movement.server.ts";
import type { Period } from "./statement-period.ts";

/** What the co-op's own lines were sold for and where that went, for one kind of entry; money that went back is negative. */
export type SoldTotal = LineAmounts & {
  kind: "split" | "refund" | "refund_failed" | "dispute_lost";
  sales: number;
  lines: number;
};

/** A group of accounts over a period. Sums of debits and credits; opening and closing debit positive, as the books. */
export type GroupMovement = {
  /** An account, or `member`, `pool`, `clearing`, `suspense`, `unclaimed` for all those of a kind. */
  group: string;
  /** Whose, for funds, members and pools. */
  coopName: string | null;
  opening: Amount;
  debit: Amount;
  credit: Amount;
  closing: Amount;
};

/** A tax, credit positive: what buyers paid of it is to be handed over, less what went back to them. */
export type TaxTotal = {
  code: string;
  /** Not handed over before the period; null where another co-op holds the tax for this one. */
  opening: Amount | null;
  collected: Amount;
  givenBack: Amount;
  /** By whatever else moved the account: handed over to the State, corrected. */
  otherwise: Amount | null;
  closing: Amount | null;
};

export type CoopStatement = {
  period: Period;
  /** The co-op that owns the platform sees the whole ledger; another one its own share, and the rest as one. */
  whole: boolean;
  sold: SoldTotal[];
  taxes: TaxTotal[];
  groups: GroupMovement[];
  /** All accounts that are not this co-op's to see, so that every column still sums to zero. */
  elsewhere: Omit<GroupMovement, "group" | "coopName"> | null;
  /** What is owed and held today, member by member, and why: the state of accounts at the end of a past period is not kept. */
  today: CoopBooks;
};

/**
 * The statement of a co-op over a period, for its treasurers and admins; null for anybody else. Every figure is a sum of postings
 * or of the lines behind them; the closing balances of all groups, with `elsewhere`, sum to zero.
 */
export async function coopStatement(
  db: Database,
  { personId, coopId, period }: { personId: string; coopId: string; period: Period },
): Promise<CoopStatement | null> {
  const seen = await seenFrom(db, personId, coopId);
  const today = seen && (await booksOfCoop(db, personId, coopId, { owedOnly: true }));
  if (!seen || !today) return null;
  const [sold, { groups, elsewhere }, taxes] = await Promise.all([
    soldOf(db, coopId, period),
    groupsOf(db, seen, period),
    seen.whole ? taxesOfLedger(db, period) : taxesOfLines(db, coopId, period),
  ]);
  return { period, whole: seen.whole, sold, taxes, groups, elsewhere, today };
}

/** The lines of this co-op alone, also for the one that sees the whole ledger. */
async function soldOf(db: Database, coopId: string, period: Period): Promise<SoldTotal[]> {
  const { rows } = await sql<SoldTotal>`
    with chosen as (select ${entryColumns} from entry where ${within(period)}),
    of_line as (${lineMovements(sql`chosen`, null, sql`line.coop_id = ${coopId}::uuid`)})
    select kind, count(distinct sale_id)::integer as sales, count(*)::integer as lines,
      sum(gross)::bigint as gross, sum(fee)::bigint as fee, sum(operating)::bigint as operating,
      sum(solidarity)::bigint as solidarity, sum(reserve)::bigint as reserve, sum(pool)::bigint as pool, sum(shares)::bigint as shares
    from of_line group by kind order by array_position(array['split', 'refund', 'refund_failed', 'dispute_lost'], kind)`.execute(
    db,
  );
  return rows;
}

async function groupsOf(
  db: Database,
  seen: { whole: boolean; theirs: RawBuilder<boolean> },
  period: Period,
): Promise<Pick<CoopStatement, "groups" | "elsewhere">> {
  const { rows } = await sql<GroupMovement & { own: boolean }>`
    with moved as (
      select account, debit - credit as opening, 0::bigint as debit, 0::bigint as credit
      from ${postedBefore(startOf(period.from))} as before
      union all
      select posting.account, 0, sum(greatest(posting.amount, 0))::bigint, sum(greatest(-posting.amount, 0))::bigint
      from entry ${withPostings()} where ${within(period)} group by posting.account),
    total as (
      select posting.account, ${seen.theirs} as own, sum(opening) as opening, sum(debit) as debit, sum(credit) as credit
      from moved as posting group by posting.account),
    placed as (
      select total.*, case when not own then 'elsewhere'
          when account ~ '^(clearing|suspense)/' then substring(account from '^[a-z]+')
          when account ~ '^(member|pool|unclaimed):' then substring(account from '^[a-z]+') else account end as "group",
        -- By the id in the name: a name made of each id would be compared with every member.
        case when not own then null
          when account ~ '^(member|unclaimed):' then (select coop_id from member where id = split_part(account, ':', 2)::uuid)
          when account like 'pool:%' then (select coop_id from work where id = split_part(account, ':', 2)::uuid)
          when account like 'coop:%' then split_part(account, ':', 2)::uuid end as coop_id
      from total)
    select "group", own, coop.name as "coopName", sum(opening)::bigint as opening, sum(debit)::bigint as debit,
      sum(credit)::bigint as credit, sum(opening + debit - credit)::bigint as closing
    from placed left join coop on coop.id = placed.coop_id
    group by "group", own, coop.id, coop.name
    having bool_or(opening <> 0 or debit <> 0 or credit <> 0)
    order by array_position(${groupOrder}::text[], substring("group" from '^[a-z]+')), coop.name, "group"`.execute(
    db,
  );
  const {
    group: _,
    coopName: __,
    own: ___,
    ...rest
  } = rows.find((row) => !row.own) ?? {
    group: "",
    coopName: null,
    own: false,
    opening: 0,
    debit: 0,
    credit: 0,
    closing: 0,
  };
  return {
    groups: rows.filter((row) => row.own).map(({ own: _own, ...row }) => row),
    elsewhere: seen.whole ? null : rest,
  };
}

/** From the accounts of the taxes themselves: what the platform's co-op has to hand over, for all. */
async function taxesOfLedger(db: Database, period: Period): Promise<TaxTotal[]> {
  const { rows } = await sql<TaxTotal>`
    with moved as (
      select account, credit - debit as opening, null as kind, 0::bigint as amount
      from ${postedBefore(startOf(period.from), sql<boolean>`account like 'tax:%'`)} as before
      union all
      select posting.account, 0, entry.kind, -posting.amount from entry ${withPostings(sql<boolean>`account like 'tax:%'`)}
      where ${within(period)})
    select substring(account from 5) as code, sum(opening)::bigint as opening,
      coalesce(sum(amount) filter (where kind = 'sale'), 0)::bigint as collected,
      coalesce(-sum(amount) filter (where kind in ('refund', 'refund_failed', 'dispute_lost')), 0)::bigint as "givenBack",
      coalesce(sum(amount) filter (where kind not in ('sale', 'refund', 'refund_failed', 'dispute_lost')), 0)::bigint as otherwise,
      sum(opening + amount)::bigint as closing
    from moved group by account order by code`.execute(db);
  return rows;
}

type SaleTaxed = {
  settled: Amount;
  lines: { own: boolean; amount: Amount; taxes: { code: string; amount: Amount }[] }[];
};

/** What buyers paid of each tax on the lines of one co-op, and what of it went back. The platform's co-op holds it. */
async function taxesOfLines(db: Database, coopId: string, period: Period): Promise<TaxTotal[]> {
  const [{ rows: here }, { rows: abroad }, { rows: back }] = await Promise.all([
    sql<{ code: string; amount: Amount }>`
      select tax.code, sum(tax.amount)::bigint as amount from entry join sale on sale.id = entry.sale_id
        join sale_line as line on line.sale_id = sale.id join sale_line_tax as tax on tax.sale_line_id = line.id
      where entry.kind = 'sale' and ${within(period)} and line.coop_id = ${coopId}::uuid and sale.currency = ${settlementCurrency}
      group by tax.code`.execute(db),
    // Paid in another currency: the tax in ours is a cut of what the charge brought, made over the whole order.
    sql<SaleTaxed>`
      select sale.settled, json_agg(json_build_object('own', line.coop_id = ${coopId}::uuid, 'amount', line.amount,
        'taxes', coalesce((select json_agg(json_build_object('code', code, 'amount', amount) order by position, code)
          from sale_line_tax where sale_line_id = line.id), '[]')) order by line.position) as lines
      from entry join sale on sale.id = entry.sale_id join sale_line as line on line.sale_id = sale.id
      where entry.kind = 'sale' and ${within(period)} and sale.currency <> ${settlementCurrency}
      group by sale.id having bool_or(line.coop_id = ${coopId}::uuid)`.execute(db),
    sql<{ code: string; amount: Amount }>`
      select substring(part.account from 5) as code,
        sum(part.amount * case entry.kind when 'refund_failed' then -1 else 1 end)::bigint as amount
      from entry join sale_line as line on line.sale_id = entry.sale_id join taken_part as part on part.sale_line_id = line.id
        and part.kind = 'tax' and coalesce(part.refund_id, part.dispute_id) = substring(entry.key from '[0-9a-f-]{36}$')::uuid
      where entry.kind in ('refund', 'refund_failed', 'dispute_lost') and ${within(period)} and line.coop_id = ${coopId}::uuid
      group by part.account`.execute(db),
  ]);
  const cut = abroad.flatMap(({ settled, lines }) =>
    settledAmounts(lines, settled).flatMap((line) => (line.own ? line.taxes : [])),
  );
  const codes = [...new Set([...here, ...cut, ...back].map(({ code }) => code))].sort();
  const of = (rows: readonly { code: string; amount: Amount }[], code: string) =>
    sum(rows.filter((row) => row.code === code).map(({ amount }) => amount));
  return codes.map((code) => ({
    code,
    opening: null,
    collected: of(here, code) + of(cut, code),
    givenBack: of(back, code),
    otherwise: null,
    closing: null,
  }));
}
