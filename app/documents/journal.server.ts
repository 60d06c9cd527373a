import { elsewhere } from "#domain/transparency/elsewhere.ts";
import { type JournalRow, journalOf } from "#domain/transparency/journal-queries.server.ts";
import type { Period } from "#domain/transparency/statement-period.ts";
import type { After } from "#domain/transparency/statement-queries.server.ts";
import type { Locale } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { statementWords } from "#i18n/statements.ts";
import { type CsvCell, csv, csvTime } from "./csv.server.ts";

type Database = Parameters<typeof journalOf>[0];
const entriesAtOnce = 1000;

/**
 * The journal of a co-op for its accounting software: one line a posting, in the order of the entries. `accountWords`: how the
 * office calls an account. null for who does not keep these books.
 */
export async function journalCsv(
  db: Database,
  asked: { personId: string; coopId: string; period: Period },
  {
    locale,
    coopSlug,
    accountWords,
  }: { locale: Locale; coopSlug: string; accountWords: (account: string, name: string | null) => string },
): Promise<Response | null> {
  const first = await journalOf(db, asked, { after: null, entries: entriesAtOnce });
  if (!first) return null;
  const words = statementWords(locale);
  const { journal, kinds } = words;
  const heads = [
    journal.date,
    journal.entry,
    journal.key,
    journal.kindCode,
    journal.kind,
    journal.account,
    journal.accountName,
    journal.debit,
    journal.credit,
    journal.currency,
    journal.sale,
  ];
  const line = (row: JournalRow): CsvCell[] => [
    csvTime(row.postedAt),
    row.entryNumber,
    row.key,
    row.kind,
    // As the books themselves call it: there a split is no sale.
    officeWords(locale).books.kinds[row.kind] ?? kinds[row.kind] ?? row.kind,
    row.account,
    row.account === elsewhere ? words.coop.elsewhere : accountWords(row.account, row.name),
    row.amount > 0 ? { cents: row.amount } : null,
    row.amount < 0 ? { cents: -row.amount } : null,
    row.currency.toUpperCase(),
    row.saleNumber,
  ];
  async function* rows(): AsyncGenerator<CsvCell[][]> {
    yield [heads, ...first!.rows.map(line)];
    let after: After | null = first!.next;
    while (after) {
      const page = await journalOf(db, asked, { after, entries: entriesAtOnce });
      yield page!.rows.map(line);
      after = page!.next;
    }
  }
  return csv(locale, [words.file.journal, coopSlug, asked.period.code].join("-"), rows());
}
