import { sql } from "kysely";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  findCollection,
  findOwnCollection,
  listCollections,
} from "#domain/catalogue/collection-queries.server.ts";
import { composeCollection, makeCollection } from "#domain/catalogue/compose-collection.server.ts";
import { composeFront, dropFrontDraft, showFront } from "#domain/catalogue/compose-front.server.ts";
import { frontToCompose, shownFront } from "#domain/catalogue/front-queries.server.ts";
import { showCollection } from "#domain/catalogue/show-collection.server.ts";
import { watchPages } from "#domain/catalogue/watch-pages.server.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { openMarket } from "./market.ts";
import { staffOf } from "./staff.ts";

let stage: Stage;
let who: Awaited<ReturnType<typeof staffOf>>;
beforeAll(async () => {
  stage = await openMarket();
  who = await staffOf(stage);
});
afterAll(() => stage.close());

const work = (code: string) => stage.works.get(code)!;
const begin = async (title: string, by = who.curatorA, coop = "A") =>
  (
    await makeCollection(stage.db, stage.house, {
      ...{ by, coopId: stage.coops.get(coop)!, title: { fr: title, en: "" } },
      about: { fr: "", en: "" },
    })
  ).collectionId;
const setState = (id: string, state: "published" | "withdrawn") =>
  sql`update work set state = ${state} where id = ${id}`.execute(stage.db);

describe("a selection", () => {
  it("holds works of all co-ops in its order, and is seen once it is shown", async () => {
    const { db, house } = stage;
    const id = await begin("L’été au fleuve");
    const by = who.curatorA;
    await expect(showCollection(db, house, { collectionId: id, by, shown: true })).rejects.toMatchObject({
      code: "collection_empty",
    });
    await composeCollection(db, house, { collectionId: id, by, workIds: [work("M1"), work("L1")] });
    expect(await findCollection(db, "l-ete-au-fleuve")).toBeNull();
    await showCollection(db, house, { collectionId: id, by, shown: true });
    const titles = async () => (await findCollection(db, "l-ete-au-fleuve"))?.works.map((each) => each.id);
    expect(await titles()).toEqual([work("M1"), work("L1")]);
    await setState(work("M1"), "withdrawn");
    expect(await titles()).toEqual([work("L1")]);
    // It keeps its place, and may be put in order with the others.
    await composeCollection(db, house, { collectionId: id, by, workIds: [work("L1"), work("M1")] });
    await setState(work("M1"), "published");
    expect(await titles()).toEqual([work("L1"), work("M1")]);
    await showCollection(db, house, { collectionId: id, by, shown: false });
    expect(await findCollection(db, "l-ete-au-fleuve")).toBeNull();
  });

  it("is changed by its own desk alone, and takes no work twice or from outside the shop", async () => {
    const { db, house } = stage;
    const collectionId = await begin("Deux voix");
    for (const by of [who.adminB, who.treasurerA])
      await expect(composeCollection(db, house, { collectionId, by, workIds: [] })).rejects.toMatchObject({
        code: "not_found",
      });
    expect(await findOwnCollection(db, who.adminB, collectionId)).toBeNull();
    expect((await listCollections(db, who.adminB)).map(({ id }) => id)).not.toContain(collectionId);
    const by = who.curatorA;
    for (const workIds of [[work("L1"), work("L1")], [v7()]])
      await expect(composeCollection(db, house, { collectionId, by, workIds })).rejects.toMatchObject({
        code: "collection_invalid",
      });
    expect(await begin("Deux voix")).not.toBe(collectionId);
    expect((await findOwnCollection(db, by, collectionId))?.slug).toBe("deux-voix");
  });
});

describe("the front page", () => {
  it("changes for visitors when the draft is shown, and not before; two co-ops share it", async () => {
    const { db, house } = stage;
    expect(await shownFront(db)).toEqual([]);
    const collectionId = await begin("Vitrine");
    await composeCollection(db, house, { collectionId, by: who.curatorA, workIds: [work("L2")] });
    const sections = [
      { kind: "pick" as const, workId: work("M1"), words: { fr: "On n’en sort pas indemne." } },
      { kind: "collection" as const, collectionId },
      { kind: "newest" as const },
    ];
    await composeFront(db, house, { by: who.adminB, sections });
    expect(await shownFront(db)).toEqual([]);
    expect((await frontToCompose(db))?.sections.map(({ kind }) => kind)).toEqual([
      "pick",
      "collection",
      "newest",
    ]);
    await showFront(db, house, { by: who.curatorA });
    // The collection is a draft yet: its section waits.
    expect((await shownFront(db)).map(({ kind }) => kind)).toEqual(["pick", "newest"]);
    await showCollection(db, house, { collectionId, by: who.curatorA, shown: true });
    const [pick, collection] = await shownFront(db);
    expect(pick).toMatchObject({ work: { id: work("M1") }, words: { fr: "On n’en sort pas indemne." } });
    expect(collection?.collection?.works.map(({ id }) => id)).toEqual([work("L2")]);

    await composeFront(db, house, { by: who.curatorA, sections: [] });
    expect(await shownFront(db)).toHaveLength(3);
    await dropFrontDraft(db, { by: who.curatorA });
    expect((await frontToCompose(db))?.shownAt).not.toBeNull();
    await composeFront(db, house, { by: who.curatorA, sections: [] });
    await showFront(db, house, { by: who.curatorA });
    expect(await shownFront(db)).toEqual([]);
    const { rows } = await sql`select from front_page where shown_at is not null`.execute(db);
    expect(rows).toHaveLength(2);
  });

  it("is composed by who composes somewhere, of what there is, each once", async () => {
    const { db, house } = stage;
    const compose = (by: string, sections: Parameters<typeof composeFront>[2]["sections"]) =>
      composeFront(db, house, { by, sections });
    await expect(compose(who.treasurerA, [])).rejects.toMatchObject({ code: "not_found" });
    await expect(compose(who.adminA, [{ kind: "newest" }, { kind: "newest" }])).rejects.toMatchObject({
      code: "front_invalid",
    });
    await expect(compose(who.adminA, [{ kind: "pick", workId: v7() }])).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await frontToCompose(db))?.shownAt).not.toBeNull();
  });

  it("wakes those who keep public pages when something is shown, and not for a draft", async () => {
    const { db, house } = stage;
    const by = who.curatorA;
    let heard = 0;
    let listening!: ReturnType<typeof watchPages>;
    await new Promise<void>((resolve, reject) => {
      listening = watchPages(stage.database.url, {
        onNotice: () => {
          heard += 1;
        },
        onHeard: resolve,
        onLost: reject,
      });
    });
    const during = async (deed: () => Promise<unknown>) => {
      const before = heard;
      await deed();
      await new Promise((resolve) => setTimeout(resolve, 150));
      return heard - before;
    };
    const collectionId = await begin("Réveil");
    const compose = () => composeCollection(db, house, { collectionId, by, workIds: [work("L1")] });
    expect(await during(compose)).toBe(0);
    expect(await during(() => showCollection(db, house, { collectionId, by, shown: true }))).toBe(1);
    expect(await during(compose)).toBe(1);
    expect(await during(() => composeFront(db, house, { by, sections: [{ kind: "books" }] }))).toBe(0);
    expect(await during(() => showFront(db, house, { by }))).toBe(1);
    await listening.close();
  });
});
