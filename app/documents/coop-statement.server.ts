import { groupName, netOf, owedToday, soldColumns, taxName } from "#app/components/coop-statement-words.ts";
import { periodName } from "#app/components/period-name.ts";
import { signedMoney } from "#app/components/signed-money.ts";
import type { CoopStatement } from "#domain/transparency/statement-coop-queries.server.ts";
import { date, number } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { statementWords } from "#i18n/statements.ts";
import { type Column, paper } from "./paper.server.ts";

const amount = (head: string, share = 10): Column => ({ head, share, amount: true });

/** The statement of a co-op to print and keep: the same figures as the page of the office. */
export function coopPdf({
  locale,
  coop,
  statement,
  accountWords,
  now,
}: {
  locale: Locale;
  coop: { name: string; slug: string };
  statement: CoopStatement;
  accountWords: (account: string, name: string | null) => string;
  now: Date;
}): { body: ReadableStream<Uint8Array>; fileName: string } {
  const all = statementWords(locale);
  const words = all.coop;
  const { period, sold, taxes, groups, elsewhere, whole } = statement;
  const named = periodName(locale, period);
  const title = words.document(coop.name, named);
  const say = (cents: number) => signedMoney(locale, cents);
  const body = paper(
    { locale, title, author: coop.name, landscape: true, foot: title, madeAt: now, page: all.page },
    async (sheet) => {
      sheet.title(words.heading);
      sheet.facts([
        [all.facts.coop, coop.name],
        [all.facts.period, named],
        [all.facts.made, date(locale, now)],
      ]);

      sheet.heading(words.sold);
      sheet.paragraph(sold.length === 0 ? words.soldNone : words.soldLead, { soft: true, small: true });
      if (sold.length > 0) {
        const columns = soldColumns(sold);
        const table = sheet.table(
          [
            { head: all.what, share: 18 },
            amount(words.lines, 6),
            amount(all.gross),
            ...columns.map((name) => amount(all[name])),
          ],
          words.sold,
        );
        for (const each of sold)
          await table.row([
            all.kinds[each.kind] ?? each.kind,
            number(locale, each.lines),
            say(each.gross),
            ...columns.map((name) => say(each[name])),
          ]);
        const net = netOf(sold);
        await table.row([words.net, "", say(net.gross), ...columns.map((name) => say(net[name]))], {
          strong: true,
        });
        table.end();
        if (sold.some(({ kind, fee }) => kind !== "split" && fee !== 0))
          sheet.paragraph(words.feeNote, { soft: true, small: true });
      }

      sheet.heading(words.taxes);
      sheet.paragraph(taxes.length === 0 ? words.taxesNone : whole ? words.taxesWhole : words.taxesOwn, {
        soft: true,
        small: true,
      });
      if (taxes.length > 0) {
        const table = sheet.table(
          whole
            ? [
                { head: words.tax, share: 18 },
                amount(words.taxOpening),
                amount(words.collected),
                amount(words.givenBack),
                amount(words.otherwise),
                amount(words.taxClosing),
              ]
            : [
                { head: words.tax, share: 18 },
                amount(words.collected),
                amount(words.givenBack),
                amount(words.taxNet),
              ],
          words.taxes,
        );
        for (const tax of taxes)
          await table.row(
            whole
              ? [
                  taxName(locale, tax),
                  say(tax.opening ?? 0),
                  say(tax.collected),
                  say(0 - tax.givenBack),
                  say(tax.otherwise ?? 0),
                  say(tax.closing ?? 0),
                ]
              : [
                  taxName(locale, tax),
                  say(tax.collected),
                  say(0 - tax.givenBack),
                  say(tax.collected - tax.givenBack),
                ],
          );
        table.end();
      }

      sheet.heading(words.books);
      sheet.paragraph(whole ? words.booksWhole : words.booksOwn, { soft: true, small: true });
      const books = sheet.table(
        [
          { head: words.group, share: 26 },
          amount(words.opening),
          amount(words.debit),
          amount(words.credit),
          amount(words.closing),
        ],
        words.books,
      );
      const rows = [...groups, ...(elsewhere ? [{ group: "", coopName: null, ...elsewhere }] : [])];
      for (const row of rows)
        await books.row([
          row.group === "" ? words.elsewhere : groupName(locale, row, accountWords),
          say(row.opening),
          say(row.debit),
          say(row.credit),
          say(row.closing),
        ]);
      const sum = (of: (row: (typeof rows)[number]) => number) =>
        say(rows.reduce((total, row) => total + of(row), 0));
      await books.row(
        [
          all.total,
          sum((row) => row.opening),
          sum((row) => row.debit),
          sum((row) => row.credit),
          sum((row) => row.closing),
        ],
        { strong: true },
      );
      books.end();

      const owed = owedToday(locale, statement);
      sheet.heading(words.owed);
      sheet.paragraph(owed.length === 0 ? words.owedNone : words.owedLead, { soft: true, small: true });
      if (owed.length > 0) {
        const { held } = officeWords(locale).members;
        const table = sheet.table(
          [
            { head: words.member, share: 24 },
            amount(words.owedNow),
            amount(words.heldNow),
            { head: words.why, share: 24 },
          ],
          words.owed,
        );
        for (const each of owed)
          await table.row([
            each.name,
            say(each.owed),
            say(each.held),
            each.heldBecause ? held[each.heldBecause] : "",
          ]);
        table.end();
      }
    },
  );
  return { body, fileName: `${all.file.coop}-${coop.slug}-${period.code}.pdf` };
}
