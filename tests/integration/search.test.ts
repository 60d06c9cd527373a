import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantSeed, removeSeed, worksThere } from "#dev/seed/plant.ts";
import { type Found, findWorks } from "#domain/catalogue/search-queries.server.ts";
import { setPrice } from "#domain/catalogue/set-price.server.ts";
import { suggest } from "#domain/catalogue/suggestion-queries.server.ts";
import { withdrawWork } from "#domain/catalogue/withdraw-work.server.ts";
import { freshDatabase, type ScratchDatabase } from "#tests/database.ts";
import { misspellings } from "./misspellings.ts";
import { openShelf } from "./shelf.ts";

const slugs = (works: { slug: string }[]) => works.map(({ slug }) => slug);

describe("finding on a small shelf", () => {
  let shelf: Awaited<ReturnType<typeof openShelf>>;
  const ids: Record<string, string> = {};
  const find = (q: string, more: Partial<Parameters<typeof findWorks>[1]> = {}) =>
    findWorks(shelf.db, { q, locale: "fr", ...more });

  beforeAll(async () => {
    shelf = await openShelf();
    const roy = { name: "Gabrielle Roy-Lévesque", role: "author" };
    for (const work of [
      {
        slug: "prince",
        title: "Le Petit Prince des marées",
        by: [roy],
        subjects: ["Romans d’aventure"],
        day: 1,
      },
      { slug: "etranger", title: "L’Étrangère", by: [roy], day: 2, price: 0 },
      { slug: "lamps", title: "The Lamps of the Harbour", language: "en", day: 3, price: 500 },
      {
        slug: "disque",
        title: "Nuits blanches",
        kind: "album" as const,
        subjects: ["Folk"],
        day: 4,
        price: 800,
      },
      { slug: "nuit", title: "La nuit du prince", by: [roy], subjects: ["Romans d’aventure"], day: 5 },
    ])
      ids[work.slug] = await shelf.shelve(work);
  });
  afterAll(() => shelf.close());

  it("finds a title whose article moved, and puts the very title first", async () => {
    expect(slugs((await find("Petit Prince des marées, Le")).works)).toEqual(["prince"]);
    expect(slugs((await find("etrangere, l'")).works)).toEqual(["etranger"]);
    expect(slugs((await find("la nuit du prince")).works)[0]).toBe("nuit");
  });

  it("finds plurals and stems of both tongues", async () => {
    for (const [q, slug] of [
      ["marée", "prince"],
      ["nuit blanche", "disque"],
      ["lamp harbours", "lamps"],
      ["roman d'aventures", "prince"],
    ] as const)
      expect(slugs((await find(q)).works), q).toContain(slug);
  });

  it("forgives a letter, and says that it does; with few answers it proposes what resembles besides", async () => {
    for (const [q, slug] of [
      ["petit prinse", "prince"],
      ["petit pirnce", "prince"],
      ["harbor lmaps", "lamps"],
      ["gabriele levesqe", "prince"],
    ] as const) {
      const found = await find(q);
      expect(slugs(found.works), q).toContain(slug);
      expect(found.resembling, q).toBe(true);
    }
    const nuits = await find("nuits");
    expect(nuits.resembling).toBe(false);
  });

  it("explains why nothing is found: words that nothing resembles, choices that leave nothing", async () => {
    const none = await find("zzyzxqq");
    expect([none.works, none.unknown, none.withoutChoices]).toEqual([[], ["zzyzxqq"], 0]);
    const partly = await find("prince zzyzxqq");
    expect([partly.resembling, partly.unknown, slugs(partly.works).sort()]).toEqual([
      true,
      ["zzyzxqq"],
      ["nuit", "prince"],
    ]);
    const chosen = await find("prince", { kind: "album" });
    expect([chosen.works, chosen.total, chosen.withoutChoices]).toEqual([[], 0, 2]);
    expect((await find("prince", { language: "en" })).languages).toContainEqual({ code: "en", works: 0 });
  });

  it("counts for each choice what choosing it would give, the others being as they are", async () => {
    const counts = ({ counts, languages, free, total }: Found) => ({ counts, languages, free, total });
    expect(counts(await find(""))).toEqual({
      counts: { book: 4, album: 1 },
      languages: [
        { code: "fr", works: 4 },
        { code: "en", works: 1 },
      ],
      free: 1,
      total: 5,
    });
    expect(counts(await find("", { kind: "book", language: "fr" }))).toMatchObject({
      counts: { book: 3, album: 1 },
      languages: [
        { code: "fr", works: 3 },
        { code: "en", works: 1 },
      ],
      free: 1,
      total: 3,
    });
    expect(counts(await find("roy", { free: true }))).toMatchObject({
      counts: { book: 1, album: 0 },
      free: 1,
      total: 1,
    });
    expect((await find("roy")).coops).toEqual([{ slug: "fleuve", name: "Les Presses du Fleuve", works: 3 }]);
  });

  it("sorts by title without its article, by price, by date", async () => {
    expect(slugs((await find("", { sort: "title" })).works)).toEqual([
      "etranger",
      "lamps",
      "nuit",
      "disque",
      "prince",
    ]);
    expect(slugs((await find("", { sort: "price" })).works).slice(0, 3)).toEqual([
      "etranger",
      "lamps",
      "disque",
    ]);
    expect(slugs((await find("prince", { sort: "newest" })).works)).toEqual(["nuit", "prince"]);
    expect(slugs((await find("", { subject: "romans D’aventure" })).works)).toEqual(["nuit", "prince"]);
    expect(slugs((await find("", { subject: "it's \\ ' odd" })).works)).toEqual([]);
  });

  it("finds a number typed whole, with its hyphens or as ISBN-10", async () => {
    await sql`insert into identifier (id, work_id, scheme, value) values (gen_random_uuid(), ${ids.prince}, 'isbn', '9782070368228')`.execute(
      shelf.db,
    );
    for (const q of ["978-2-07-036822-8", "9782070368228", "2-07-036822-8", "ISBN 978 2 07 036822 8"])
      expect(slugs((await find(q)).works), q).toEqual(["prince"]);
  });

  it("proposes as one types, and what leaves the shop is gone at once", async () => {
    const typed = async (q: string) => {
      const { works, people, coops } = await suggest(shelf.db, q);
      return [slugs(works), slugs(people), slugs(coops)];
    };
    expect(await typed("peti")).toEqual([["prince"], [], []]);
    expect(await typed("le pet")).toEqual([["prince"], [], []]);
    expect(await typed("étr")).toEqual([["etranger"], [], []]);
    expect(await typed("gab")).toEqual([[], ["gabrielle-roy-levesque"], []]);
    expect(await typed("levesque g")).toEqual([[], ["gabrielle-roy-levesque"], []]);
    expect(await typed("fleu")).toEqual([[], [], ["fleuve"]]);
    expect((await typed("prin"))[0]!.sort()).toEqual(["nuit", "prince"]);
    expect((await typed("prince peti"))[0]).toEqual(["prince"]);
    expect((await typed("petit prinse"))[0]).toContain("prince");
    for (const q of ["", "a", "%", "'", "\\", "_", "a".repeat(4000), ":*", "& |"]) await suggest(shelf.db, q);

    await setPrice(shelf.db, shelf.house, {
      personId: shelf.ana.personId,
      workId: ids.disque!,
      price: { kind: "free" },
    });
    expect(slugs((await find("", { free: true })).works)).toEqual(["disque", "etranger"]);
    await withdrawWork(shelf.db, shelf.house, { personId: shelf.ana.personId, workId: ids.disque! });
    expect(await typed("nuits bl")).not.toContain("disque");
    expect((await find("", { free: true })).free).toBe(1);
    expect(slugs((await find("blanches")).works)).toEqual([]);
  });
});

describe("finding in a catalogue of thousands", () => {
  const works = 3000;
  const recall = 0.95;
  let scratch: ScratchDatabase;
  let titles: { id: string; title: string }[];
  beforeAll(async () => {
    scratch = await freshDatabase();
    await plantSeed(scratch.url, { works, seed: 7, tell: () => {} });
    ({ rows: titles } = await sql<{
      id: string;
      title: string;
    }>`select id, title from work order by id`.execute(scratch.db));
  }, 120_000);
  afterAll(() => scratch.close());

  it("walks the whole catalogue page by page, in every order, each work once", async () => {
    for (const sort of ["newest", "title", "price"] as const) {
      const seen = new Set<string>();
      let after: string | undefined;
      do {
        const page = await findWorks(scratch.db, {
          kind: "album",
          language: "en",
          sort,
          locale: "fr",
          ...(after && { after }),
        });
        for (const { id } of page.works) {
          expect(seen.has(id)).toBe(false);
          seen.add(id);
        }
        if (!page.next) expect(seen.size).toBe(page.total);
        after = page.next ?? undefined;
      } while (after);
      expect(seen.size).toBeGreaterThan(100);
    }
  });

  it("walks through ranked answers, each once, and ignores what is no cursor", async () => {
    const first = await findWorks(scratch.db, { q: "roy", locale: "fr" });
    const second = await findWorks(scratch.db, { q: "roy", locale: "fr", after: first.next! });
    expect(first.works).toHaveLength(24);
    expect(second.works.length).toBeGreaterThan(0);
    expect(second.works.filter(({ id }) => first.works.some((work) => work.id === id))).toEqual([]);
    const odd = await findWorks(scratch.db, { q: "roy", locale: "fr", after: "1'; drop table work~x" });
    expect(slugs(odd.works)).toEqual(slugs(first.works));
  });

  it(`finds a misspelled title among the first ten in at least ${recall * 100} % of cases, of each kind of misspelling`, async () => {
    const every = 23;
    const table: Record<string, { asked: number; found: number }> = {};
    const lost: string[] = [];
    for (const [kind, misspell] of Object.entries(misspellings)) {
      const row = { asked: 0, found: 0 };
      table[kind] = row;
      for (let i = 0; i < titles.length; i += every) {
        const { title } = titles[i]!;
        const q = misspell(title, i);
        if (q === null) continue;
        const { works: exact, also } = await findWorks(scratch.db, { q, locale: "fr" });
        row.asked += 1;
        // Two works of the very same title cannot be told apart by it.
        if (
          [...exact.slice(0, 10 - Math.min(5, also.length)), ...also]
            .slice(0, 10)
            .some((work) => work.title === title)
        )
          row.found += 1;
        else lost.push(`${kind}: « ${q} » for « ${title} »`);
      }
    }
    const all = Object.values(table).reduce((sum, { asked, found }) => ({
      asked: sum.asked + asked,
      found: sum.found + found,
    }));
    console.log(
      [
        ...Object.entries(table).map(([kind, { asked, found }]) => `${kind}: ${found} of ${asked}`),
        `recall@10: ${((100 * all.found) / all.asked).toFixed(1)} % of ${all.asked}`,
        ...lost.slice(0, 12),
      ].join("\n"),
    );
    expect(all.asked).toBeGreaterThan(900);
    expect(all.found / all.asked).toBeGreaterThanOrEqual(recall);
    // Two wrong letters in one word are the hardest: some are no nearer to the word than to others.
    for (const [kind, { asked, found }] of Object.entries(table))
      expect(found / asked, kind).toBeGreaterThanOrEqual(kind === "two letters wrong" ? 0.8 : recall);
  }, 240_000);

  it("counts what the shelves hold", async () => {
    const { rows } = await sql<{
      kept: number;
      counted: number;
    }>`select (select sum(works) from shelf_count)::int as kept,
      (select count(*) from work where state = 'published')::int as counted`.execute(scratch.db);
    expect(rows[0]).toEqual({ kept: works, counted: works });
  });

  it("gives the same catalogue for the same number, and takes it out again without a trace", async () => {
    const again = await freshDatabase();
    try {
      await plantSeed(again.url, { works: 200, seed: 7, tell: () => {} });
      const client = new pg.Client({ connectionString: again.url });
      await client.connect();
      expect(await worksThere(client)).toEqual({ real: 0, seeded: 200 });
      await client.end();
      const shown = () =>
        sql<{
          text: string;
        }>`select string_agg(title || language || price, '|' order by id) as text from work`
          .execute(again.db)
          .then(({ rows }) => rows[0]!.text);
      const first = await shown();
      expect(await removeSeed(again.url, () => {})).toBe(200);
      const { rows } = await sql<{
        left: number;
      }>`select ((select count(*) from work) + (select count(*) from agent) + (select count(*) from coop)
        + (select count(*) from person) + (select count(*) from work_search) + (select count(*) from search_start)
        + (select count(*) from shelf_count))::int as left`.execute(again.db);
      expect(rows[0]!.left).toBe(0);
      await plantSeed(again.url, { works: 200, seed: 7, tell: () => {} });
      expect(await shown()).toBe(first);
    } finally {
      await again.close();
    }
  }, 60_000);
});
