import { Readable } from "node:stream";
import { sql } from "kysely";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyPlan } from "#domain/bench/apply-plan.server.ts";
import { askKit } from "#domain/bench/ask-kit.server.ts";
import { benchWorks } from "#domain/bench/bench-queries.server.ts";
import { forgetKit } from "#domain/bench/forget-kit.server.ts";
import { findKit, kitKey } from "#domain/bench/kit-queries.server.ts";
import { letterFor, lettersOf, voicesOf } from "#domain/bench/letter-queries.server.ts";
import { changeOf } from "#domain/bench/plan.ts";
import { writeLetter } from "#domain/bench/write-letter.server.ts";
import { follow } from "#domain/following/follow.server.ts";
import { followsOf } from "#domain/following/follow-queries.server.ts";
import { giveAddress } from "#domain/following/give-address.server.ts";
import { unfollow } from "#domain/following/unfollow.server.ts";
import { sharesOfWork } from "#domain/revenue/queries.server.ts";
import { setShares } from "#domain/revenue/set-shares.server.ts";
import { earningsByCountry } from "#domain/sales/earnings-queries.server.ts";
import { earningsByWork } from "#domain/sales/seller-queries.server.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { followerLetter } from "#workers/mails/follower-letter.ts";
import { makeExitKitTask } from "#workers/tasks/exit-kit.ts";
import { openMarket, sell } from "./market.ts";

// What an artist does with everything at once: several works changed, a letter to followers, all of it taken along.

let stage: Stage;
let ana: string;
let agentId: string;
const dayMs = 86_400_000;

beforeAll(async () => {
  stage = await openMarket();
  ana = stage.members.get("ana")!.personId;
  agentId = v7();
  const { db, clock } = stage;
  const { rows } = await sql<{ id: string }>`select id from member where person_id = ${ana} limit 1`.execute(
    db,
  );
  await db
    .insertInto("agent")
    .values({ id: agentId, slug: "ana", name: "Ana", member_id: rows[0]!.id, created_at: clock.now() })
    .execute();
  await db
    .insertInto("contribution")
    .values({ id: v7(), work_id: stage.works.get("L2")!, agent_id: agentId, role: "author", position: 1 })
    .execute();
});
afterAll(() => stage.close());

const worksOf = async (person: string) =>
  new Map((await benchWorks(stage.db, person)).map((work) => [work.id, work]));

describe("several works at once", () => {
  it("become what was asked, and the same plan again changes nothing", async () => {
    const { db, house, works } = stage;
    const wish = { publisher: "Les Grandes Marées", price: { kind: "fixed" as const, amount: 990 } };
    const mine = await worksOf(ana);
    const plan = [works.get("L1")!, works.get("L2")!].flatMap((id) => changeOf(mine.get(id)!, wish) ?? []);
    expect(plan).toHaveLength(2);
    for (const turn of [1, 2]) {
      const fates = await applyPlan(db, house, { personId: ana, plan });
      expect(
        fates.map(({ refusal }) => refusal),
        `turn ${turn}`,
      ).toEqual([null, null]);
    }
    const after = await worksOf(ana);
    for (const { workId } of plan) expect(after.get(workId)).toMatchObject({ publisher: wish.publisher });
    expect(after.get(works.get("L1")!)?.price.amount).toBe(990);
    expect(plan.flatMap(({ workId }) => changeOf(after.get(workId)!, wish) ?? [])).toEqual([]);
  });

  it("leave the one that is refused, and tell why: changed meanwhile, another's, too cheap", async () => {
    const { db, house, works } = stage;
    const mine = await worksOf(ana);
    const [one, two] = [mine.get(works.get("L1")!)!, mine.get(works.get("L2")!)!];
    const outdated = changeOf(one, { publisher: "Moi" })!;
    await db.updateTable("work").set({ publisher: "Le comité" }).where("id", "=", one.id).execute();
    const others = { ...changeOf(two, { publisher: "Moi" })!, workId: works.get("M1")! };
    const cheap = changeOf(two, { price: { kind: "fixed", amount: 1 } })!;
    const fates = await applyPlan(db, house, { personId: ana, plan: [outdated, others, cheap] });
    expect(fates.map(({ refusal }) => refusal?.code)).toEqual([
      "plan_outdated",
      "not_found",
      "price_too_small",
    ]);
    expect((await worksOf(ana)).get(one.id)?.publisher).toBe("Le comité");
    expect([...(await worksOf(ana)).keys()]).not.toContain(works.get("M1")!);
  });
});

describe("a list of shares", () => {
  it("is not written over unseen", async () => {
    const { db, house, works } = stage;
    const workId = works.get("L2")!;
    const seen = (await sharesOfWork(db, workId, stage.clock.now()))!.shareListId;
    const shares = (await sharesOfWork(db, workId, stage.clock.now()))!.shares.map(({ memberId }) => ({
      memberId,
      parts: 3,
    }));
    stage.clock.advance(1000);
    const { shareListId } = await setShares(db, house, { workId, shares, seen });
    await expect(setShares(db, house, { workId, shares, seen })).rejects.toMatchObject({
      code: "shares_changed",
    });
    stage.clock.advance(1000);
    await setShares(db, house, { workId, shares, seen: shareListId });
  });
});

describe("earnings by country", () => {
  it("say in all what earnings by work say, and where from", async () => {
    const { db } = stage;
    await sell(stage, ["L2"], { place: "CA-QC" });
    const dearer = await sell(stage, ["L1"], { place: "CA-QC" });
    await db.updateTable("sale").set({ place: "FR" }).where("id", "=", dearer).execute();
    const rows = await earningsByCountry(db, ana);
    expect(rows.map(({ country, copies }) => [country, copies]).toSorted()).toEqual([
      ["CA", 1],
      ["FR", 1],
    ]);
    const sum = (all: { toMember: number }[]) => all.reduce((whole, { toMember }) => whole + toMember, 0);
    expect(sum(rows)).toBeGreaterThan(0);
    expect(sum(rows)).toBe(sum(await earningsByWork(db, ana)));
  });
});

describe("a letter", () => {
  const write = (person = ana) =>
    writeLetter(stage.db, stage.house, {
      personId: person,
      agentId,
      subject: "Bonjour",
      body: "Un.\n\nDeux.",
    });
  const reader = () => stage.members.get("eve")!.personId;

  it("goes once a week to those who follow, and to who follows no more not at all", async () => {
    const { db, house } = stage;
    await expect(write()).rejects.toMatchObject({ code: "no_followers" });
    const gone = stage.members.get("farid")!.personId;
    for (const personId of [reader(), gone]) await follow(db, house, { personId, whom: { agent: "ana" } });
    await expect(write(reader())).rejects.toMatchObject({ code: "not_found" });
    expect(await voicesOf(db, ana)).toMatchObject([{ name: "Ana", followers: 2 }]);
    const { letterId, readers } = await write();
    expect(readers).toBe(2);
    const { rows: rung } = await sql<{ data: { personId: string } }>`
      select data from pgboss.job where name = 'send-follower-letter'`.execute(db);
    expect(rung.map(({ data }) => data.personId).sort()).toEqual([reader(), gone].sort());
    await unfollow(db, { personId: gone, followId: null });
    expect(await letterFor(db, { letterId, personId: gone })).toBeNull();
    const said = (await letterFor(db, { letterId, personId: reader() }))!;
    const letter = followerLetter(said, { publicUrl: "https://ventes.test", token: "jeton" });
    expect(letter.headers).toMatchObject({ "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" });
    expect(letter.text).toContain("Un.\n\nDeux.");
    await expect(write()).rejects.toMatchObject({ code: "letter_too_soon" });
    stage.clock.advance(7 * dayMs + 1);
    await write();
    expect(await lettersOf(db, ana)).toHaveLength(2);
    expect(await lettersOf(db, reader())).toEqual([]);
  });
});

describe("the exit kit", () => {
  it("holds files, records, entries and the addresses that were entrusted, and goes after its week", async () => {
    const { db } = stage;
    const bucket = new Map<string, Buffer>([["original-1", Buffer.from("le livre")]]);
    const storage = {
      ...stage.house.storage,
      read: async (key: string) => Readable.from([bucket.get(key)!]),
      write: async (key: string, body: unknown) => {
        bucket.set(key, Buffer.concat(await (body as Readable).toArray()));
      },
      remove: async (key: string) => void bucket.delete(key),
    };
    const house = { ...stage.house, storage };
    await db
      .insertInto("asset")
      .values({
        id: v7(),
        work_id: stage.works.get("L2")!,
        role: "original",
        position: 9,
        storage_key: "original-1",
        media_type: "application/epub+zip",
        bytes: 8,
        created_at: stage.clock.now(),
      })
      .execute();
    // The files of the market are names in no bucket.
    await db
      .updateTable("asset")
      .set({ replaced_at: stage.clock.now() })
      .where("storage_key", "<>", "original-1")
      .execute();
    const [eve, farid] = [stage.members.get("eve")!.personId, stage.members.get("farid")!.personId];
    await follow(db, house, { personId: farid, whom: { agent: "ana" } });
    const [followed] = await followsOf(db, eve);
    await giveAddress(db, house, { personId: farid, followId: followed!.id, given: true });
    expect((await followsOf(db, eve))[0]?.addressGiven).toBe(false);
    await giveAddress(db, house, { personId: eve, followId: followed!.id, given: true });

    const { kitId } = await askKit(db, house, { personId: ana, locale: "fr" });
    expect((await askKit(db, house, { personId: ana, locale: "fr" })).kitId).toBe(kitId);
    await makeExitKitTask(db, house, { kitId });
    await makeExitKitTask(db, house, { kitId });
    const kit = (await findKit(db, kitId, ana))!;
    expect(await findKit(db, kitId, eve)).toBeNull();
    const zip = bucket.get(kitKey(kit))!;
    expect(zip.length).toBe(kit.bytes);
    const text = zip.toString("latin1");
    for (const name of [
      "LISEZMOI.txt",
      "catalogue.csv",
      "catalogue.onix.xml",
      "catalogue.jsonl",
      "grand-livre.csv",
      "abonnes.csv",
      "lettres.jsonl",
      "le livre",
    ])
      expect(text, name).toContain(name);
    const emailOf = async (id: string) =>
      (await db.selectFrom("person").select("email").where("id", "=", id).executeTakeFirstOrThrow()).email;
    // Stored as they are: what is in them is there to read.
    expect(text).toContain(await emailOf(eve));
    expect(text).not.toContain(await emailOf(farid));
    expect(text).not.toContain(stage.works.get("M1")!);
    await forgetKit(db, house, kitId);
    expect(bucket.has(kitKey(kit))).toBe(false);
    expect((await findKit(db, kitId, ana))?.goneAt).not.toBeNull();
  });

  it("is for who has a studio, three times a day", async () => {
    const { db, house } = stage;
    const stranger = v7();
    await db
      .insertInto("person")
      .values({ id: stranger, email: "personne@exemple.org", locale: "fr", created_at: stage.clock.now() })
      .execute();
    await expect(askKit(db, house, { personId: stranger, locale: "fr" })).rejects.toMatchObject({
      code: "not_found",
    });
    const made = () =>
      db
        .updateTable("exit_kit")
        .set({ made_at: stage.clock.now(), bytes: 1 })
        .where("made_at", "is", null)
        .execute();
    for (const _ of [2, 3]) {
      await askKit(db, house, { personId: ana, locale: "fr" });
      await made();
    }
    await expect(askKit(db, house, { personId: ana, locale: "fr" })).rejects.toMatchObject({
      code: "too_many_requests",
    });
  });
});
