import { sql } from "kysely";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { movedWork } from "#domain/catalogue/moved-queries.server.ts";
import { findWorkPage } from "#domain/catalogue/queries.server.ts";
import { findWorkDoubles, tiesOfWork } from "#domain/curation/double-queries.server.ts";
import { mergeWorks } from "#domain/curation/merge-works.server.ts";
import { publish } from "#domain/curation/publish.server.ts";
import { tieWorks } from "#domain/curation/tie-works.server.ts";
import { undoWorksMerge } from "#domain/curation/undo-works-merge.server.ts";
import { openDownload } from "#domain/delivery/open-download.server.ts";
import { findHeldOfSale } from "#domain/library/queries.server.ts";
import { correctRecord } from "#domain/metadata/correct-record.server.ts";
import { brokenChecks } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { advance, open, openMarket, pay, sell } from "./market.ts";
import { booksOn } from "./merging-books.ts";

let stage: Stage;
let curator: string;
let book: ReturnType<typeof booksOn>["book"];
let money: ReturnType<typeof booksOn>["money"];
let catalogue: ReturnType<typeof booksOn>["catalogue"];
let member: ReturnType<typeof booksOn>["member"];
const house = () => ({ ...stage.house, storage: { signDownload: async (key: string) => key } as never });

beforeAll(async () => {
  stage = await openMarket();
  ({ book, money, catalogue, member } = booksOn(stage));
  curator = v7();
  const at = stage.clock.now();
  await stage.db
    .insertInto("person")
    .values({ id: curator, email: "cure@exemple.coop", created_at: at })
    .execute();
  await stage.db
    .insertInto("coop_role")
    .values({ coop_id: stage.coops.get("A")!, person_id: curator, role: "curator", granted_at: at })
    .execute();
});
afterAll(() => stage.close());

const filesOf = async (saleId: string) =>
  (await findHeldOfSale(stage.db, saleId)).map(({ work, title, files: held }) => ({
    slug: work.slug,
    title,
    files: held.map(({ assetId, former }) => [assetId, former]),
  }));
const rightOf = async (saleId: string) =>
  (
    await stage.db
      .selectFrom("download_right")
      .innerJoin("sale_line", "sale_line.id", "sale_line_id")
      .select("download_right.id")
      .where("sale_id", "=", saleId)
      .executeTakeFirstOrThrow()
  ).id;
const desk = () => ({ personId: curator, as: "curator" as const });
const mergeOf = async (workId: string) => (await tiesOfWork(stage.db, workId)).merges[0]!.id;

describe("two records of one book", () => {
  it("become one work with its editions: buyers of either hold both, and nothing sold is rewritten", async () => {
    const { db } = stage;
    const epub = await book("Marées", "epub", { isbn: "9782923456010" });
    const pdf = await book("Les marées", "pdf", { isbn: "9782923456027", price: 700 });
    await db
      .insertInto("product")
      .values({
        coop_id: stage.coops.get("A")!,
        reference: "R-pdf",
        work_id: pdf.id,
        received_at: stage.clock.now(),
      })
      .execute();
    await sql`update work set description = ${JSON.stringify({ fr: "Dit par le PDF" })} where id = ${pdf.id}`.execute(
      db,
    );
    const one = await sell(stage, [epub.id]);
    const other = await sell(stage, [pdf.id], { email: "b@exemple.org" });
    // A page of payment is open on the record that will go.
    const { saleId: late } = await open(stage, [pdf.id], { email: "c@exemple.org" });
    const [before, books] = [await catalogue(epub.id, pdf.id), await money()];

    await mergeWorks(db, stage.house, { ...desk(), keptId: epub.id, goneId: pdf.id, current: "kept" });
    await mergeWorks(db, stage.house, { ...desk(), keptId: epub.id, goneId: pdf.id, current: "kept" });
    const page = await findWorkPage(db, stage.house, { slug: epub.slug, personId: null });
    expect(page?.editions.map(({ format, identifiers }) => [format, identifiers[0]?.value])).toEqual([
      ["epub", "9782923456010"],
      ["pdf", "9782923456027"],
    ]);
    expect(page?.description).toEqual({ fr: "Dit par le PDF" });
    expect(await movedWork(db, { slug: pdf.slug })).toEqual({ id: epub.id, slug: epub.slug });
    expect(await findWorkPage(db, stage.house, { slug: pdf.slug, personId: curator })).toBeNull();
    const both = [
      [epub.assetId, false],
      [pdf.assetId, false],
    ];
    expect(await filesOf(one)).toEqual([{ slug: epub.slug, title: "Marées", files: both }]);
    expect(await filesOf(other)).toEqual([{ slug: epub.slug, title: "Les marées", files: both }]);
    expect(
      await openDownload(db, house(), {
        rightId: await rightOf(other),
        assetId: epub.assetId,
        personId: null,
        saleId: other,
      }),
    ).not.toBeNull();
    expect(await money()).toEqual(books);
    // What was open is paid all the same, for the work as it was sold.
    await pay(stage, late);
    await drain(stage);
    expect((await filesOf(late))[0]?.files).toEqual(both);
    expect(await brokenChecks(db)).toEqual([]);
    await expect(
      correctRecord(db, stage.house, { ...desk(), workId: pdf.id, values: { title: "X" } }),
    ).rejects.toMatchObject({ code: "work_merged" });
    await expect(open(stage, [pdf.id])).rejects.toMatchObject({ code: "work_withdrawn" });

    await undoWorksMerge(db, stage.house, { ...desk(), mergeId: await mergeOf(epub.id) });
    expect(await filesOf(one)).toEqual([{ slug: epub.slug, title: "Marées", files: [both[0]] }]);
    expect(await filesOf(late)).toEqual([{ slug: pdf.slug, title: "Les marées", files: [both[1]] }]);
    expect(await movedWork(db, { slug: pdf.slug })).toBeNull();
    const after = await catalogue(epub.id, pdf.id);
    const lateRight = await rightOf(late);
    expect({
      ...after,
      rights: (after.rights as { id: string }[]).filter(({ id }) => id !== lateRight),
    }).toEqual(before);
    expect((await findWorkPage(db, stage.house, { slug: pdf.slug, personId: null }))?.editions).toHaveLength(
      1,
    );
    expect(await brokenChecks(db)).toEqual([]);
  });

  it("of one format are two editions: the newer is sold, the other stays with who bought it", async () => {
    const { db } = stage;
    const first = await book("Estuaire", "epub", { isbn: "9782923456034" });
    const second = await book("Estuaire", "epub", { isbn: "9782923456041", state: "draft" });
    const early = await sell(stage, [first.id], { email: "tot@exemple.org" });
    const before = await catalogue(first.id, second.id);
    const merge = { ...desk(), keptId: first.id, goneId: second.id, current: "gone" as const };
    await mergeWorks(db, stage.house, merge);
    expect((await filesOf(early))[0]?.files).toEqual([
      [second.assetId, false],
      [first.assetId, true],
    ]);
    expect(
      (await findWorkPage(db, stage.house, { slug: first.slug, personId: null }))?.editions,
    ).toMatchObject([{ format: "epub", identifiers: [{ value: "9782923456041" }] }]);
    // A record saved since touches the number of no edition of before.
    await correctRecord(db, stage.house, {
      ...desk(),
      workId: first.id,
      values: { identifiers: [{ scheme: "isbn", value: "9782923456058", format: "epub" }] },
    });
    expect(
      (await findWorkDoubles(db, stage.house, { ...desk(), workId: first.id }))?.work.editions.map(
        ({ isbn, former }) => [isbn, former],
      ),
    ).toEqual([
      ["9782923456058", false],
      ["9782923456034", true],
    ]);
    await correctRecord(db, stage.house, {
      ...desk(),
      workId: first.id,
      values: { identifiers: [{ scheme: "isbn", value: "9782923456041", format: "epub" }] },
    });
    await sql`delete from finding where field = 'identifiers' and work_id = ${first.id}`.execute(db);
    await undoWorksMerge(db, stage.house, { ...desk(), mergeId: await mergeOf(first.id) });
    expect(await catalogue(first.id, second.id)).toEqual(before);

    await mergeWorks(db, stage.house, merge);
    await advance(stage, 1);
    const now = await sell(stage, [first.id], { email: "tard@exemple.org" });
    expect((await filesOf(now))[0]?.files).toEqual([[second.assetId, false]]);
    expect(
      await openDownload(db, house(), {
        rightId: await rightOf(now),
        assetId: first.assetId,
        personId: null,
        saleId: now,
      }),
    ).toBeNull();
    // Who bought it with its new edition would lose that one.
    await expect(
      undoWorksMerge(db, stage.house, { ...desk(), mergeId: await mergeOf(first.id) }),
    ).rejects.toMatchObject({
      code: "merge_sold",
      details: { copies: 1 },
    });
  });

  it("are joined by their artist where both are theirs, and by nobody else's studio or desk", async () => {
    const { db } = stage;
    const mine = await book("Delta", "epub");
    const too = await book("Delta", "pdf", { state: "draft" });
    const his = await book("Delta", "pdf", { by: "benoit", shares: [["ana", 1]] });
    const ana = { personId: member("ana").personId, as: "artist" as const };
    const merge = (who: { personId: string; as: "artist" | "curator" }, goneId: string) =>
      mergeWorks(db, stage.house, { ...who, keptId: mine.id, goneId, current: "kept" });
    await expect(merge(ana, his.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(merge({ personId: member("dan").personId, as: "artist" }, too.id)).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(merge({ personId: member("ana").personId, as: "curator" }, too.id)).rejects.toMatchObject({
      code: "not_found",
    });
    await sql`update work set state = 'submitted' where id = ${too.id}`.execute(db);
    await expect(merge(ana, too.id)).rejects.toMatchObject({ code: "work_submitted" });
    await sql`update work set state = 'draft' where id = ${too.id}`.execute(db);
    await merge(ana, too.id);
    await expect(
      undoWorksMerge(db, stage.house, {
        personId: member("dan").personId,
        as: "artist",
        mergeId: await mergeOf(mine.id),
      }),
    ).rejects.toMatchObject({ code: "not_found" });
    await undoWorksMerge(db, stage.house, { ...ana, mergeId: await mergeOf(mine.id) });
    await merge(desk(), his.id);
    expect((await findWorkPage(db, stage.house, { slug: mine.slug, personId: null }))?.editions).toHaveLength(
      2,
    );
  });

  it("shared otherwise, in another tongue or with expenses to recover, stay two", async () => {
    const { db } = stage;
    const kept = await book("Aval", "epub");
    const merge = (goneId: string) =>
      mergeWorks(db, stage.house, { ...desk(), keptId: kept.id, goneId, current: "kept" });
    const shared = await book("Aval", "pdf", {
      shares: [
        ["ana", 1],
        ["benoit", 1],
      ],
    });
    await expect(merge(shared.id)).rejects.toMatchObject({ code: "merge_shares" });
    await expect(merge((await book("Downstream", "epub", { language: "en" })).id)).rejects.toMatchObject({
      code: "merge_languages",
    });
    const spent = await book("Aval", "pdf");
    await db
      .insertInto("expense")
      .values({
        id: v7(),
        work_id: spent.id,
        label: "Maquette",
        amount: 5000,
        approved_at: stage.clock.now(),
        created_at: stage.clock.now(),
      })
      .execute();
    await expect(merge(spent.id)).rejects.toMatchObject({ code: "merge_expenses" });
  });
});

describe("at review", () => {
  it("a submission that is another record of a book is answered by joining, and waits again when that is undone", async () => {
    const { db } = stage;
    const sha = "the very same";
    const known = await book("Confluence", "epub", { isbn: "9782923456065", sha });
    const sent = await book("Confluences", "pdf", { isbn: "9782923456065", state: "draft" });
    const again = await book("Autre titre", "epub", { sha, state: "draft" });
    const translated = await book("La Confluence", "epub", { language: "en" });
    const submissionId = v7();
    await sql`update work set state = 'submitted' where id = ${sent.id}`.execute(db);
    await db
      .insertInto("submission")
      .values({
        id: submissionId,
        work_id: sent.id,
        member_id: member("ana").id,
        submitted_at: stage.clock.now(),
      })
      .execute();
    const like = async (workId: string) =>
      (await findWorkDoubles(db, stage.house, { ...desk(), workId }))?.doubles.map(
        ({ id, why, translation }) => [id, why, translation],
      );
    expect(await like(sent.id)).toEqual([[known.id, "isbn", false]]);
    expect(await like(known.id)).toEqual([
      [again.id, "file", false],
      [sent.id, "isbn", false],
      [translated.id, "title", true],
    ]);
    expect(
      await findWorkDoubles(db, stage.house, {
        personId: member("ana").personId,
        as: "curator",
        workId: known.id,
      }),
    ).toBeNull();

    await tieWorks(db, stage.house, {
      ...desk(),
      oneId: known.id,
      otherId: translated.id,
      tie: "translation",
    });
    await tieWorks(db, stage.house, { ...desk(), oneId: again.id, otherId: known.id, tie: "apart" });
    expect((await like(known.id))?.map(([id]) => id)).toEqual([sent.id]);
    const before = await catalogue(known.id, sent.id);
    await mergeWorks(db, stage.house, { ...desk(), keptId: known.id, goneId: sent.id, current: "kept" });
    expect(
      (await findWorkPage(db, stage.house, { slug: known.slug, personId: null }))?.translations,
    ).toMatchObject([{ slug: translated.slug, language: "en" }]);
    await expect(publish(db, stage.house, { personId: curator, submissionId })).resolves.toMatchObject({
      workId: sent.id,
    });
    const { rows } = await sql<{
      state: string;
      decision: string;
    }>`select w.state, s.decision from work w join submission s on s.work_id = w.id where w.id = ${sent.id}`.execute(
      db,
    );
    expect(rows).toEqual([{ state: "withdrawn", decision: "published" }]);
    await undoWorksMerge(db, stage.house, { ...desk(), mergeId: await mergeOf(known.id) });
    expect(await catalogue(known.id, sent.id)).toEqual(before);
    await tieWorks(db, stage.house, { ...desk(), oneId: translated.id, otherId: known.id, tie: null });
    expect((await tiesOfWork(db, known.id)).ties.map(({ tie }) => tie)).toEqual(["apart"]);
  });
});
