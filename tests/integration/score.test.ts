import { sql } from "kysely";
import { v7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mendRecord } from "#app/http/mend-form.server.ts";
import { nameContributors } from "#domain/catalogue/name-contributors.server.ts";
import { setPrice } from "#domain/catalogue/set-price.server.ts";
import { startWork } from "#domain/catalogue/start-work.server.ts";
import { foundCoop } from "#domain/coops/found-coop.server.ts";
import { admitMember } from "#domain/membership/admit-member.server.ts";
import { claim } from "#domain/metadata/claims.server.ts";
import { confirmRecord } from "#domain/metadata/confirm-record.server.ts";
import { correctPerson } from "#domain/metadata/correct-person.server.ts";
import { correctRecord } from "#domain/metadata/correct-record.server.ts";
import { giveIsrcs } from "#domain/metadata/give-isrcs.server.ts";
import {
  findDeskPerson,
  findDeskRecord,
  latestCatalogueScore,
  listScoredPeople,
  listScoredWorks,
  scoreOfCatalogue,
  scoreOfWork,
} from "#domain/metadata/score-queries.server.ts";
import { scoreRecords } from "#domain/metadata/score-records.server.ts";
import { stateAccessibility } from "#domain/metadata/state-accessibility.server.ts";
import { setClock } from "#gateways/clock.ts";
import { freshDatabase, type ScratchDatabase } from "#tests/database.ts";

let scratch: ScratchDatabase;
const clock = setClock("2026-11-22T10:00:00Z");
const house = { clock };
let coopId: string;
let otherCoop: string;
let ana: { memberId: string; personId: string };
let ben: { memberId: string; personId: string };
let curator: string;
let stranger: string;

async function makeCurator(coop: string, email: string): Promise<string> {
  const id = v7();
  await scratch.db.insertInto("person").values({ id, email, created_at: clock.now() }).execute();
  await scratch.db
    .insertInto("coop_role")
    .values({ coop_id: coop, person_id: id, role: "curator", granted_at: clock.now() })
    .execute();
  return id;
}

beforeAll(async () => {
  scratch = await freshDatabase();
  const { db } = scratch;
  const shape = { legalForm: "coop_qc", place: "CA-QC" } as const;
  ({ id: coopId } = await foundCoop(db, house, { slug: "fleuve", name: "Fleuve", ...shape }));
  ({ id: otherCoop } = await foundCoop(db, house, { slug: "rives", name: "Rives", ...shape }));
  ana = await admitMember(db, house, { coopId, email: "ana@exemple.coop", name: "Ana Roy" });
  ben = await admitMember(db, house, { coopId: otherCoop, email: "ben@exemple.coop", name: "Ben Côté" });
  curator = await makeCurator(coopId, "cure@exemple.coop");
  stranger = await makeCurator(otherCoop, "autre@exemple.coop");
});
afterAll(() => scratch.close());
beforeEach(async () => {
  await scoreRecords(scratch.db, house);
});

const start = async (kind: "book" | "album", title?: string) =>
  (await startWork(scratch.db, house, { ...ana, kind, ...(title ? { title } : {}) })).workId;
const stored = async (workId: string) => {
  const { rows } = await sql<{ score: number; fields: string[] }>`
    select score, array(select m ->> 'field' from jsonb_array_elements(missing) m) as fields from work_score
    where work_id = ${workId}`.execute(scratch.db);
  return rows[0];
};
const agentNamed = async (name: string) =>
  (await scratch.db.selectFrom("agent").select("id").where("name", "=", name).executeTakeFirstOrThrow()).id;
const showInShop = (workId: string) =>
  scratch.db
    .updateTable("work")
    .set({ state: "published", published_at: clock.now() })
    .where("id", "=", workId)
    .execute();
/** As a file leaves it: in the record, and in the claims. */
async function readFromFile(workId: string) {
  const { db } = scratch;
  await db
    .updateTable("work")
    .set({ publisher: "Rives", language: "fr", description: JSON.stringify({ fr: "x".repeat(250) }) })
    .where("id", "=", workId)
    .execute();
  await nameContributors(db, house, { workId, contributors: [{ name: "Ana Roy", role: "author" }] });
  await claim(db, house, { workId, origin: "file" }, [
    { field: "publisher", value: "Rives", source: "opf:dc:publisher" },
    { field: "language", value: "fr", source: "opf:dc:language" },
    { field: "description", value: "x".repeat(250), source: "opf:dc:description" },
    { field: "contributors", value: [{ name: "Ana Roy", role: "author" }], source: "opf:dc:creator" },
  ]);
}

describe("the stored score", () => {
  it("follows every change of the record, whoever makes it, and is left alone otherwise", async () => {
    const { db } = scratch;
    const workId = await start("book", "Marées");
    expect(await stored(workId)).toBeUndefined();
    await scoreRecords(db, house);
    expect(await stored(workId)).toMatchObject({ score: 5 });
    expect(await scoreRecords(db, house)).toBe(0);

    await setPrice(db, house, { personId: ana.personId, workId, price: { kind: "free" } });
    await correctRecord(db, house, {
      personId: ana.personId,
      workId,
      as: "artist",
      values: { publisher: "Rives", originalLanguage: "fr", publishedOn: "2026" },
    });
    await scoreRecords(db, house);
    expect(await stored(workId)).toMatchObject({ score: 5 + 4 + 4 + 6 + 5 });

    await nameContributors(db, house, { workId, contributors: [{ name: "Zoé Nord", role: "author" }] });
    await scoreRecords(db, house);
    expect(await stored(workId)).toMatchObject({ score: 24 + 10 });
    // What is said of the person counts in the works that name them.
    await db
      .insertInto("identifier")
      .values({ id: v7(), agent_id: await agentNamed("Zoé Nord"), scheme: "wikidata", value: "Q42" })
      .execute();
    await scoreRecords(db, house);
    expect(await stored(workId)).toMatchObject({ score: 34 + 12 });
    await sql`delete from identifier where scheme = 'wikidata'`.execute(db);
    await scoreRecords(db, house);
    expect(await stored(workId)).toMatchObject({ score: 34 });
  });

  it("is due again where a change is committed while the scores are being made", async () => {
    const { db } = scratch;
    const workId = await start("book", "Entre deux");
    await db.transaction().execute(async (trx) => {
      await sql`update work set publisher = 'Rives' where id = ${workId}`.execute(trx);
      await scoreRecords(db, house);
      expect(await stored(workId)).toMatchObject({ score: 5 });
    });
    expect(await scoreRecords(db, house)).toBe(1);
    expect(await stored(workId)).toMatchObject({ score: 9 });
  });
});

describe("what files alone say", () => {
  it("earns nothing until the artist confirms it in one go", async () => {
    const { db } = scratch;
    const workId = await start("book", "Estran");
    await readFromFile(workId);
    const before = await scoreOfWork(db, workId);
    expect(before).toMatchObject({ score: 5, toConfirm: true });
    expect(before.missing.filter(({ why }) => why === "unconfirmed").map(({ field }) => field)).toEqual([
      "description",
      "contributors",
      "language",
      "publisher",
    ]);
    await expect(
      confirmRecord(db, house, { personId: ben.personId, workId, as: "artist" }),
    ).rejects.toMatchObject({ code: "not_found" });
    const mine = { personId: ana.personId, workId, as: "artist" as const };
    expect((await confirmRecord(db, house, mine)).confirmed.sort()).toEqual([
      "contributors",
      "description",
      "language",
      "publisher",
    ]);
    expect(await scoreOfWork(db, workId)).toMatchObject({ score: 5 + 12 + 10 + 6 + 4, toConfirm: false });
    expect(await confirmRecord(db, house, mine)).toEqual({ confirmed: [] });
    await scoreRecords(db, house);
    expect(await stored(workId)).toMatchObject({ score: 37 });
  });

  it("is confirmed by the desk of the co-op too, with a trace, and by no other desk", async () => {
    const { db } = scratch;
    const workId = await start("book");
    await readFromFile(workId);
    await expect(
      confirmRecord(db, house, { personId: stranger, workId, as: "curator" }),
    ).rejects.toMatchObject({ code: "not_found" });
    await confirmRecord(db, house, { personId: curator, workId, as: "curator" });
    const trace = await db
      .selectFrom("audit")
      .select("verb")
      .where("subject", "=", `work:${workId}`)
      .execute();
    expect(trace).toEqual([{ verb: "confirm_record" }]);
  });
});

describe("the small forms under a score", () => {
  const form = (fields: Record<string, string>) => {
    const all = new FormData();
    for (const [name, value] of Object.entries(fields)) all.append(name, value);
    return all;
  };

  it("confirm what they save unchanged, that field alone, and carry over what they do not show", async () => {
    const { db } = scratch;
    const workId = await start("book", "Jusant");
    await readFromFile(workId);
    const desk = { personId: curator, workId, as: "curator" as const };
    const mend = async (fields: Record<string, string>) =>
      mendRecord(db, house, desk, (await findDeskRecord(db, [coopId], workId))!.facts, form(fields));
    await mend({ mend: "language", language: "fr" });
    expect((await scoreOfWork(db, workId)).missing).not.toContainEqual(
      expect.objectContaining({ field: "language" }),
    );
    expect((await scoreOfWork(db, workId)).missing).toContainEqual(
      expect.objectContaining({ field: "publisher", why: "unconfirmed" }),
    );
    await mend({ mend: "subjects", scheme: "thema", code: "fba", label: "Roman" });
    await mend({ mend: "subjects", scheme: "clil", code: "3443", label: "Littérature" });
    await mend({ mend: "identifiers", "number-work": "0-306-40615-2" });
    const record = (await findDeskRecord(db, [coopId], workId))!;
    expect(record.facts.subjects).toEqual([
      { label: "Roman", scheme: "thema", code: "FBA" },
      { label: "Littérature", scheme: "clil", code: "3443" },
    ]);
    expect(record.facts.identifiers).toEqual([{ scheme: "isbn", value: "9780306406157", format: null }]);
    const lacking = record.missing.map(({ field }) => field);
    expect(lacking).not.toContain("subjects");
    expect(lacking).not.toContain("identifiers");
    await expect(mend({ mend: "identifiers", "number-work": "9780306406158" })).rejects.toMatchObject({
      code: "field_invalid",
    });
    await expect(mend({ mend: "subjects", scheme: "bisac", code: "FIC" })).rejects.toMatchObject({
      details: { field: "code" },
    });
    await expect(mend({ mend: "coop_id", coop_id: otherCoop })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("what no other page mends", () => {
  it("takes the ISRC of each recording, and no other album's", async () => {
    const { db } = scratch;
    const workId = await start("album", "Courants");
    const recordings = await Promise.all(
      [1, 2].map(async (position) => {
        const [id, asset] = [v7(), v7()];
        await db
          .insertInto("asset")
          .values({
            id: asset,
            work_id: workId,
            role: "original",
            storage_key: asset,
            media_type: "audio/flac",
            bytes: 1,
            created_at: clock.now(),
          })
          .execute();
        await db
          .insertInto("recording")
          .values({ id, work_id: workId, asset_id: asset, position, title: `Piste ${position}` })
          .execute();
        return id;
      }),
    );
    const mine = { personId: ana.personId, workId, as: "artist" as const };
    const give = (...values: string[]) =>
      giveIsrcs(db, house, {
        ...mine,
        isrcs: values.map((value, i) => ({ recordingId: recordings[i] ?? workId, value })),
      });
    await expect(give("CB-A1B-26-0001")).rejects.toMatchObject({ code: "field_invalid" });
    await expect(give("", "", "CB-A1B-26-00001")).rejects.toMatchObject({ code: "tracks_changed" });
    await give("CB-A1B-26-00001", "");
    expect((await scoreOfWork(db, workId)).missing).toContainEqual({
      field: "isrc",
      points: 8,
      why: "some",
      count: 1,
      of: 2,
    });
    await give("CB-A1B-26-00001", "cba1b2600002");
    expect((await scoreOfWork(db, workId)).missing.map(({ field }) => field)).not.toContain("isrc");
  });

  it("takes « no information » for a statement of accessibility, and keeps what the file says beside it", async () => {
    const { db } = scratch;
    const workId = await start("book", "Sable");
    await db
      .updateTable("work")
      .set({ accessibility: JSON.stringify({ accessModes: ["textual"] }) })
      .where("id", "=", workId)
      .execute();
    await claim(db, house, { workId, origin: "file" }, [
      { field: "accessibility", value: { accessModes: ["textual"] }, source: "opf:schema:accessMode" },
    ]);
    const lacks = async () => (await scoreOfWork(db, workId)).missing.map(({ field }) => field);
    expect(await lacks()).toContain("accessibility");
    const mine = { personId: ana.personId, workId, as: "artist" as const };
    await stateAccessibility(db, house, { ...mine, features: [], hazards: [], summary: " " });
    expect(await lacks()).not.toContain("accessibility");
    const { accessibility } = await db
      .selectFrom("work")
      .select("accessibility")
      .where("id", "=", workId)
      .executeTakeFirstOrThrow();
    expect(accessibility).toEqual({ accessModes: ["textual"], features: ["unknown"], hazards: ["unknown"] });
  });

  it("links a person to the authorities from the desk of a co-op that names them", async () => {
    const { db } = scratch;
    const workId = await start("book", "Grève");
    await nameContributors(db, house, { workId, contributors: [{ name: "Aurèle Simard", role: "author" }] });
    const agentId = await agentNamed("Aurèle Simard");
    const said = {
      agentId,
      sortName: "Simard, Aurèle",
      about: { fr: "x".repeat(80), en: "" },
      authorities: { isni: "https://isni.org/isni/0000000121032683" },
      searchedNone: false,
    };
    expect(await findDeskPerson(db, [otherCoop], agentId)).toBeNull();
    await expect(correctPerson(db, house, { personId: stranger, ...said })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(
      correctPerson(db, house, { personId: curator, ...said, authorities: { viaf: "pas un numéro" } }),
    ).rejects.toMatchObject({ code: "field_invalid", details: { field: "viaf" } });
    await correctPerson(db, house, { personId: curator, ...said });
    expect(await findDeskPerson(db, [coopId], agentId)).toMatchObject({ score: 100, missing: [] });
    await correctPerson(db, house, { personId: curator, ...said, authorities: {} });
    expect(await findDeskPerson(db, [coopId], agentId)).toMatchObject({ score: 50 });
    await correctPerson(db, house, { personId: curator, ...said, authorities: {}, searchedNone: true });
    expect(await findDeskPerson(db, [coopId], agentId)).toMatchObject({
      score: 100,
      facts: { searched: true, identifiers: [] },
    });
  });
});

describe("the score of the catalogue", () => {
  it("counts what is published, says what costs most, and lists what is to be mended", async () => {
    const { db } = scratch;
    const [whole, poor] = [await start("book", "Beaucoup"), await start("book", "Peu")];
    await readFromFile(whole);
    await confirmRecord(db, house, { personId: ana.personId, workId: whole, as: "artist" });
    for (const workId of [whole, poor]) await showInShop(workId);
    expect((await scoreOfCatalogue(db, [coopId])).due).toBe(true);
    await scoreRecords(db, house);
    const catalogue = await scoreOfCatalogue(db, [coopId]);
    expect(catalogue).toMatchObject({ works: 2, people: 1, due: false, worksMean: 21 });
    expect(catalogue.lost[0]).toEqual({ field: "authority", points: 24, works: 2 });
    const page = { limit: 10, offset: 0 };
    const titles = async (field: "description" | "authority" | null) =>
      (await listScoredWorks(db, [coopId], { ...page, field })).map(({ title }) => title);
    expect(await titles(null)).toEqual(["Peu", "Beaucoup"]);
    expect(await titles("description")).toEqual(["Peu"]);
    expect(await listScoredPeople(db, [coopId], page)).toMatchObject([{ name: "Ana Roy", works: 1 }]);
    expect(await listScoredWorks(db, [otherCoop], { ...page, field: null })).toEqual([]);
    expect(await findDeskRecord(db, [otherCoop], whole)).toBeNull();
    expect(await findDeskRecord(db, [coopId], whole)).toMatchObject({
      score: 37,
      named: [{ name: "Ana Roy" }],
    });
  });

  it("measures the French share of what is shown first, and tells the public pages when it changed", async () => {
    const { db } = scratch;
    const before = await latestCatalogueScore(db);
    expect(before?.shown).toContainEqual({ place: "catalogue", works: 2, french: 1, presumed: 1 });
    expect(before?.shown).toContainEqual({ place: "window", works: 2, french: 1, presumed: 1 });
    const translated = await start("book", "Traduit");
    await correctRecord(db, house, {
      personId: ana.personId,
      workId: translated,
      as: "artist",
      values: { language: "fr", originalLanguage: "en" },
    });
    await showInShop(translated);
    await scoreRecords(db, house);
    const after = await latestCatalogueScore(db);
    expect(after?.shown).toContainEqual({ place: "catalogue", works: 3, french: 1, presumed: 1 });
    expect(after?.shown).toContainEqual({ place: "albums", works: 0, french: 0, presumed: 0 });
    // A draft changes nothing that is public: its day is not written again.
    clock.advance(60_000);
    await start("book", "Brouillon");
    await scoreRecords(db, house);
    expect((await latestCatalogueScore(db))?.scoredAt).toEqual(after?.scoredAt);
    clock.advance(24 * 3_600_000);
    await start("book", "Lendemain");
    await scoreRecords(db, house);
    const { rows } = await sql<{ days: number }>`select count(*)::int as days from catalogue_score`.execute(
      db,
    );
    expect(rows[0]?.days).toBe(2);
  });
});
