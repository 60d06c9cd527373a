import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { keptBy } from "../coops/keepers.server.ts";
import type { Amount } from "../money/amount.ts";
import { entryColumns, type LineAmounts, lineMovements, startOf, within } from "./line-movement.server.ts";
import { type Period, streetZone } from "./statement-period.ts";

/** Whose statement: of a member, for this person — the member themself, or who keeps the books of their co-op. */
export type Asked = { personId: string; memberId: string; period: Period; workId: string | null };

/** Deductions as a statement shows them: the price less each of them is the member's part. */
export type Deductions = Omit<LineAmounts, "shares"> & {
  /** To the others who share in the work. */
  others: Amount;
};

/** One row: a line sold, taken back or given back, or whatever else moved what the member is owed. */
export type Movement = {
  entryNumber: number;
  kind: string;
  postedAt: Date;
  saleId: string | null;
  saleNumber: number | null;
  workId: string | null;
  title: string | null;
  quantity: number | null;
  /** null where the row is of no line: a transfer, a ristourne. */
  deductions: Deductions | null;
  /** What is owed to the member grows by it; negative: shrinks. */
  amount: Amount;
};

export type KindTotal = { kind: string; rows: number; amount: Amount } & Deductions;

export type Statement = {
  memberId: string;
  memberName: string;
  coopName: string;
  period: Period;
  work: { id: string; title: string } | null;
  /** Owed before the first instant of the period; of one work, what it had brought. Negative: the member owes. */
  opening: Amount;
  /** opening + what moved; without a work, the balance of the ledger at the last instant of the period. */
  closing: Amount;
  /** By kind of entry, in the order in which a year goes: sales first, what is paid out last. */
  totals: KindTotal[];
};

export type YearTotal = { year: string } & Deductions & { sales: number; amount: Amount; moved: Amount };

const theirs = (personId: string): RawBuilder<boolean> => sql<boolean>`
  (member.person_id = ${personId}::uuid or ${keptBy(personId, sql`member.coop_id`)})`;

const isTheirs = ({ memberId, personId }: Pick<Asked, "memberId" | "personId">) =>
  sql`exists (select from member where member.id = ${memberId}::uuid and ${theirs(personId)})`;

/**
 * The rows of a member's account among entries chosen by `entries` (`entryColumns`): what
 * each line brought or gave back, and as a row of its own what a posting moved besides — so whatever kinds of entries there will
 * be, the rows of an entry sum to what it posted on the account. Of one work: its lines alone.
 */
function movements(entries: RawBuilder<unknown>, { memberId, workId }: Asked): RawBuilder<unknown> {
  const account = `member:${memberId}`;
  const lines = sql<boolean>`${workId === null ? sql`true` : sql`line.work_id = ${workId}::uuid`} and exists (
    select from share where share.share_list_id = line.share_list_id and share.member_id = ${memberId}::uuid and share.parts > 0)`;
  const columns = sql`id, number, kind, sale_id, posted_at`;
  return sql`
    chosen as (${entries}),
    of_line as (${lineMovements(sql`chosen`, account, lines)}),
    moved as (
      select ${columns}, line_id, position, gross, fee, operating, solidarity, reserve, pool, shares - own as others, own as amount
      from of_line
      ${
        workId === null
          ? sql`union all
      select ${columns}, null, 0, null, null, null, null, null, null, null, sum(amount)::bigint from (
        select chosen.*, -posting.amount as amount from chosen
          join posting on posting.entry_id = chosen.id and posting.account = ${account}
        union all select id, number, kind, key, sale_id, posted_at, -own from of_line) as rest
      group by ${columns} having sum(amount) <> 0`
          : sql``
      })`;
}

/** The entries that a statement has rows of: those on the member's account, and splits that left them nothing by rounding. */
const entriesOf = ({ memberId }: Asked, where: RawBuilder<unknown>) => sql`
  select ${entryColumns} from posting join entry on entry.id = posting.entry_id
  where posting.account = ${`member:${memberId}`} and ${where}
  union select ${entryColumns} from share join sale_line as line on line.share_list_id = share.share_list_id
    join entry on entry.sale_id = line.sale_id and entry.kind = 'split'
  where share.member_id = ${memberId}::uuid and share.parts > 0 and line.amount > 0 and ${where}`;

/** A year's order: what came, what went back, what was added, what was paid. */
const kinds = [
  "split",
  "refund",
  "refund_failed",
  "dispute_lost",
  "ristourne",
  "write_off",
  "transfer",
  "reversal",
  "outside_payment",
  "unclaimed",
];

const sums = sql`
  coalesce(sum(gross), 0)::bigint as gross, coalesce(sum(fee), 0)::bigint as fee,
  coalesce(sum(operating), 0)::bigint as operating, coalesce(sum(solidarity), 0)::bigint as solidarity,
  coalesce(sum(reserve), 0)::bigint as reserve, coalesce(sum(pool), 0)::bigint as pool,
  coalesce(sum(others), 0)::bigint as others`;

/**
 * The head and the totals of a member's statement; its rows are `movementsOf`. opening + the rows = closing, to the cent, and two
 * adjacent periods join. null where there is no such member for this person, or no such work.
 */
export async function statementOf(db: Database, asked: Asked): Promise<Statement | null> {
  const { personId, memberId, period, workId } = asked;
  const { rows: heads } = await sql<Pick<Statement, "memberName" | "coopName" | "work">>`
    select member.name as "memberName", coop.name as "coopName", (
      select json_build_object('id', work.id, 'title', work.title) from work where work.id = ${workId}::uuid
        and exists (select from share_list join share on share.share_list_id = share_list.id
          where share_list.work_id = work.id and share.member_id = member.id)) as work
    from member join coop on coop.id = member.coop_id
    where member.id = ${memberId}::uuid and ${theirs(personId)}`.execute(db);
  const head = heads[0];
  if (!head || (workId !== null && head.work === null)) return null;
  // What a work had brought is read line by line; what is owed in all is what the books say.
  const since = workId === null ? within(period) : sql`entry.posted_at < ${startOf(period.until)}`;
  const { rows } = await sql<KindTotal & { before: Amount }>`
    with ${movements(entriesOf(asked, since), asked)},
    placed as (select moved.*, posted_at >= ${startOf(period.from)} as inside from moved)
    select kind, (count(*) filter (where inside))::integer as rows,
      coalesce(sum(amount) filter (where inside), 0)::bigint as amount,
      coalesce(sum(amount) filter (where not inside), 0)::bigint as before,
      coalesce(sum(gross) filter (where inside), 0)::bigint as gross, coalesce(sum(fee) filter (where inside), 0)::bigint as fee,
      coalesce(sum(operating) filter (where inside), 0)::bigint as operating,
      coalesce(sum(solidarity) filter (where inside), 0)::bigint as solidarity,
      coalesce(sum(reserve) filter (where inside), 0)::bigint as reserve,
      coalesce(sum(pool) filter (where inside), 0)::bigint as pool,
      coalesce(sum(others) filter (where inside), 0)::bigint as others
    from placed group by kind order by array_position(${kinds}::text[], kind), kind`.execute(db);
  const opening =
    workId === null
      ? await owedBefore(db, memberId, period)
      : rows.reduce((sum, { before }) => sum + before, 0);
  return {
    memberId,
    ...head,
    period,
    opening,
    closing: rows.reduce((sum, { amount }) => sum + amount, opening),
    totals: rows.filter((row) => row.rows > 0).map(({ before: _, ...total }) => total),
  };
}

/** What the books owed the member at the first instant of a period. */
async function owedBefore(db: Database, memberId: string, { from }: Period): Promise<Amount> {
  const { rows } = await sql<{ owed: Amount }>`
    select coalesce(-sum(posting.amount), 0)::bigint as owed from posting join entry on entry.id = posting.entry_id
    where posting.account = ${`member:${memberId}`} and entry.posted_at < ${startOf(from)}`.execute(db);
  return rows[0]!.owed;
}

/** Where the rows of a statement go on: after the last entry seen. */
export type After = { postedAt: Date; entryNumber: number };

/**
 * The rows of a statement in the order of posting: those of the next `entries` entries, and where to go on (null: that was all). The
 * page, the CSV and the PDF read this one query. None where there is no such member for this person.
 */
export async function movementsOf(
  db: Database,
  asked: Asked,
  { after, entries }: { after: After | null; entries: number },
): Promise<{ rows: Movement[]; next: After | null }> {
  const from = after
    ? sql`(entry.posted_at, entry.number) > (${after.postedAt}::timestamptz, ${after.entryNumber}::bigint)`
    : sql`true`;
  const { rows: found } = await sql<
    Omit<Movement, "deductions" | "amount"> & { [K in keyof Deductions | "amount"]: Amount | null }
  >`
    with ${movements(
      sql`${entriesOf(asked, sql`${within(asked.period)} and ${from} and ${isTheirs(asked)} ${ofWork(asked)}`)}
        order by posted_at, number limit ${entries}`,
      asked,
    )}
    select row.number as "entryNumber", row.kind, row.posted_at as "postedAt", sale.id as "saleId", sale.number as "saleNumber",
      line.work_id as "workId", line.title, line.quantity,
      row.gross, row.fee, row.operating, row.solidarity, row.reserve, row.pool, row.others, row.amount
    from (select * from moved
      union all select id, number, kind, sale_id, posted_at, null, null, null, null, null, null, null, null, null, null
        from chosen) as row left join sale on sale.id = row.sale_id left join sale_line as line on line.id = row.line_id
    order by row.posted_at, row.number, row.position`.execute(db);
  const last = found.at(-1);
  const all = last && new Set(found.map((row) => row.entryNumber)).size === entries;
  return {
    rows: found.flatMap(({ gross, fee, operating, solidarity, reserve, pool, others, amount, ...row }) =>
      // Each entry once by itself, to count them: it may have no row, where it is of another line of the same order.
      amount === null
        ? []
        : [
            {
              ...row,
              amount,
              deductions:
                gross === null
                  ? null
                  : {
                      gross,
                      fee: fee ?? 0,
                      operating: operating ?? 0,
                      solidarity: solidarity ?? 0,
                      reserve: reserve ?? 0,
                      pool: pool ?? 0,
                      others: others ?? 0,
                    },
            },
          ],
    ),
    next: all ? { postedAt: last.postedAt, entryNumber: last.entryNumber } : null,
  };
}

/** What is owed once an entry is posted: where the running balance of the rows after it begins. */
export async function balanceUpTo(
  db: Database,
  asked: Pick<Asked, "memberId" | "personId">,
  { postedAt, entryNumber }: After,
): Promise<Amount> {
  const { rows } = await sql<{ balance: Amount }>`
    select coalesce(-sum(posting.amount), 0)::bigint as balance from posting join entry on entry.id = posting.entry_id
    where posting.account = ${`member:${asked.memberId}`} and ${isTheirs(asked)}
      and (entry.posted_at, entry.number) <= (${postedAt}::timestamptz, ${entryNumber}::bigint)`.execute(db);
  return rows[0]!.balance;
}

/** Of one work, only entries that may have a line of it. */
const ofWork = ({ workId }: Asked) =>
  workId === null
    ? sql``
    : sql`and entry.kind in ('split', 'refund', 'refund_failed', 'dispute_lost')
        and exists (select from sale_line as line where line.sale_id = entry.sale_id and line.work_id = ${workId}::uuid)`;

/** Year by year, from the first that has a row: what the lines brought less what went back, and what all that moved sums to. */
export async function yearsOf(db: Database, asked: Omit<Asked, "period">): Promise<YearTotal[]> {
  const all = { ...asked, period: { code: "", kind: "days", from: "", until: "" } as const };
  const { rows } = await sql<YearTotal>`
    with ${movements(entriesOf(all, isTheirs(asked)), all)}
    select extract(year from posted_at at time zone ${streetZone})::text as year,
      (count(*) filter (where kind = 'split'))::integer as sales, ${sums},
      coalesce(sum(amount) filter (where gross is not null), 0)::bigint as amount, sum(amount)::bigint as moved
    from moved group by 1 order by 1 desc`.execute(db);
  return rows;
}

/** The works in which a member shares or shared, by title: what a statement can be asked for alone. */
export async function worksOfMember(
  db: Database,
  { personId, memberId }: Pick<Asked, "personId" | "memberId">,
): Promise<{ id: string; title: string }[]> {
  const { rows } = await sql<{ id: string; title: string }>`
    select distinct work.id, work.title from member join share on share.member_id = member.id
      join share_list on share_list.id = share.share_list_id join work on work.id = share_list.work_id
    where member.id = ${memberId}::uuid and ${theirs(personId)} order by work.title, work.id`.execute(db);
  return rows;
}
