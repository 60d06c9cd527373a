import { deductionColumns, deductionNames } from "#app/components/deduction-columns.ts";
import { periodName } from "#app/components/period-name.ts";
import { signedMoney } from "#app/components/signed-money.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import {
  type After,
  type Asked,
  type Movement,
  movementsOf,
  type Statement,
} from "#domain/transparency/statement-queries.server.ts";
import { date, number } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { statementWords } from "#i18n/statements.ts";
import { type CsvCell, csv, csvTime } from "./csv.server.ts";
import { type Column, paper } from "./paper.server.ts";

type Database = Parameters<typeof movementsOf>[0];
type Given = { locale: Locale; asked: Asked; statement: Statement };

/** As many entries as are in memory at a time. */
const entriesAtOnce = 500;

/** All the rows of a statement, page after page: what the reader has not asked for is not read. */
async function* rowsOf(db: Database, asked: Asked): AsyncGenerator<Movement[]> {
  let after: After | null = null;
  do {
    const page: { rows: Movement[]; next: After | null } = await movementsOf(db, asked, {
      after,
      entries: entriesAtOnce,
    });
    yield page.rows;
    after = page.next;
  } while (after);
}

const fileName = (locale: Locale, { memberName, period }: Statement): string =>
  [statementWords(locale).file.member, plain(memberName), period.code].join("-");

/** As a file is named: « Maude Tessier-Roy » → maude-tessier-roy. */
export const plain = (name: string): string =>
  name
    .normalize("NFD")
    .replace(/[^\w\s-]/g, "")
    .trim()
    .replace(/\s+/g, "-")
    .toLowerCase();

/** A member's statement for a spreadsheet: every column, deductions with their sign, so that each row adds up to what is theirs. */
export function memberCsv(db: Database, { locale, asked, statement }: Given): Response {
  const words = statementWords(locale);
  const ofWork = statement.work !== null;
  const heads = [
    words.date,
    words.entry,
    words.journal.kindCode,
    words.what,
    words.sale,
    words.title_,
    words.quantity,
    words.gross,
    ...deductionNames.map((name) => words[name]),
    words.mine,
    words.balance,
    words.currency,
  ];
  const currency = settlementCurrency.toUpperCase();
  const edge = (code: string, what: string, cents: number): CsvCell[] => [
    ...[null, null, code, what, null, null, null, null],
    ...deductionNames.map(() => null),
    null,
    { cents },
    currency,
  ];
  async function* rows(): AsyncGenerator<CsvCell[][]> {
    let balance = statement.opening;
    yield [heads, edge("opening", ofWork ? words.openingOfWork : words.opening, balance)];
    for await (const page of rowsOf(db, asked))
      yield page.map((row) => {
        balance += row.amount;
        const { deductions } = row;
        return [
          csvTime(row.postedAt),
          row.entryNumber,
          row.kind,
          words.kinds[row.kind] ?? row.kind,
          row.saleNumber,
          row.title,
          row.quantity,
          deductions && { cents: deductions.gross },
          ...deductionNames.map((name) => deductions && { cents: 0 - deductions[name] }),
          { cents: row.amount },
          { cents: balance },
          currency,
        ];
      });
    yield [edge("closing", ofWork ? words.closingOfWork : words.closing, balance)];
  }
  return csv(locale, fileName(locale, statement), rows());
}

/**
 * The same statement to print and keep: columns that nothing moved are left out. Made ten rows at a time, with other requests let
 * through between. 5 000 rows of ten columns are 180 pages and 6 MB; on a machine under a load of 11 they took 6 s of CPU, with 56 MB
 * of heap in use at the end and a process of 323 MB at most (2026-11).
 */
export function memberPdf(
  db: Database,
  { locale, asked, statement, now }: Given & { now: Date },
): { body: ReadableStream<Uint8Array>; fileName: string } {
  const words = statementWords(locale);
  const { memberName, coopName, work, period } = statement;
  const named = periodName(locale, period);
  const title = words.member.document(memberName, named);
  const say = (amount: number) => signedMoney(locale, amount);
  const columns = deductionColumns(statement.totals);
  const table: Column[] = [
    { head: words.date, share: 9 },
    { head: words.what, share: 16 },
    { head: words.sale, share: 5, amount: true },
    { head: words.title_, share: 18 },
    { head: words.gross, share: 8, amount: true },
    ...columns.map((name): Column => ({ head: words[name], share: 10, amount: true })),
    { head: words.mine, share: 8, amount: true },
    { head: words.balance, share: 9, amount: true },
  ];
  const blank = columns.map(() => "");
  const openingWords = work ? words.openingOfWork : words.opening;
  const closingWords = work ? words.closingOfWork : words.closing;
  const body = paper(
    {
      locale,
      title,
      author: coopName,
      landscape: true,
      foot: title,
      madeAt: now,
      page: words.page,
    },
    async (sheet) => {
      sheet.title(words.member.heading);
      sheet.facts([
        [words.facts.member, memberName],
        [words.facts.coop, coopName],
        [words.facts.period, named],
        ...(work ? [[words.facts.work, work.title] as const] : []),
        [words.facts.made, date(locale, now)],
      ]);
      sheet.paragraph(words.member.about, { soft: true, small: true });
      sheet.heading(words.summary);
      const summary = sheet.table(
        [
          { head: words.what, share: 50 },
          { head: words.total, share: 20, amount: true },
          { head: "", share: 50 },
        ],
        words.summary,
      );
      await summary.row([openingWords, say(statement.opening), ""]);
      for (const total of statement.totals)
        await summary.row([
          `${words.kinds[total.kind] ?? total.kind} (${number(locale, total.rows)})`,
          say(total.amount),
          "",
        ]);
      await summary.row([closingWords, say(statement.closing), ""], { strong: true });
      summary.end();

      sheet.heading(words.details);
      const lines = sheet.table(table, words.details);
      let balance = statement.opening;
      await lines.row(["", openingWords, "", "", "", ...blank, "", say(balance)], { soft: true });
      for await (const page of rowsOf(db, asked))
        for (const row of page) {
          balance += row.amount;
          const { deductions } = row;
          await lines.row([
            csvTime(row.postedAt).slice(0, 10),
            words.kinds[row.kind] ?? row.kind,
            row.saleNumber === null ? "" : String(row.saleNumber),
            `${row.title ?? ""}${row.quantity !== null && row.quantity > 1 ? ` × ${row.quantity}` : ""}`,
            deductions ? say(deductions.gross) : "",
            ...columns.map((name) => (deductions?.[name] ? say(0 - deductions[name]) : "")),
            say(row.amount),
            say(balance),
          ]);
        }
      const sum = (of: (total: Statement["totals"][number]) => number) =>
        statement.totals.reduce((all, total) => all + of(total), 0);
      await lines.row(
        [
          "",
          closingWords,
          "",
          "",
          say(sum(({ gross }) => gross)),
          ...columns.map((name) => say(0 - sum((total) => total[name]))),
          say(sum(({ amount }) => amount)),
          say(balance),
        ],
        { strong: true },
      );
      lines.end();
    },
  );
  return { body, fileName: `${fileName(locale, statement)}.pdf` };
}
