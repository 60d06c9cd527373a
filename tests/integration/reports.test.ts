import { v7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findWorkPage } from "#domain/catalogue/queries.server.ts";
import { submitWork } from "#domain/curation/submit-work.server.ts";
import { answerReport } from "#domain/reports/answer-report.server.ts";
import { appealReport } from "#domain/reports/appeal-report.server.ts";
import { makeReport } from "#domain/reports/make-report.server.ts";
import {
  findReportForArtist,
  findReportForDesk,
  findReportWord,
  listReports,
} from "#domain/reports/queries.server.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { letterToArtist, letterToReporter } from "#workers/mails/report-word.ts";
import { openMarket } from "./market.ts";
import { staffOf } from "./staff.ts";

let stage: Stage;
let who: Awaited<ReturnType<typeof staffOf>>;
beforeAll(async () => {
  stage = await openMarket();
  who = await staffOf(stage);
});
afterAll(() => stage.close());

const ana = () => stage.members.get("ana")!.personId;
const inShop = async (slug: string) =>
  (await findWorkPage(stage.db, stage.house, { slug, personId: null }))?.state === "published";
async function report(slug: string, email: string | null = null): Promise<string> {
  const id = v7();
  const made = { id, slug, reason: "rights" as const, words: "C’est mon texte.", email };
  await makeReport(stage.db, stage.house, { ...made, locale: "en" });
  return id;
}
const answer = (reportId: string, kind: "notice" | "kept" | "removed", unlist = false, by = who.curatorA) =>
  answerReport(stage.db, stage.house, { reportId, by, answer: kind, words: "Voici pourquoi.", unlist });
const appeal = (reportId: string, by = ana()) =>
  appealReport(stage.db, stage.house, { reportId, by, words: "J’ai l’accord, le voici." });

it("leaves the shop until the decision, comes back when it is kept, each step with when and who", async () => {
  const { db, house } = stage;
  const id = await report("l1");
  expect((await listReports(db, who.curatorA))[0]).toMatchObject({ id, state: "open" });
  expect(await findReportForArtist(db, ana(), id)).toBeNull();
  await answer(id, "notice", true);
  expect(await inShop("l1")).toBe(false);
  // It does not come back by the artist's own door.
  await expect(
    submitWork(db, house, { personId: ana(), workId: stage.works.get("L1")! }),
  ).rejects.toMatchObject({ code: "work_reported" });
  await appeal(id);
  await answer(id, "kept", false, who.adminA);
  expect(await inShop("l1")).toBe(true);
  const found = await findReportForDesk(db, who.curatorA, id);
  expect(found?.steps.map(({ kind, unlisted }) => [kind, unlisted])).toEqual([
    ["notice", true],
    ["appeal", false],
    ["kept", false],
  ]);
  expect(found?.steps.every(({ at, by }) => at instanceof Date && by !== "")).toBe(true);
});

it("is appealed against once, also after a removal; the desk then decides anew", async () => {
  const id = await report("l1");
  await answer(id, "notice");
  expect(await inShop("l1")).toBe(true);
  await answer(id, "removed");
  expect(await inShop("l1")).toBe(false);
  await appeal(id);
  await answer(id, "removed");
  await expect(appeal(id)).rejects.toMatchObject({ code: "report_moved" });
  await expect(answer(id, "kept")).rejects.toMatchObject({ code: "report_moved" });
  await stage.db.updateTable("work").set({ state: "published" }).where("slug", "=", "l1").execute();
  await stage.db.updateTable("report").set({ unlisted_at: null }).where("id", "=", id).execute();
});

it("does not bring back what another report keeps out", async () => {
  const [one, other] = [await report("l1"), await report("l1")];
  await answer(one, "notice", true);
  await answer(other, "notice");
  await answer(other, "kept");
  expect(await inShop("l1")).toBe(false);
  await answer(one, "kept");
  expect(await inShop("l1")).toBe(true);
});

it("is of the desk of the work's co-op and of its artist alone, once noticed; who reported stays unknown", async () => {
  const { db } = stage;
  const id = await report("l2", "lectrice@exemple.org");
  expect(await findReportForDesk(db, who.adminB, id)).toBeNull();
  await expect(answer(id, "kept", false, who.adminB)).rejects.toMatchObject({ code: "not_found" });
  await expect(appeal(id)).rejects.toMatchObject({ code: "not_found" });
  await expect(answer(id, "removed")).rejects.toMatchObject({ code: "report_moved" });
  await expect(
    answerReport(db, stage.house, { reportId: id, by: who.curatorA, answer: "notice", words: " " }),
  ).rejects.toMatchObject({ code: "report_words_missing" });
  await answer(id, "notice");
  await expect(appeal(id, stage.members.get("benoit")!.personId)).rejects.toMatchObject({
    code: "not_found",
  });
  expect(JSON.stringify(await findReportForArtist(db, ana(), id))).not.toContain("lectrice");
});

it("is one report when its form is sent twice, and none of a work that is not there", async () => {
  const { db, house } = stage;
  const id = await report("m1");
  const again = { id, slug: "m1", reason: "other" as const, words: "x", email: null, locale: "fr" as const };
  await makeReport(db, house, again);
  expect((await listReports(db, who.adminB)).map((each) => each.id)).toEqual([id]);
  await expect(makeReport(db, house, { ...again, id: v7(), slug: "rien" })).rejects.toMatchObject({
    code: "not_found",
  });
});

it("is told of in the language of each, and the artist never of who reported", async () => {
  const { db } = stage;
  const id = await report("l2", "lectrice@exemple.org");
  const publicUrl = "https://ventes.test";
  const received = (await findReportWord(db, { reportId: id }))!;
  expect(received.artist).toBeNull();
  expect(letterToReporter(received, "en", publicUrl)?.subject).toContain("has arrived");
  await answer(id, "notice", true);
  const { steps } = (await findReportForDesk(db, who.curatorA, id))!;
  const notice = (await findReportWord(db, { reportId: id, stepId: steps[0]!.id }))!;
  expect(letterToReporter(notice, "en", publicUrl)).toBeNull();
  for (const locale of ["fr", "en"] as const) {
    const letter = letterToArtist(notice, { name: "Ana", locale, reportId: id, publicUrl })!;
    expect(letter.text).toContain("Voici pourquoi.");
    expect(letter.text).toContain(`/${locale === "fr" ? "atelier/signalements" : "en/studio/reports"}/${id}`);
    expect(letter.html + letter.text).not.toContain("lectrice");
  }
  await answer(id, "kept");
});
