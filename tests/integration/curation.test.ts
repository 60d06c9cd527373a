import { sql } from "kysely";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publish } from "#domain/curation/publish.server.ts";
import { findNextWaiting, listDeskWorks, listWaiting } from "#domain/curation/queries.server.ts";
import { returnSubmission } from "#domain/curation/return-submission.server.ts";
import { findReview } from "#domain/curation/review-queries.server.ts";
import { takeDown } from "#domain/curation/take-down.server.ts";
import { setClock } from "#gateways/clock.ts";
import { freshDatabase, type ScratchDatabase } from "#tests/database.ts";

const clock = setClock("2026-11-22T10:00:00-05:00");
const earlier = new Date("2026-11-01T10:00:00-05:00");
let scratch: ScratchDatabase;
let halles: Coop;
let fleuve: Coop;
const house = () => ({ clock, queue: scratch.queue });

type Coop = { id: string; curator: string; member: string };

async function makePerson(email: string): Promise<string> {
  const id = v7();
  await scratch.db.insertInto("person").values({ id, email, created_at: earlier }).execute();
  return id;
}

async function makeCoop(slug: string): Promise<Coop> {
  const [id, member] = [v7(), v7()];
  const { db } = scratch;
  await db
    .insertInto("coop")
    .values({ id, slug, name: slug, legal_form: "coop_qc", place: "CA-QC", created_at: earlier })
    .execute();
  const [curator, artist] = await Promise.all([
    makePerson(`curator@${slug}.coop`),
    makePerson(`ana@${slug}.coop`),
  ]);
  await db
    .insertInto("coop_role")
    .values({ coop_id: id, person_id: curator, role: "curator", granted_at: earlier })
    .execute();
  await db
    .insertInto("member")
    .values({ id: member, coop_id: id, person_id: artist, slug: "ana", name: "Ana", joined_at: earlier })
    .execute();
  await db
    .insertInto("rule")
    .values({
      id: v7(),
      coop_id: id,
      code: "R1",
      steps: JSON.stringify([]),
      in_force_from: earlier,
      voted_at: earlier,
      adopted_at: earlier,
      created_at: earlier,
    })
    .execute();
  return { id, curator, member };
}

/** A book as the studio leaves it when it is submitted. */
async function submitBook(coop: Coop, title: string, options: { file?: boolean; minutesAgo?: number } = {}) {
  const { db } = scratch;
  const [workId, submissionId, uploadId, assetId, listId] = [v7(), v7(), v7(), v7(), v7()];
  const at = new Date(clock.now().getTime() - (options.minutesAgo ?? 60) * 60_000);
  await db
    .insertInto("work")
    .values({
      id: workId,
      coop_id: coop.id,
      member_id: coop.member,
      slug: `w-${workId}`,
      kind: "book",
      title,
      price: 1200,
      state: "submitted",
      state_at: at,
      created_at: at,
      updated_at: at,
    })
    .execute();
  await db
    .insertInto("submission")
    .values({ id: submissionId, work_id: workId, member_id: coop.member, submitted_at: at })
    .execute();
  await db
    .insertInto("share_list")
    .values({ id: listId, work_id: workId, in_force_from: at, created_at: at })
    .execute();
  await db
    .insertInto("share")
    .values({ share_list_id: listId, member_id: coop.member, parts: 1, position: 1, accepted_at: at })
    .execute();
  if (options.file !== false) {
    await db
      .insertInto("upload")
      .values({
        id: uploadId,
        work_id: workId,
        member_id: coop.member,
        file_name: "livre.epub",
        declared_bytes: 4200,
        declared_type: "application/epub+zip",
        storage_key: `uploads/${uploadId}`,
        part_bytes: 5_000_000,
        state: "accepted",
        state_at: at,
        inspection: JSON.stringify({ verdict: "warned", reasons: [{ code: "language_missing" }] }),
        created_at: at,
      })
      .execute();
    await db
      .insertInto("asset")
      .values({
        id: assetId,
        work_id: workId,
        upload_id: uploadId,
        role: "original",
        storage_key: `assets/${assetId}`,
        media_type: "application/epub+zip",
        bytes: 4200,
        created_at: at,
      })
      .execute();
    await db
      .insertInto("finding")
      .values({
        id: v7(),
        work_id: workId,
        upload_id: uploadId,
        field: "title",
        value: JSON.stringify("Un autre titre"),
        origin: "file",
        source: "opf:dc:title",
        found_at: at,
      })
      .execute();
  }
  return { workId, submissionId };
}

const stateOf = async (workId: string) =>
  (await scratch.db.selectFrom("work").select("state").where("id", "=", workId).executeTakeFirstOrThrow())
    .state;
const jobsFor = async (submissionId: string) =>
  (
    await sql`select from pgboss.job where name = 'send-review-outcome' and data ->> 'submissionId' = ${submissionId}`.execute(
      scratch.db,
    )
  ).rows.length;
const auditOf = (workId: string) =>
  scratch.db
    .selectFrom("audit")
    .select(["verb", "person_id"])
    .where("subject", "=", `work:${workId}`)
    .execute();

beforeAll(async () => {
  scratch = await freshDatabase();
  halles = await makeCoop("halles");
  fleuve = await makeCoop("fleuve");
});
afterAll(() => scratch.close());

describe("the queue", () => {
  it("shows who waits since when, the longest first, and only to the co-op's own staff", async () => {
    const late = await submitBook(halles, "Plus tard", { minutesAgo: 10 });
    const first = await submitBook(halles, "D’abord", { minutesAgo: 600 });
    const waiting = await listWaiting(scratch.db, { clock }, halles.curator);
    expect(waiting.map(({ title }) => title)).toEqual(["D’abord", "Plus tard"]);
    expect(waiting[0]).toMatchObject({ memberName: "Ana", kind: "book", returns: 0 });
    expect(waiting[0]?.checks).toContainEqual({ code: "file_warnings", state: "look", count: 1 });
    expect(await listWaiting(scratch.db, { clock }, fleuve.curator)).toEqual([]);
    expect(await findNextWaiting(scratch.db, halles.curator, first.submissionId)).toBe(late.submissionId);
    expect(await findNextWaiting(scratch.db, fleuve.curator, first.submissionId)).toBeNull();
  });

  it("puts what the file says beside the record, and hides it from another co-op", async () => {
    const { submissionId } = await submitBook(halles, "Le titre");
    const review = await findReview(scratch.db, { clock }, halles.curator, submissionId);
    expect(review?.comparison.find(({ field }) => field === "title")).toMatchObject({
      state: "differs",
      record: { texts: ["Le titre"] },
      file: [{ texts: ["Un autre titre"], source: "opf:dc:title", fileName: "livre.epub" }],
    });
    expect(review).toMatchObject({
      member: { name: "Ana", email: "ana@halles.coop" },
      files: [{ name: "livre.epub", bytes: 4200, reasons: [{ code: "language_missing" }] }],
      shares: [{ name: "Ana", parts: 1, accepted: true }],
    });
    expect(await findReview(scratch.db, { clock }, fleuve.curator, submissionId)).toBeNull();
  });
});

describe("publishing", () => {
  it("puts the work in the shop and the search, writes the audit and rings one mail, however often it is run", async () => {
    const { workId, submissionId } = await submitBook(halles, "Marée basse");
    const go = () => publish(scratch.db, house(), { personId: halles.curator, submissionId });
    const before = clock.now();
    expect(await go()).toEqual({ workId });
    clock.advance(60_000);
    expect(await go()).toEqual({ workId });
    const work = await scratch.db
      .selectFrom("work")
      .select(["state", "published_at"])
      .where("id", "=", workId)
      .executeTakeFirstOrThrow();
    expect(work).toEqual({ state: "published", published_at: before });
    const found = await sql`select from work_search where work_id = ${workId}
      and document @@ websearch_to_tsquery('fr', 'maree')`.execute(scratch.db);
    expect(found.rows).toHaveLength(1);
    expect(await auditOf(workId)).toEqual([{ verb: "publish", person_id: halles.curator }]);
    expect(await jobsFor(submissionId)).toBe(1);
  });

  it("finds nothing for another co-op's curator, and changes nothing", async () => {
    const { workId, submissionId } = await submitBook(halles, "Pas à vous");
    const other = { personId: fleuve.curator, submissionId };
    await expect(publish(scratch.db, house(), other)).rejects.toMatchObject({ code: "not_found" });
    await expect(
      returnSubmission(scratch.db, house(), { ...other, reasonCode: "duplicate", reason: null }),
    ).rejects.toMatchObject({ code: "not_found" });
    expect(await stateOf(workId)).toBe("submitted");
  });

  it("refuses what could not be sold, and leaves it in the queue", async () => {
    const { workId, submissionId } = await submitBook(halles, "Sans fichier", { file: false });
    await expect(
      publish(scratch.db, house(), { personId: halles.curator, submissionId }),
    ).rejects.toMatchObject({ code: "work_not_ready" });
    expect(await stateOf(workId)).toBe("submitted");
    expect(await jobsFor(submissionId)).toBe(0);
  });

  it("answers once when two curators decide at the same instant", async () => {
    const { submissionId } = await submitBook(halles, "Deux à la fois");
    const input = { personId: halles.curator, submissionId };
    const outcomes = await Promise.allSettled([
      publish(scratch.db, house(), input),
      returnSubmission(scratch.db, house(), { ...input, reasonCode: "cover_missing", reason: null }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "already_decided" },
    });
    expect(await jobsFor(submissionId)).toBe(1);
  });
});

describe("returning", () => {
  it("keeps the reason and the words, and the next submission shows them", async () => {
    const { workId, submissionId } = await submitBook(halles, "À revoir");
    await returnSubmission(scratch.db, house(), {
      personId: halles.curator,
      submissionId,
      reasonCode: "cover_missing",
      reason: "  La couverture est floue. ",
    });
    expect(await stateOf(workId)).toBe("returned");
    const again = v7();
    await scratch.db
      .insertInto("submission")
      .values({ id: again, work_id: workId, member_id: halles.member, submitted_at: clock.now() })
      .execute();
    const review = await findReview(scratch.db, { clock }, halles.curator, again);
    expect(review?.former).toMatchObject([
      { decision: "returned", reasonCode: "cover_missing", reason: "La couverture est floue." },
    ]);
  });

  it("wants words where no ready-made reason fits", async () => {
    const { submissionId } = await submitBook(halles, "Autre chose");
    await expect(
      returnSubmission(scratch.db, house(), {
        personId: halles.curator,
        submissionId,
        reasonCode: "other",
        reason: " ",
      }),
    ).rejects.toMatchObject({ code: "reason_missing" });
  });
});

describe("taking down", () => {
  it("takes a published work off the shelves, once, and only by its own co-op", async () => {
    const { workId, submissionId } = await submitBook(halles, "À retirer");
    await publish(scratch.db, house(), { personId: halles.curator, submissionId });
    await expect(takeDown(scratch.db, house(), { personId: fleuve.curator, workId })).rejects.toMatchObject({
      code: "not_found",
    });
    await takeDown(scratch.db, house(), { personId: halles.curator, workId });
    await takeDown(scratch.db, house(), { personId: halles.curator, workId });
    expect(await stateOf(workId)).toBe("withdrawn");
    expect((await auditOf(workId)).map(({ verb }) => verb)).toEqual(["publish", "take_down"]);
    const { counts } = await listDeskWorks(scratch.db, halles.curator, { state: null, limit: 50, offset: 0 });
    expect(counts.withdrawn).toBe(1);
  });
});
