import { type CompiledQuery, Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import { freeWorkSlugs } from "#domain/catalogue/work-slug.server.ts";
import { foundCoop } from "#domain/coops/found-coop.server.ts";
import { harvestPage } from "#domain/feeds/harvest-queries.server.ts";
import { shelfPage } from "#domain/feeds/shelf-queries.server.ts";
import { admitMember } from "#domain/membership/admit-member.server.ts";
import { setClock } from "#gateways/clock.ts";
import { freshDatabase, openAsOwner, type ScratchDatabase } from "#tests/database.ts";

// What robots ask by the thousand is answered by indexes: PostgreSQL says how it would answer, on a shop of some thousand works.

const works = 6_000;
const clock = setClock("2026-03-01T10:00:00-05:00");
let scratch: ScratchDatabase;
let db: Kysely<DB>;
const asked: CompiledQuery[] = [];

beforeAll(async () => {
  scratch = await freshDatabase();
  const house = { clock };
  const { id: coopId } = await foundCoop(scratch.db, house, {
    ...{ slug: "fleuve", name: "Le Fleuve", legalForm: "coop_qc" as const, place: "CA-QC" },
  });
  const { memberId } = await admitMember(scratch.db, house, { coopId, email: "a@b.coop", name: "Ana" });
  const owner = openAsOwner(scratch.url);
  await owner.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql`insert into work (id, slug, kind, title, language, price, coop_id, member_id, state, state_at, published_at, created_at, updated_at)
      select gen_random_uuid(), 'titre-' || n, case n % 3 when 0 then 'album' else 'book' end, 'Titre ' || n,
        case n % 2 when 0 then 'fr-CA' else 'en' end, case n % 5 when 0 then 0 else 1000 end, ${coopId}, ${memberId},
        case n % 10 when 0 then 'withdrawn' else 'published' end, at, at, at, at
      from generate_series(1, ${works}) n, lateral (select timestamptz '2025-01-01' + n * interval '1 minute' as at) t`.execute(
      trx,
    );
    await sql`insert into shelf_count (coop_id, kind, language, free, works)
      select coop_id, kind, lower(split_part(language, '-', 1)), price = 0, count(*) from work where state = 'published'
      group by 1, 2, 3, 4`.execute(trx);
  });
  await sql`analyze work`.execute(owner);
  await owner.destroy();
  db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: scratch.url, max: 1 }) }),
    log: ({ query }) => void asked.push(query),
  });
}, 120_000);
afterAll(async () => {
  await db?.destroy();
  await scratch?.close();
});

type Plan = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows": number;
  Plans?: Plan[];
};

/** Every node of the plans of what is asked. */
async function plansOf(ask: (db: Database) => Promise<unknown>): Promise<Plan[]> {
  asked.length = 0;
  await ask(db);
  const nodes: Plan[] = [];
  const walk = (plan: Plan) => {
    nodes.push(plan);
    plan.Plans?.forEach(walk);
  };
  const client = new pg.Client({ connectionString: scratch.url });
  await client.connect();
  for (const { sql: text, parameters } of asked.filter(({ sql }) => /^\s*(?:select|with)/i.test(sql))) {
    const { rows } = await client.query(`explain (analyze, format json) ${text}`, [...parameters]);
    walk(rows[0]["QUERY PLAN"][0].Plan);
  }
  await client.end();
  return nodes;
}
const readWhole = (nodes: readonly Plan[]) =>
  nodes.filter(({ "Node Type": type, ...node }) => type === "Seq Scan" && node["Relation Name"] === "work");

const span = { from: null, until: null, set: null };
it.each([
  ["from the beginning", span, null],
  ["from a place in it", span, { at: "2025-01-03T00:00:00.000000Z", id: v7() }],
  [
    "of a span of time",
    { ...span, from: "2025-01-02T00:00:00.000Z", until: "2025-01-02T06:00:00.000Z" },
    null,
  ],
])("harvests %s by the index of the last changes", async (_, wanted, after) => {
  const nodes = await plansOf((db) => harvestPage(db, { span: wanted, after, limit: 100, records: true }));
  expect(readWhole(nodes)).toEqual([]);
  expect(nodes.map((node) => node["Index Name"])).toContain("work_harvest");
});

it.each([{}, { kind: "album" as const, language: "fr" }, { coop: "fleuve", free: true }])(
  "counts the shelf of %j without reading the shop, and rightly",
  async (wish) => {
    const nodes = await plansOf((db) => shelfPage(db, wish, { cursor: null, limit: 25, count: true }));
    expect(readWhole(nodes)).toEqual([]);
    const { total, facets, updatedAt } = await shelfPage(db, wish, { cursor: null, limit: 1, count: true });
    const rows = await db.selectFrom("work").selectAll().where("state", "=", "published").execute();
    const are = ({ kind, language, price }: (typeof rows)[number], but?: string) =>
      (!("kind" in wish) || but === "kind" || kind === wish.kind) &&
      (!("language" in wish) || but === "language" || language?.startsWith(wish.language ?? "")) &&
      (!("free" in wish) || but === "free" || price === 0);
    expect(total).toBe(rows.filter((row) => are(row)).length);
    expect(facets?.free.count).toBe(rows.filter((row) => are(row, "free") && row.price === 0).length);
    expect(Object.fromEntries(facets!.kind.map(({ value, count }) => [value, count]))).toEqual({
      ...{ album: rows.filter((row) => are(row, "kind") && row.kind === "album").length },
      ...{ book: rows.filter((row) => are(row, "kind") && row.kind === "book").length },
    });
    const newest = rows.filter((row) => are(row)).map((row) => row.updated_at.getTime());
    expect(new Date(updatedAt!).getTime()).toBe(Math.max(...newest));
  },
);

it("finds free addresses by the index on their letters", async () => {
  const nodes = await plansOf((db) =>
    (db as Kysely<DB>).transaction().execute(async (trx) => {
      const slugs = await freeWorkSlugs(trx, [
        { title: "Titre 12", kind: "book" },
        { title: "Titre 12", kind: "book" },
        { title: "Neuf", kind: "album" },
      ]);
      expect(slugs).toEqual(["titre-12-2", "titre-12-3", "neuf"]);
    }),
  );
  expect(readWhole(nodes)).toEqual([]);
  expect(nodes.map((node) => node["Index Name"])).toContain("work_slug_typed");
});
