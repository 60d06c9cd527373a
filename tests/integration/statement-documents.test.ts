import { v7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { signedMoney } from "#app/components/signed-money.ts";
import { coopPdf } from "#app/documents/coop-statement.server.ts";
import { decimal } from "#app/documents/csv.server.ts";
import { journalCsv } from "#app/documents/journal.server.ts";
import { memberCsv, memberPdf } from "#app/documents/member-statement.server.ts";
import { refundSale } from "#domain/sales/refund-sale.server.ts";
import { coopStatement } from "#domain/transparency/statement-coop-queries.server.ts";
import { periodOf } from "#domain/transparency/statement-period.ts";
import { type Asked, movementsOf, statementOf } from "#domain/transparency/statement-queries.server.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { advance, openMarket, sell } from "./market.ts";
import { plain, readPdf } from "./pdf-text.ts";

const period = periodOf("2026")!;
const treasurer = v7();
let stage: Stage;
let asked: Asked;
let coop: { id: string; name: string; slug: string };

beforeAll(async () => {
  stage = await openMarket();
  const id = stage.coops.get("A")!;
  coop = { id, name: "A", slug: "a" };
  await stage.db
    .updateTable("work")
    .set({ title: '=SUM(A1) ; « l’Été »"' })
    .where("id", "=", stage.works.get("L2")!)
    .execute();
  await sell(stage, ["L1", { work: "L2", quantity: 3 }, "M1"], { place: "CA-QC" });
  await advance(stage, 60 * 24 * 40);
  const saleId = await sell(stage, ["L1"]);
  await refundSale(stage.db, stage.house, { saleId, amount: 500, askedBy: null });
  await drain(stage);
  const at = stage.clock.now();
  await stage.db.insertInto("person").values({ id: treasurer, email: "t@a.coop", created_at: at }).execute();
  await stage.db
    .insertInto("coop_role")
    .values({ coop_id: id, person_id: treasurer, role: "treasurer", granted_at: at })
    .execute();
  const ana = stage.members.get("ana")!;
  asked = { personId: ana.personId, memberId: ana.id, period, workId: null };
}, 60_000);
afterAll(() => stage?.close());

/** The cells of a CSV of ours: parted by semicolons, quoted where they must be. */
const cells = (line: string): string[] =>
  [...`;${line}`.matchAll(/;(?:"((?:[^"]|"")*)"|([^;]*))/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? "") : quoted.replaceAll('""', '"'),
  );

it("gives the rows of a statement as a CSV in which each adds up, from opening to closing", async () => {
  const statement = (await statementOf(stage.db, asked))!;
  const { rows } = await movementsOf(stage.db, asked, { after: null, entries: 1000 });
  const answer = memberCsv(stage.db, { locale: "fr", asked, statement });
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="releve-ana-2026.csv"');
  const [head, opening, ...lines] = (await answer.text()).trim().split("\r\n").map(cells);
  const closing = lines.pop()!;
  expect(head!.slice(0, 3)).toEqual(["Date", "Écriture", "Code du genre"]);
  expect([opening![15], closing[15]]).toEqual([decimal(statement.opening), decimal(statement.closing)]);
  expect(lines.map((line) => [line[1], line[2], line[14]])).toEqual(
    rows.map((row) => [String(row.entryNumber), row.kind, decimal(row.amount)]),
  );
  for (const line of lines.filter((each) => each[7] !== "")) {
    const cents = line.slice(7, 15).map((amount) => Math.round(Number(amount) * 100));
    expect(cents.slice(0, -1).reduce((all, each) => all + each, 0)).toBe(cents.at(-1));
  }
  expect(lines.map((line) => line[5])).toContain(`'=SUM(A1) ; « l’Été »"`);
  expect(new Set(lines.map((line) => line[16]))).toEqual(new Set(["CAD"]));
});

it("gives the same rows as a PDF, in both languages", async () => {
  const statement = (await statementOf(stage.db, asked))!;
  const { rows } = await movementsOf(stage.db, asked, { after: null, entries: 1000 });
  for (const locale of ["fr", "en"] as const) {
    const { body, fileName } = memberPdf(stage.db, { locale, asked, statement, now: stage.clock.now() });
    const pdf = await readPdf(body);
    const said = pdf.lines.join(" ");
    expect(fileName).toBe(locale === "fr" ? "releve-ana-2026.pdf" : "statement-ana-2026.pdf");
    expect(pdf).toMatchObject({ tagged: true, language: `${locale}-CA` });
    expect(pdf.fonts.every(({ embedded }) => embedded)).toBe(true);
    let balance = statement.opening;
    for (const { amount } of rows) {
      balance += amount;
      expect(said).toContain(plain(`${signedMoney(locale, amount)} ${signedMoney(locale, balance)}`));
    }
    expect(balance).toBe(statement.closing);
  }
});

it("gives the journal as a CSV in which debits are credits, entry by entry", async () => {
  const question = { personId: treasurer, coopId: coop.id, period };
  const answer = await journalCsv(stage.db, question, {
    locale: "fr",
    coopSlug: coop.slug,
    accountWords: (account) => account,
  });
  const [, ...lines] = (await answer!.text()).trim().split("\r\n").map(cells);
  const { count } = await stage.db
    .selectFrom("posting")
    .select(stage.db.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  expect(lines).toHaveLength(count);
  const sums = new Map<string, number>();
  for (const line of lines) {
    const [debit, credit] = [line[7], line[8]].map((amount) => Math.round(Number(amount) * 100));
    expect(debit === 0).toBe(credit !== 0);
    sums.set(line[1]!, (sums.get(line[1]!) ?? 0) + debit! - credit!);
  }
  expect([...sums.values()].every((sum) => sum === 0)).toBe(true);
  const stranger = { ...question, personId: asked.personId };
  expect(
    await journalCsv(stage.db, stranger, { locale: "fr", coopSlug: "a", accountWords: (account) => account }),
  ).toBeNull();
});

it("gives a co-op's statement as a PDF with the figures of the page", async () => {
  const statement = (await coopStatement(stage.db, { personId: treasurer, coopId: coop.id, period }))!;
  const { body } = coopPdf({
    locale: "fr",
    coop,
    statement,
    accountWords: (account) => account,
    now: stage.clock.now(),
  });
  const said = (await readPdf(body)).lines.join(" ");
  for (const { gross, shares } of statement.sold)
    for (const amount of [gross, shares]) expect(said).toContain(plain(signedMoney("fr", amount)));
  for (const tax of statement.taxes) expect(said).toContain(plain(signedMoney("fr", tax.closing!)));
  for (const group of statement.groups) expect(said).toContain(plain(signedMoney("fr", group.closing)));
});
