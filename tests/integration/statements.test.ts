import { sql } from "kysely";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { post } from "#domain/ledger/post.server.ts";
import { elsewhere } from "#domain/transparency/elsewhere.ts";
import { type JournalRow, journalOf } from "#domain/transparency/journal-queries.server.ts";
import { coopStatement } from "#domain/transparency/statement-coop-queries.server.ts";
import { daysBetween, type Period, periodOf } from "#domain/transparency/statement-period.ts";
import {
  type After,
  type Asked,
  type Movement,
  movementsOf,
  statementOf,
  worksOfMember,
  yearsOf,
} from "#domain/transparency/statement-queries.server.ts";
import { anyStory } from "#tests/stories/any-story.ts";
import { drain } from "#tests/stories/drain.ts";
import { type Stage, setStage } from "#tests/stories/stage.ts";
import { playStep } from "#tests/stories/steps.ts";
import { isOfNoSale, withMoneyBack } from "./money-back.ts";

// A history that nobody wrote, with money that goes back and kinds of entries that statements do not know by name.
const seed = Number(process.env.SEED ?? 7);
const year = periodOf("2026")!;
const keeper = { a: v7(), b: v7() };
let stage: Stage;
let coopA: string;
let coopB: string;

beforeAll(async () => {
  const story = anyStory(seed, 20);
  stage = await setStage(story);
  let now = Date.parse(story.start);
  for (const step of withMoneyBack(story)) {
    if (step.do === "clock") {
      // Two hands wrote the days of this story: time goes forward only.
      now = Math.max(now + 60_000, Date.parse(step.to));
      step.to = new Date(now).toISOString();
    }
    if (await isOfNoSale(stage, step)) continue;
    await playStep(stage, step);
    await drain(stage);
  }
  const [ana, eve] = ["ana", "eve"].map((name) => `member:${stage.members.get(name)!.id}`) as [
    string,
    string,
  ];
  coopA = stage.coops.get("A")!;
  coopB = stage.coops.get("B")!;
  const more = [
    ["ristourne", `coop:${coopA}:operating`, ana, 4242],
    ["outside_payment", ana, "bank", 242],
    ["write_off", "loss:dispute_losses", eve, 11],
    ["a_kind_to_come", eve, "stripe", 5],
  ] as const;
  for (const [kind, debit, credit, amount] of more) {
    stage.clock.advance(3_600_000);
    await stage.db.transaction().execute((trx) =>
      post(trx, stage.house, {
        key: `${kind}:test`,
        kind: kind as "ristourne",
        postings: [
          { account: debit, amount },
          { account: credit, amount: -amount },
        ],
      }),
    );
  }
  const at = stage.clock.now();
  await stage.db
    .insertInto("person")
    .values([
      { id: keeper.a, email: "a@a.coop", created_at: at },
      { id: keeper.b, email: "b@b.coop", created_at: at },
    ])
    .execute();
  await stage.db
    .insertInto("coop_role")
    .values([
      { coop_id: coopA, person_id: keeper.a, role: "treasurer", granted_at: at },
      { coop_id: coopB, person_id: keeper.b, role: "admin", granted_at: at },
    ])
    .execute();
}, 300_000);
afterAll(() => stage?.close());

const people = () => [...stage.members.values()];
const asked = (
  member: { id: string; personId: string },
  period: Period,
  workId: string | null = null,
): Asked => ({
  personId: member.personId,
  memberId: member.id,
  period,
  workId,
});

async function allRows(of: Asked, entries = 10_000): Promise<Movement[]> {
  const rows: Movement[] = [];
  let after: After | null = null;
  do {
    const page: Awaited<ReturnType<typeof movementsOf>> = await movementsOf(stage.db, of, { after, entries });
    rows.push(...page.rows);
    after = page.next;
  } while (after);
  return rows;
}

const total = (rows: readonly { amount: number }[]) => rows.reduce((all, row) => all + row.amount, 0);

/** What the ledger says is owed before an instant, credit positive. */
async function balanceAt(account: string, until: string): Promise<number> {
  const { rows } = await sql<{ balance: number }>`
    select coalesce(-sum(posting.amount), 0)::bigint as balance from posting join entry on entry.id = posting.entry_id
    where posting.account = ${account} and (entry.posted_at at time zone 'America/Montreal') < ${until}::date`.execute(
    stage.db,
  );
  return rows[0]!.balance;
}

/** Days that cut the story anywhere, the first before it and the last after. */
async function cuts(): Promise<Period[]> {
  const { rows } = await sql<{ day: string }>`
    select distinct (posted_at at time zone 'America/Montreal')::date::text as day from entry order by 1`.execute(
    stage.db,
  );
  const days = rows.map(({ day }) => day);
  return days.map((day, i) => {
    const next = days[i + 1];
    const to = next ? new Date(Date.parse(next) - 86_400_000).toISOString().slice(0, 10) : day;
    return daysBetween(day, to)!;
  });
}

describe("a member's statement", () => {
  it("goes from the opening balance to the ledger's closing balance, and joins the next one", async () => {
    const periods = await cuts();
    expect(periods.length).toBeGreaterThan(3);
    for (const member of people()) {
      let carried = 0;
      for (const period of periods) {
        const of = asked(member, period);
        const statement = (await statementOf(stage.db, of))!;
        const rows = await allRows(of);
        expect(statement.opening).toBe(carried);
        expect(statement.opening + total(rows)).toBe(statement.closing);
        expect(statement.closing).toBe(await balanceAt(`member:${member.id}`, period.until));
        expect(total(statement.totals)).toBe(total(rows));
        carried = statement.closing;
      }
      const whole = (await statementOf(stage.db, asked(member, year)))!;
      expect([whole.opening, whole.closing]).toEqual([0, carried]);
    }
  });

  it("shows each line with every deduction, adding up to the cent, and every other posting as it is", async () => {
    const seen = new Set<string>();
    for (const member of people()) {
      for (const row of await allRows(asked(member, year))) {
        seen.add(row.kind);
        const lines = ["split", "refund", "refund_failed", "dispute_lost"].includes(row.kind);
        // What such an entry posted is explained by its lines, to the last cent.
        expect(row.deductions !== null, row.kind).toBe(lines);
        if (!row.deductions) continue;
        const { gross, ...less } = row.deductions;
        expect(gross - Object.values(less).reduce((all, each) => all + each, 0)).toBe(row.amount);
      }
    }
    for (const kind of [
      "split",
      "transfer",
      "refund",
      "refund_failed",
      "dispute_lost",
      "ristourne",
      "a_kind_to_come",
    ])
      expect([...seen]).toContain(kind);
  });

  it("shows what each line was sold for", async () => {
    const { rows: lines } = await sql<{ number: number; title: string; amount: number }>`
      select sale.number, line.title, line.amount from sale_line as line join sale on sale.id = line.sale_id
      where sale.currency = 'cad'`.execute(stage.db);
    for (const member of people()) {
      for (const row of (await allRows(asked(member, year))).filter(({ kind }) => kind === "split")) {
        const line = lines.find(({ number, title }) => number === row.saleNumber && title === row.title);
        if (line) expect(row.deductions?.gross).toBe(line.amount);
      }
    }
  });

  it("is the same read at once and a few entries at a time, and work by work", async () => {
    for (const member of people()) {
      const rows = await allRows(asked(member, year));
      expect(await allRows(asked(member, year), 3)).toEqual(rows);
      const works = await worksOfMember(stage.db, { personId: member.personId, memberId: member.id });
      const byWork: Movement[] = [];
      for (const work of works) {
        const of = asked(member, year, work.id);
        const own = await allRows(of, 2);
        expect((await statementOf(stage.db, of))!.closing).toBe(total(own));
        byWork.push(...own);
      }
      const ofLines = rows.filter(({ deductions }) => deductions !== null);
      expect(byWork).toHaveLength(ofLines.length);
      expect(total(byWork)).toBe(total(ofLines));
      const [only, ...none] = await yearsOf(stage.db, { ...asked(member, year) });
      expect(none).toEqual([]);
      if (only) expect([only.year, only.amount, only.moved]).toEqual(["2026", total(ofLines), total(rows)]);
    }
  });

  it("is for the member and who keeps their co-op's books, and for nobody else", async () => {
    const [ana, eve] = [stage.members.get("ana")!, stage.members.get("eve")!];
    const spied = { ...asked(ana, year), personId: eve.personId };
    expect(await statementOf(stage.db, spied)).toBeNull();
    expect(await allRows(spied)).toEqual([]);
    expect(await yearsOf(stage.db, spied)).toEqual([]);
    expect(await worksOfMember(stage.db, spied)).toEqual([]);
    const kept = { ...asked(ana, year), personId: keeper.a };
    expect((await allRows(kept)).length).toBeGreaterThan(0);
    expect(await statementOf(stage.db, { ...kept, workId: v7() })).toBeNull();
  });
});

describe("a co-op's statement", () => {
  it("closes with the ledger: every column sums to zero, and periods join", async () => {
    for (const [personId, coopId] of [
      [keeper.a, coopA],
      [keeper.b, coopB],
    ] as const) {
      let carried: Record<string, number> = {};
      for (const period of await cuts()) {
        const found = (await coopStatement(stage.db, { personId, coopId, period }))!;
        expect(found.whole).toBe(coopId === coopA);
        const all = [...found.groups, ...(found.elsewhere ? [found.elsewhere] : [])];
        const add = (of: (row: (typeof all)[number]) => number) => all.reduce((sum, row) => sum + of(row), 0);
        expect(add((row) => row.opening)).toBe(0);
        expect(add((row) => row.debit - row.credit)).toBe(0);
        expect(add((row) => row.closing)).toBe(0);
        for (const row of found.groups) {
          const key = `${row.group} ${row.coopName}`;
          expect(row.opening, key).toBe(carried[key] ?? 0);
          expect(row.closing).toBe(row.opening + row.debit - row.credit);
        }
        carried = Object.fromEntries(
          found.groups.map((row) => [`${row.group} ${row.coopName}`, row.closing]),
        );
      }
      const last = (await coopStatement(stage.db, { personId, coopId, period: year }))!;
      const owed = last.groups.find(
        (row) => row.group === "member" && row.coopName === (coopId === coopA ? "A" : "B"),
      );
      expect(0 - (owed?.closing ?? 0)).toBe(last.today.owedToMembers);
    }
  });

  it("says where each cent of what was sold went, and what went back", async () => {
    for (const [personId, coopId] of [
      [keeper.a, coopA],
      [keeper.b, coopB],
    ] as const) {
      const { sold, taxes } = (await coopStatement(stage.db, { personId, coopId, period: year }))!;
      expect(sold.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(["split", "refund", "refund_failed", "dispute_lost"]),
      );
      for (const { gross, fee, operating, solidarity, reserve, pool, shares } of sold)
        expect(fee + operating + solidarity + reserve + pool + shares).toBe(gross);
      for (const tax of taxes) {
        expect(tax.collected).toBeGreaterThan(0);
        if (tax.closing !== null) {
          expect(tax.opening! + tax.collected - tax.givenBack + tax.otherwise!).toBe(tax.closing);
          expect(tax.closing).toBe(await balanceAt(`tax:${tax.code}`, year.until));
        }
      }
    }
    // The lines of both co-ops are all that was sold: their taxes are what the platform holds.
    const of = async (personId: string, coopId: string) =>
      (await coopStatement(stage.db, { personId, coopId, period: year }))!;
    const [a, b] = [await of(keeper.a, coopA), await of(keeper.b, coopB)];
    const { rows } = await sql<{ account: string; amount: number }>`
      select account, -sum(amount)::bigint as amount from posting where account like 'coop:%' and entry_id in
        (select id from entry where kind in ('split', 'refund', 'refund_failed', 'dispute_lost')) group by 1`.execute(
      stage.db,
    );
    const fund = (coopId: string) =>
      rows
        .filter(({ account }) => account.startsWith(`coop:${coopId}:`))
        .reduce((all, { amount }) => all + amount, 0);
    const funds = ({ sold }: typeof a) =>
      sold.reduce((all, each) => all + each.operating + each.solidarity + each.reserve, 0);
    // What a co-op bore of the fees came off its operating fund besides.
    const { rows: borne } = await sql<{ coop_id: string; amount: number }>`
      select line.coop_id, sum(part.amount)::bigint as amount from split_part as part
        join sale_line as line on line.id = part.sale_line_id where part.stage = 'fee' group by 1`.execute(
      stage.db,
    );
    const bore = (coopId: string) => borne.find((row) => row.coop_id === coopId)?.amount ?? 0;
    expect(funds(a) + bore(coopA)).toBe(fund(coopA));
    expect(funds(b) + bore(coopB)).toBe(fund(coopB));
  });

  it("exists for who keeps the books alone", async () => {
    expect(await coopStatement(stage.db, { personId: keeper.b, coopId: coopA, period: year })).toBeNull();
    expect(
      await journalOf(
        stage.db,
        { personId: keeper.b, coopId: coopA, period: year },
        { after: null, entries: 9 },
      ),
    ).toBeNull();
  });
});

describe("the accounting export", () => {
  async function journal(
    personId: string,
    coopId: string,
    period: Period,
    entries: number,
  ): Promise<JournalRow[]> {
    const rows: JournalRow[] = [];
    let after: After | null = null;
    do {
      const page: Awaited<ReturnType<typeof journalOf>> = await journalOf(
        stage.db,
        { personId, coopId, period },
        { after, entries },
      );
      rows.push(...page!.rows);
      after = page!.next;
    } while (after);
    return rows;
  }

  it("has every posting of the period exactly once, in entries that balance", async () => {
    const { rows: all } = await sql<{ number: number; account: string; amount: number }>`
      select entry.number, posting.account, posting.amount from posting join entry on entry.id = posting.entry_id`.execute(
      stage.db,
    );
    const key = (number: number, account: string, amount: number) => `${number} ${account} ${amount}`;
    const found = await journal(keeper.a, coopA, year, 7);
    expect(found.map((row) => key(row.entryNumber, row.account, row.amount)).sort()).toEqual(
      all.map((row) => key(row.number, row.account, row.amount)).sort(),
    );
    const cut: JournalRow[] = [];
    for (const period of await cuts()) cut.push(...(await journal(keeper.a, coopA, period, 500)));
    expect(cut).toEqual(found);
  });

  it("shows another co-op its own postings, and the rest of each entry as one that balances it", async () => {
    const found = await journal(keeper.b, coopB, year, 5);
    const { rows: own } = await sql<{ account: string }>`
      select 'member:' || id as account from member where coop_id = ${coopB}::uuid
      union all select 'pool:' || id from work where coop_id = ${coopB}::uuid`.execute(stage.db);
    const mine = new Set(own.map(({ account }) => account));
    const byEntry = new Map<number, number>();
    for (const { entryNumber, account, amount, name } of found) {
      byEntry.set(entryNumber, (byEntry.get(entryNumber) ?? 0) + amount);
      if (account === elsewhere) expect(name).toBeNull();
      else expect(mine.has(account) || account.startsWith(`coop:${coopB}:`)).toBe(true);
    }
    expect([...byEntry.values()].every((sum) => sum === 0)).toBe(true);
    expect(byEntry.size).toBeGreaterThan(3);
  });
});
