import { sql } from "kysely";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { movedWork } from "#domain/catalogue/moved-queries.server.ts";
import { findWorkPage } from "#domain/catalogue/queries.server.ts";
import { setPrice } from "#domain/catalogue/set-price.server.ts";
import { startWork } from "#domain/catalogue/start-work.server.ts";
import { findWorkDoubles, tiesOfWork } from "#domain/curation/double-queries.server.ts";
import { mergeWorks } from "#domain/curation/merge-works.server.ts";
import { publish } from "#domain/curation/publish.server.ts";
import { tieWorks } from "#domain/curation/tie-works.server.ts";
import { undoWorksMerge } from "#domain/curation/undo-works-merge.server.ts";
import { openDownload } from "#domain/delivery/open-download.server.ts";
import { findHeldOfSale } from "#domain/library/queries.server.ts";
import { correctRecord } from "#domain/metadata/correct-record.server.ts";
import { setShares } from "#domain/revenue/set-shares.server.ts";
import { brokenChecks } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { advance, open, openMarket, pay, sell } from "./market.ts";

let stage: Stage;
let curator: string;
const member = (name: string) => stage.members.get(name)!;
const house = () => ({ ...stage.house, storage: { signDownload: async (key: string) => key } as never });

beforeAll(async () => {
  stage = await openMarket();
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

let files = 0;
/** A book of ana's with a file of this format, in the shop at this price. */
async function book(
  title: string,
  format: "epub" | "pdf",
  more: {
    shares?: [string, number][];
    by?: string;
    price?: number;
    state?: string;
    isbn?: string;
    language?: string;
    sha?: string;
  } = {},
) {
  const { db, clock } = stage;
  const { id: memberId, personId } = member(more.by ?? "ana");
  const { workId, slug } = await startWork(db, stage.house, { memberId, personId, kind: "book", title });
  const [editionId, uploadId, assetId] = [v7(), v7(), v7()];
  const at = clock.now();
  await db.insertInto("edition").values({ id: editionId, work_id: workId, format, created_at: at }).execute();
  files += 1;
  const bytes = { bytes: files, sha256: more.sha ?? `sha ${files}` };
  await db
    .insertInto("upload")
    .values({
      id: uploadId,
      work_id: workId,
      member_id: memberId,
      file_name: `${title}.${format}`,
      declared_bytes: files,
      declared_type: "x",
      storage_key: `upload ${files}`,
      part_bytes: 8,
      state: "accepted",
      state_at: at,
      created_at: at,
      ...bytes,
    })
    .execute();
  await db
    .insertInto("asset")
    .values({
      id: assetId,
      work_id: workId,
      edition_id: editionId,
      upload_id: uploadId,
      role: "original",
      storage_key: `file ${files}`,
      media_type: format === "epub" ? "application/epub+zip" : "application/pdf",
      created_at: at,
      ...bytes,
    })
    .execute();
  if (more.isbn)
    await db
      .insertInto("identifier")
      .values({ id: v7(), edition_id: editionId, scheme: "isbn", value: more.isbn })
      .execute();
  await setShares(db, stage.house, {
    personId,
    workId,
    shares: (more.shares ?? [["ana", 1]]).map(([name, parts]) => ({ memberId: member(name).id, parts })),
  } as never);
  await setPrice(db, stage.house, { personId, workId, price: { kind: "fixed", amount: more.price ?? 1000 } });
  const state = more.state ?? "published";
  await sql`update work set state = ${state}, published_at = ${state === "published" ? at : null}, language = ${more.language ?? "fr"}
    where id = ${workId}`.execute(db);
  stage.works.set(workId, workId);
  return { id: workId, slug, editionId, assetId, uploadId };
}
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
/** The books, and what was sold: nothing of it moves. */
const money = async () => ({
  lines: (await sql`select * from sale_line order by id`.execute(stage.db)).rows,
  parts: (await sql`select * from split_part order by sale_line_id, position`.execute(stage.db)).rows,
  counters: (
    await sql`select * from share_counter order by work_id, rule_id, stage, share_list_id`.execute(stage.db)
  ).rows,
  postings: (await sql`select * from posting order by entry_id, account`.execute(stage.db)).rows,
  shares: (await sql`select * from share order by share_list_id, position`.execute(stage.db)).rows,
});
const catalogue = async (...ids: string[]) => ({
  works: (
    await sql`select to_jsonb(w) - 'updated_at' as work from work w where id = any(${ids}::uuid[]) order by id`.execute(
      stage.db,
    )
  ).rows,
  editions: (
    await sql`select * from edition where work_id = any(${ids}::uuid[]) order by id`.execute(stage.db)
  ).rows,
  assets: (
    await sql`select id, work_id, edition_id from asset where work_id = any(${ids}::uuid[]) order by id`.execute(
      stage.db,
    )
  ).rows,
  uploads: (
    await sql`select id, work_id from upload where work_id = any(${ids}::uuid[]) order by id`.execute(
      stage.db,
    )
  ).rows,
  findings: (
    await sql`select id, work_id from finding where work_id = any(${ids}::uuid[]) order by id`.execute(
      stage.db,
    )
  ).rows,
  rights: (
    await sql`select id, work_id from download_right where work_id = any(${ids}::uuid[]) order by id`.execute(
      stage.db,
    )
  ).rows,
  products: (await sql`select reference, work_id from product order by 1`.execute(stage.db)).rows,
  identifiers: (
    await sql`select work_id, edition_id, scheme, value from identifier
    where work_id = any(${ids}::uuid[]) or edition_id in (select id from edition where work_id = any(${ids}::uuid[])) order by 1, 2, 3, 4`.execute(
      stage.db,
    )
  ).rows,
  ties: (await sql`select one_id, other_id, tie from work_tie order by 1, 2`.execute(stage.db)).rows,
  submissions: (await sql`select id, work_id, decision from submission order by id`.execute(stage.db)).rows,
});
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
    const merge = (
      who: Parameters<typeof mergeWorks>[2] extends infer I
        ? Pick<I & { personId: string; as: "artist" | "curator" }, "personId" | "as">
        : never,
      goneId: string,
    ) => mergeWorks(db, stage.house, { ...who, keptId: mine.id, goneId, current: "kept" });
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
