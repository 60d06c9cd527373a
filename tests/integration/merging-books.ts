import { sql } from "kysely";
import { v7 } from "uuid";
import { setPrice } from "#domain/catalogue/set-price.server.ts";
import { startWork } from "#domain/catalogue/start-work.server.ts";
import { setShares } from "#domain/revenue/set-shares.server.ts";
import type { Stage } from "#tests/stories/stage.ts";

/** Books to be joined on the stage of a market, and all that joining may touch or must leave alone. */
export function booksOn(stage: Stage) {
  const member = (name: string) => stage.members.get(name)!;
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
    await db
      .insertInto("edition")
      .values({ id: editionId, work_id: workId, format, created_at: at })
      .execute();
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
    await setPrice(db, stage.house, {
      personId,
      workId,
      price: { kind: "fixed", amount: more.price ?? 1000 },
    });
    const state = more.state ?? "published";
    await sql`update work set state = ${state}, published_at = ${state === "published" ? at : null}, language = ${more.language ?? "fr"}
      where id = ${workId}`.execute(db);
    stage.works.set(workId, workId);
    return { id: workId, slug, editionId, assetId, uploadId };
  }
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

  return { book, money, catalogue, member };
}
