import { sql } from "kysely";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWork } from "#domain/catalogue/start-work.server.ts";
import { foundCoop } from "#domain/coops/found-coop.server.ts";
import { admitMember } from "#domain/membership/admit-member.server.ts";
import { claim } from "#domain/metadata/claims.server.ts";
import { correctRecord } from "#domain/metadata/correct-record.server.ts";
import { historyOfRecord } from "#domain/metadata/history-queries.server.ts";
import { recordSeen } from "#domain/metadata/record-seen.server.ts";
import { revertField } from "#domain/metadata/revert-field.server.ts";
import { setClock } from "#gateways/clock.ts";
import { freshDatabase, type ScratchDatabase } from "#tests/database.ts";

let scratch: ScratchDatabase;
const clock = setClock("2026-11-22T10:00:00Z");
const house = { clock };
let ana: { memberId: string; personId: string };
const curator = v7();
const stranger = v7();

beforeAll(async () => {
  scratch = await freshDatabase();
  const { db } = scratch;
  const shape = { legalForm: "coop_qc", place: "CA-QC" } as const;
  const { id: coopId } = await foundCoop(db, house, { slug: "fleuve", name: "Fleuve", ...shape });
  const { id: otherCoop } = await foundCoop(db, house, { slug: "rives", name: "Rives", ...shape });
  ana = await admitMember(db, house, { coopId, email: "ana@exemple.coop", name: "Ana Roy" });
  for (const [id, coop] of [
    [curator, coopId],
    [stranger, otherCoop],
  ] as const) {
    await db
      .insertInto("person")
      .values({ id, email: `${id}@exemple.coop`, created_at: clock.now() })
      .execute();
    await db
      .insertInto("coop_role")
      .values({ coop_id: coop, person_id: id, role: "curator", granted_at: clock.now() })
      .execute();
  }
});
afterAll(() => scratch.close());

describe("the history of a record", () => {
  it("shows who said what, says an earlier value again, and writes over nobody unseen", async () => {
    const { db } = scratch;
    const { workId } = await startWork(db, house, { ...ana, kind: "book" });
    await sql`update work set title = 'Du fichier' where id = ${workId}`.execute(db);
    await claim(db, house, { workId, origin: "file" }, [
      { field: "title", value: "Du fichier", source: "opf:dc:title" },
      { field: "description", value: "Une histoire.", source: "opf:dc:description" },
      {
        field: "contributors",
        value: [{ name: "Ana Roy", role: "author", relators: ["aut"] }],
        source: "opf:dc:creator",
      },
    ]);
    const desk = { personId: curator, workId, as: "curator" as const };
    const artist = { personId: ana.personId, workId, as: "artist" as const };
    clock.advance(1_000);
    const shown = await recordSeen(db, workId);
    await correctRecord(db, house, { ...artist, values: { title: "De l’artiste" }, seen: shown });
    clock.advance(1_000);
    // The desk had the page open since before.
    await expect(
      correctRecord(db, house, { ...desk, values: { title: "Du comptoir" }, seen: shown }),
    ).rejects.toMatchObject({
      code: "record_changed",
      details: { field: "title", by: "Ana Roy", value: "De l’artiste" },
    });
    // Another field is nobody's business; the same words are no quarrel.
    await correctRecord(db, house, { ...desk, values: { publisher: "Rives" }, seen: shown });
    expect(
      await correctRecord(db, house, { ...desk, values: { title: "De l’artiste" }, seen: shown }),
    ).toEqual({ changed: [] });
    await correctRecord(db, house, {
      ...desk,
      values: { title: "Du comptoir" },
      seen: await recordSeen(db, workId),
    });

    const titles = async () =>
      (await historyOfRecord(db, workId)).find(({ field }) => field === "title")!.entries;
    expect((await titles()).map(({ value, origin, current }) => [value, origin, current])).toEqual([
      ["Du comptoir", "curator", true],
      ["De l’artiste", "artist", false],
      ["Du fichier", "file", false],
    ]);
    clock.advance(1_000);
    await expect(
      revertField(db, house, {
        personId: stranger,
        workId,
        as: "curator",
        findingId: (await titles())[2]!.id,
      }),
    ).rejects.toMatchObject({ code: "not_found" });
    await revertField(db, house, { ...desk, findingId: (await titles())[2]!.id });
    expect((await titles()).map(({ value, source, current }) => [value, source, current])[0]).toEqual([
      "Du fichier",
      "revert",
      true,
    ]);
    expect(await titles()).toHaveLength(4);
    const told = (await historyOfRecord(db, workId)).find(({ field }) => field === "description")!
      .entries[0]!;
    await revertField(db, house, { ...desk, findingId: told.id });
    const { description } = await db
      .selectFrom("work")
      .select("description")
      .where("id", "=", workId)
      .executeTakeFirstOrThrow();
    expect(description).toEqual({ fr: "Une histoire." });
  });
});
