import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findSaleForStaff, readSale } from "#domain/sales/queries.server.ts";
import { booksFor, entriesFor, namedEntriesOfSale } from "#domain/transparency/books-queries.server.ts";
import { afterSale, officeFigures, searchSales } from "#domain/transparency/office-queries.server.ts";
import { whereItWent } from "#domain/transparency/where-it-went.ts";
import { drain } from "#tests/stories/drain.ts";
import { readStory } from "#tests/stories/format.ts";
import { type Stage, setStage } from "#tests/stories/stage.ts";
import { playStep } from "#tests/stories/steps.ts";

// Co-op A owns the platform, B has an account of its own; one cart holds a work of each, and one sale waits for its fee.
const story = readStory(
  JSON.stringify({
    name: "office",
    title: "Ce que voit le bureau",
    start: "2026-03-10T09:00:00-04:00",
    currency: "cad",
    coops: [
      { id: "A", account: "platform" },
      { id: "B", account: "active" },
    ],
    members: [
      { id: "ana", account: "active" },
      { id: "bo", account: "none" },
    ],
    rules: ["A", "B"].map((coop) => ({
      id: `R${coop}`,
      coop,
      from: "2026-01-01T00:00:00-05:00",
      voted: "2025-12-10T19:00:00-05:00",
      steps: [
        { kind: "fee", borne_by: "all" },
        { kind: "percent", bp: 1000, to: "operating" },
        { kind: "shares" },
      ],
    })),
    works: [
      { id: "Marées", coop: "A", price: 2000, shares: [{ member: "ana", parts: 1 }] },
      { id: "Battures", coop: "B", price: 1000, shares: [{ member: "bo", parts: 1 }] },
    ],
    taxes: [{ id: "tps", place: "CA-QC", percent: "5" }],
    steps: [
      { do: "checkout", sale: "s1", lines: [{ work: "Marées" }, { work: "Battures" }], place: "CA-QC" },
      { do: "pay", sale: "s1" },
      { do: "clock", to: "2026-03-11T12:00:00-04:00" },
      { do: "checkout", sale: "s2", lines: [{ work: "Marées", quantity: 2 }], place: "CA-QC" },
      { do: "pay", sale: "s2", fee: "later" },
    ],
  }),
);

let stage: Stage;
let coopA: string;
let coopB: string;
const keeper = { a: v7(), b: v7(), curator: v7() };

beforeAll(async () => {
  stage = await setStage(story);
  for (const step of story.steps) {
    await playStep(stage, step);
    await drain(stage);
  }
  coopA = stage.coops.get("A")!;
  coopB = stage.coops.get("B")!;
  const at = stage.clock.now();
  const person = (id: string, email: string) => ({ id, email, created_at: at });
  await stage.db
    .insertInto("person")
    .values([person(keeper.a, "a@a.coop"), person(keeper.b, "b@b.coop"), person(keeper.curator, "c@a.coop")])
    .execute();
  await stage.db
    .insertInto("coop_role")
    .values([
      { coop_id: coopA, person_id: keeper.a, role: "treasurer", granted_at: at },
      { coop_id: coopB, person_id: keeper.b, role: "admin", granted_at: at },
      { coop_id: coopA, person_id: keeper.curator, role: "curator", granted_at: at },
    ])
    .execute();
});
afterAll(() => stage?.close());

const saleId = (label: string) => stage.sales.get(label)!.id;
const all = { limit: 50, offset: 0 };

describe("figures", () => {
  it("counts each co-op's own lines, by the days of Montréal", async () => {
    const a = await officeFigures(stage.db, stage.house, keeper.a, coopA);
    expect(a.today).toEqual({ sales: 1, copies: 2, amount: 4000 });
    expect(a.month).toEqual({ sales: 2, copies: 3, amount: 6000 });
    expect(a.days).toHaveLength(30);
    expect(a.days.at(-1)).toEqual({ day: "2026-03-11", amount: 4000, sales: 1 });
    expect(a.days.at(-2)).toEqual({ day: "2026-03-10", amount: 2000, sales: 1 });
    expect(a).toMatchObject({ waitingForFee: 1, stuck: 0, refusedMails: 0 });
    const b = await officeFigures(stage.db, stage.house, keeper.b, coopB);
    expect(b.month).toEqual({ sales: 1, copies: 1, amount: 1000 });
    expect(b.waitingForFee).toBe(0);
  });

  it("are zero for who does not keep these books", async () => {
    for (const [who, coop] of [
      [keeper.b, coopA],
      [keeper.curator, coopA],
    ] as const) {
      expect((await officeFigures(stage.db, stage.house, who, coop)).month.sales).toBe(0);
      expect(await searchSales(stage.db, who, coop, { words: "", ...all })).toEqual([]);
      expect(await booksFor(stage.db, who, coop)).toBeNull();
      expect(await entriesFor(stage.db, who, coop, { account: null, before: null, limit: 9 })).toBeNull();
    }
  });
});

describe("finding a sale", () => {
  const find = async (words: string) =>
    (await searchSales(stage.db, keeper.a, coopA, { words, ...all })).map(({ id }) => id);

  it("goes by number, address, and words of a title without accents, the latest first", async () => {
    const [s1, s2] = [saleId("s1"), saleId("s2")];
    expect(await find("")).toEqual([s2, s1]);
    const [latest] = await searchSales(stage.db, keeper.a, coopA, { words: "", ...all });
    expect(await find(String(latest?.number))).toEqual([s2]);
    expect(await find(latest!.email.toUpperCase())).toContain(s2);
    expect(await find("maree")).toEqual([s2, s1]);
    expect(await find("battures")).toEqual([s1]);
    expect(await find("100%")).toEqual([]);
    expect(latest).toMatchObject({ split: false, amount: 4000, total: 4200, titles: ["Marées"] });
  });

  it("shows what followed: the transfers, what waits for an account, and every cent of the sale", async () => {
    const went = whereItWent((await readSale(stage.db, saleId("s1")))!);
    expect(went?.reduce((sum, { amount }) => sum + amount, 0)).toBe(3150);
    const { transfers } = await afterSale(stage.db, keeper.a, saleId("s1"));
    expect(transfers.map(({ name, state }) => [name, state]).sort()).toEqual([
      ["B", "sent"],
      ["ana", "sent"],
    ]);
    expect(await findSaleForStaff(stage.db, keeper.b, saleId("s2"))).toBeNull();
    expect(await findSaleForStaff(stage.db, keeper.curator, saleId("s1"))).toBeNull();
  });
});

describe("a cart that two co-ops share", () => {
  it("shows the staff of one their own lines, parts and transfers, and the rest as one amount", async () => {
    const s1 = saleId("s1");
    const b = await findSaleForStaff(stage.db, keeper.b, s1);
    expect(b?.lines.map(({ title }) => title)).toEqual(["Battures"]);
    expect(b?.lines[0]?.parts.map(({ memberName }) => memberName).filter(Boolean)).toEqual(["bo"]);
    expect(b).toMatchObject({ total: 3150, rest: 2100, taxes: [{ code: "tps", amount: 50 }] });
    expect((await afterSale(stage.db, keeper.b, s1)).transfers.map(({ name }) => name)).toEqual(["B"]);
    expect((await afterSale(stage.db, keeper.curator, s1)).transfers).toEqual([]);
    const a = await findSaleForStaff(stage.db, keeper.a, s1);
    expect(a?.lines.map(({ title }) => title)).toEqual(["Marées", "Battures"]);
    expect(a?.rest).toBe(0);
  });

  it("shows of an entry their own accounts, and the others as one, so that it sums to zero", async () => {
    const s1 = saleId("s1");
    const bo = `member:${stage.members.get("bo")!.id}`;
    const entries = await namedEntriesOfSale(stage.db, keeper.b, s1);
    expect(entries.map(({ kind }) => kind)).toEqual(["split", "transfer"]);
    for (const { postings } of entries) expect(postings.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
    const [split] = entries;
    expect(split?.postings.map(({ account }) => account).sort()).toEqual(
      [`coop:${coopB}:operating`, bo, "elsewhere"].sort(),
    );
    expect(split?.postings.at(-1)?.account).toBe("elsewhere");
    expect(split?.names).toEqual({ [bo]: "bo", [`coop:${coopB}:operating`]: "B" });
    expect(await namedEntriesOfSale(stage.db, keeper.curator, s1)).toEqual([]);
  });
});

describe("the books", () => {
  it("sum to zero, whole for the co-op that owns the platform and with the rest as one line for another", async () => {
    const sum = (books: Awaited<ReturnType<typeof booksFor>>) =>
      [...books!.rows, ...(books!.elsewhere ? [books!.elsewhere] : [])].reduce(
        (total, row) => total + row.balance,
        0,
      );
    const a = await booksFor(stage.db, keeper.a, coopA);
    expect(a).toMatchObject({ whole: true, elsewhere: null });
    expect(sum(a)).toBe(0);
    expect(a?.rows.map(({ account }) => account)).toContain("stripe");
    const b = await booksFor(stage.db, keeper.b, coopB);
    expect(b?.whole).toBe(false);
    expect(sum(b)).toBe(0);
    const bo = `member:${stage.members.get("bo")!.id}`;
    expect(b?.rows.map(({ account, name }) => [account, name])).toEqual([
      [`coop:${coopB}:operating`, "B"],
      [bo, "bo"],
    ]);
  });

  it("open the postings of one account, and never another co-op's", async () => {
    const bo = `member:${stage.members.get("bo")!.id}`;
    const ana = `member:${stage.members.get("ana")!.id}`;
    const of = async (account: string) =>
      (await entriesFor(stage.db, keeper.b, coopB, { account, before: null, limit: 9 }))?.map(
        ({ kind }) => kind,
      );
    expect(await of(bo)).toEqual(["split"]);
    expect(await of(ana)).toEqual([]);
    const [split] = (await entriesFor(stage.db, keeper.b, coopB, { account: bo, before: null, limit: 9 }))!;
    expect(split?.names).toEqual({ [bo]: "bo", [`coop:${coopB}:operating`]: "B" });
    expect(JSON.stringify(split)).not.toContain(ana);
    expect(split?.postings.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
    const entries = await namedEntriesOfSale(stage.db, keeper.a, saleId("s1"));
    expect(entries.map(({ kind }) => kind).slice(0, 2)).toEqual(["sale", "split"]);
    expect(entries[0]?.saleNumber).toBeGreaterThan(0);
  });
});
