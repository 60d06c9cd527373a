import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { indexWork } from "#domain/catalogue/index-work.server.ts";
import {
  findAgent,
  findCoop,
  findSamplePage,
  findWorkPage,
  listCoops,
  worksNearby,
} from "#domain/catalogue/queries.server.ts";
import { cardsOf, findWorks, newestWorks } from "#domain/catalogue/search-queries.server.ts";
import { openShelf } from "./shelf.ts";

let shelf: Awaited<ReturnType<typeof openShelf>>;
const ids: Record<string, string> = {};

beforeAll(async () => {
  shelf = await openShelf();
  const ana = { name: "Éloïse Tremblay-Côté", role: "author" };
  const works = [
    { slug: "la-maree", title: "La marée des grandes eaux", by: [ana], subjects: ["Romans"], day: 1 },
    {
      slug: "the-lamp",
      title: "What the Lamp Says",
      language: "en",
      by: [ana, { name: "Yann Noël", role: "translator" }],
      description: { en: "Poems of running tides" },
      day: 2,
    },
    {
      slug: "chaloupe",
      title: "Chaloupe électrique",
      kind: "album" as const,
      by: [{ name: "Yann Noël", role: "performer" }],
      price: 0,
      day: 3,
    },
    { slug: "brouillon", title: "Marée secrète", by: [ana], state: "draft" as const },
    { slug: "retire", title: "Marée retirée", by: [ana], state: "withdrawn" as const },
  ];
  for (const work of works) ids[work.slug] = await shelf.shelve(work);
});
afterAll(() => shelf.close());

const search = async (q: string, more: Partial<Parameters<typeof findWorks>[1]> = {}) =>
  findWorks(shelf.db, { q, locale: "fr", ...more });
const slugs = (found: { works: { slug: string }[] }) => found.works.map(({ slug }) => slug);

describe("the search", () => {
  it.each([
    ["maree", "la-maree"],
    ["MARÉES", "la-maree"],
    ["grande eau", "la-maree"],
    ["tremblay cote", "the-lamp"],
    ["noel", "chaloupe"],
    ["roman", "la-maree"],
    ["lamps", "the-lamp"],
    ["tide", "the-lamp"],
    ["l’électrique", "chaloupe"],
  ])("finds « %s » without its accents, plurals or article", async (q, slug) => {
    const found = await search(q);
    expect(slugs(found)).toContain(slug);
    expect(found.resembling).toBe(false);
  });

  it("forgives a typo, and says that it does", async () => {
    for (const [q, slug] of [
      ["marre", "la-maree"],
      ["tramblay", "la-maree"],
      ["chaloup", "chaloupe"],
    ] as const) {
      expect(slugs(await search(q))).toContain(slug);
    }
    expect((await search("tramblay")).resembling).toBe(true);
    expect(slugs(await search("xyzzyq"))).toEqual([]);
  });

  it("never shows what is not published, and takes any sign for a word", async () => {
    expect(slugs(await search("marée"))).toEqual(["la-maree"]);
    for (const q of ["' & | ! ( ) : *", "\\", "%", "a".repeat(5000), "«»", "-- drop"]) await search(q);
  });

  it("puts the title above the rest, and the reader's language first at equal rank", async () => {
    expect(slugs(await search("marée OR tide"))[0]).toBe("la-maree");
    const both = await search("tremblay", { locale: "en" });
    expect(slugs(both)[0]).toBe("the-lamp");
    expect(slugs(await search("tremblay", { locale: "fr" }))[0]).toBe("la-maree");
  });

  it("counts both kinds whatever kind is asked, and keeps the other wishes", async () => {
    const albums = await search("", { kind: "album" });
    expect([slugs(albums), albums.counts]).toEqual([["chaloupe"], { book: 2, album: 1 }]);
    expect(slugs(await search("", { free: true }))).toEqual(["chaloupe"]);
    expect(slugs(await search("", { language: "en" }))).toEqual(["the-lamp"]);
    expect(slugs(await search("", { coop: "ailleurs" }))).toEqual([]);
    expect(slugs(await search("", { coop: "fleuve" }))).toEqual(["chaloupe", "the-lamp", "la-maree"]);
  });

  it("follows a correction once the work is indexed again", async () => {
    await shelf.db
      .updateTable("work")
      .set({ subtitle: "Carnets de bruine" })
      .where("id", "=", ids["la-maree"]!)
      .execute();
    expect(slugs(await search("bruine"))).toEqual([]);
    await indexWork(shelf.db, ids["la-maree"]!);
    expect(slugs(await search("bruine"))).toEqual(["la-maree"]);
  });

  it("uses its index on a shelf of some size", async () => {
    const plan = await shelf.db.transaction().execute(async (trx) => {
      await sql`set local enable_seqscan = off`.execute(trx);
      return sql<{ "QUERY PLAN": string }>`explain select work_id from work_search
        where document @@ (websearch_to_tsquery('fr', 'marée') || websearch_to_tsquery('en', 'marée'))`.execute(
        trx,
      );
    });
    expect(JSON.stringify(plan.rows)).toContain("work_search_document");
  });
});

describe("the pages", () => {
  it("show a draft to its member and the desk of its co-op, to nobody else", async () => {
    const page = (personId: string | null) =>
      findWorkPage(shelf.db, shelf.house, { slug: "brouillon", personId });
    const [stranger, curator] = [await shelf.person("x@exemple.org"), await shelf.person("c@exemple.org")];
    await shelf.db
      .insertInto("coop_role")
      .values({ coop_id: shelf.coopId, person_id: curator, role: "curator", granted_at: shelf.clock.now() })
      .execute();
    const treasurer = await shelf.person("t@exemple.org");
    await shelf.db
      .insertInto("coop_role")
      .values({
        coop_id: shelf.coopId,
        person_id: treasurer,
        role: "treasurer",
        granted_at: shelf.clock.now(),
      })
      .execute();
    expect(await page(null)).toBeNull();
    expect(await page(stranger)).toBeNull();
    expect(await page(treasurer)).toBeNull();
    expect((await page(shelf.ana.personId))?.state).toBe("draft");
    expect((await page(curator))?.state).toBe("draft");
  });

  it("tell the people of a work in their order, and the works beside it", async () => {
    const page = await findWorkPage(shelf.db, shelf.house, { slug: "the-lamp", personId: null });
    expect(page?.credits.map(({ slug, role }) => [slug, role])).toEqual([
      ["eloise-tremblay-cote", "author"],
      ["yann-noel", "translator"],
    ]);
    expect(page?.sharing).toBeNull();
    expect((await worksNearby(shelf.db, "the-lamp", 5)).map(({ slug }) => slug)).toEqual([
      "la-maree",
      "chaloupe",
    ]);
  });

  it("begin a sample where there is something to read, and let one leaf back to the title", async () => {
    for (const [i, words] of [4, 12, 900, 700].entries()) {
      const more = { mediaType: "text/html", position: i + 1, facts: { words } };
      await shelf.asset(ids["la-maree"]!, "sample_page", "<p>", more);
      if (i < 2) await shelf.asset(ids["the-lamp"]!, "sample_page", "<p>", more);
    }
    const leaf = async (slug: string, page: number | null) => {
      const found = await findSamplePage(shelf.db, { slug, page, personId: null });
      return found && [found.position, found.pages];
    };
    expect(await leaf("la-maree", null)).toEqual([3, 4]);
    expect(await leaf("la-maree", 1)).toEqual([1, 4]);
    expect(await leaf("la-maree", 5)).toBeNull();
    expect(await leaf("the-lamp", null)).toEqual([1, 2]);
    expect(await leaf("brouillon", null)).toBeNull();
  });

  it("gather a person's works, of those that are published", async () => {
    const agent = await findAgent(shelf.db, "eloise-tremblay-cote");
    expect(agent?.works.map(({ card, roles }) => [card.slug, roles])).toEqual([
      ["the-lamp", ["author"]],
      ["la-maree", ["author"]],
    ]);
    expect(await findAgent(shelf.db, "personne")).toBeNull();
  });

  it("count what a co-op publishes", async () => {
    const coop = await findCoop(shelf.db, shelf.house, "fleuve");
    expect([coop?.works, coop?.members, coop?.rule]).toEqual([{ book: 2, album: 1 }, 1, null]);
    expect((await listCoops(shelf.db))[0]?.window.map(({ slug }) => slug)).toEqual([
      "chaloupe",
      "the-lamp",
      "la-maree",
    ]);
    expect((await newestWorks(shelf.db, 1)).map(({ slug }) => slug)).toEqual(["chaloupe", "the-lamp"]);
    expect((await cardsOf(shelf.db, [ids["la-maree"]!, ids.brouillon!])).map(({ slug }) => slug)).toEqual([
      "la-maree",
    ]);
  });
});
