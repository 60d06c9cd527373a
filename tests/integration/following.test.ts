import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { follow } from "#domain/following/follow.server.ts";
import { followsOf, newWorksFor, peopleToTell } from "#domain/following/follow-queries.server.ts";
import { gatherNewWorks } from "#domain/following/gather-new-works.server.ts";
import { dropWish, keepWishes, mostWishes } from "#domain/following/keep-wishes.server.ts";
import { noteTold } from "#domain/following/note-told.server.ts";
import { unfollow } from "#domain/following/unfollow.server.ts";
import { wishesOf } from "#domain/following/wish-queries.server.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { newWorksLetter } from "#workers/mails/new-works.ts";
import { openMarket } from "./market.ts";

// Whom one follows, what one is written, and what one would like to have one day.

let stage: Stage;
let reader: string;
beforeAll(async () => {
  stage = await openMarket();
  reader = stage.members.get("eve")!.personId;
  const agent = v7();
  const { db } = stage;
  await db
    .insertInto("agent")
    .values({ id: agent, slug: "ana", name: "Ana", created_at: stage.clock.now() })
    .execute();
  await db
    .insertInto("contribution")
    .values({ id: v7(), work_id: stage.works.get("L2")!, agent_id: agent, role: "author", position: 1 })
    .execute();
});
afterAll(() => stage.close());

const publish = (label: string) =>
  stage.db
    .updateTable("work")
    .set({ state: "published", published_at: stage.clock.now() })
    .where("id", "=", stage.works.get(label)!)
    .execute();
const later = () => stage.clock.advance(3_600_000);
const titles = async () =>
  (await newWorksFor(stage.db, reader, stage.clock.now()))?.works.map(({ title }) => title).sort() ?? [];
const toTell = async () => (await peopleToTell(stage.db, stage.clock.now())).map(({ personId }) => personId);

describe("following", () => {
  it("brings what comes after, of the person and of the co-op, each once, and nothing from before", async () => {
    await follow(stage.db, stage.house, { personId: reader, whom: { agent: "ana" } });
    await follow(stage.db, stage.house, { personId: reader, whom: { coop: "b" } });
    await follow(stage.db, stage.house, { personId: reader, whom: { coop: "b" } });
    expect((await followsOf(stage.db, reader)).map(({ kind }) => kind).sort()).toEqual(["agent", "coop"]);
    expect(await toTell()).toEqual([]);
    later();
    for (const label of ["L1", "L2", "M1"]) await publish(label);
    // L1 is of Ana's co-op, whom nobody follows.
    expect(await titles()).toEqual(["L2", "M1"]);
    expect(await toTell()).toEqual([reader]);
    await gatherNewWorks(stage.db, stage.house);
    const until = stage.clock.now();
    await noteTold(stage.db, { personId: reader, until });
    later();
    expect(await titles()).toEqual([]);
    expect(await toTell()).toEqual([]);
    await publish("M1");
    expect(await titles()).toEqual(["M1"]);
  });

  it("of who was joined to another name follows the one that was kept", async () => {
    const { db } = stage;
    const gone = v7();
    const { id: kept } = await db
      .selectFrom("agent")
      .select("id")
      .where("slug", "=", "ana")
      .executeTakeFirstOrThrow();
    await db
      .insertInto("agent")
      .values({ id: gone, slug: "anna", name: "Anna", created_at: stage.clock.now() })
      .execute();
    const other = stage.members.get("farid")!.personId;
    await follow(db, stage.house, { personId: other, whom: { agent: "anna" } });
    await db.updateTable("agent").set({ merged_into: kept }).where("id", "=", gone).execute();
    later();
    await publish("L2");
    expect(await toTell()).toContain(other);
    expect((await followsOf(db, other)).map(({ name }) => name)).toEqual(["Ana"]);
    await unfollow(db, { personId: other, followId: null });
    expect(await followsOf(db, other)).toEqual([]);
  });

  it("ends one by one, through whose it is", async () => {
    const [first] = await followsOf(stage.db, reader);
    await unfollow(stage.db, { personId: stage.members.get("farid")!.personId, followId: first!.id });
    expect(await followsOf(stage.db, reader)).toHaveLength(2);
    await unfollow(stage.db, { personId: reader, followId: first!.id });
    expect(await followsOf(stage.db, reader)).toHaveLength(1);
  });

  it("refuses whom there is not", async () => {
    await expect(
      follow(stage.db, stage.house, { personId: reader, whom: { agent: "personne" } }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("writes a letter that ends in one click, by hand or by the mail program", async () => {
    await follow(stage.db, stage.house, { personId: reader, whom: { coop: "b" } });
    later();
    await publish("M1");
    const told = (await newWorksFor(stage.db, reader, stage.clock.now()))!;
    const letter = newWorksLetter(told, { publicUrl: "https://ventes.test", token: "jeton" });
    expect(letter.headers).toEqual({
      "List-Unsubscribe": "<https://ventes.test/desabonnement/jeton>",
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    });
    expect(letter.text).toContain("https://ventes.test/desabonnement/jeton");
    expect(letter.subject).toContain("M1");
  });
});

describe("wishes", () => {
  it("are kept once each, newest first, of the shop alone, and let go", async () => {
    const work = (label: string) => stage.works.get(label)!;
    const keep = (...labels: string[]) =>
      keepWishes(stage.db, stage.house, { personId: reader, workIds: labels.map(work) });
    await keep("L1");
    later();
    await keep("M1", "L1");
    expect(await wishesOf(stage.db, reader)).toEqual([work("M1"), work("L1")]);
    await keepWishes(stage.db, stage.house, { personId: reader, workIds: [v7()] });
    expect((await wishesOf(stage.db, reader)).length).toBeLessThanOrEqual(mostWishes);
    await dropWish(stage.db, { personId: reader, workId: work("M1") });
    expect(await wishesOf(stage.db, reader)).toEqual([work("L1")]);
  });
});
