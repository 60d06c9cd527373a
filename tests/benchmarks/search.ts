/**
 * Finding in a large catalogue: how long each question takes with ten clients at once, and the proof, by the plans of PostgreSQL, that
 * no table that grows with the catalogue is read from end to end.
 * `node tests/benchmarks/search.ts [--works 100000] [--database postgres://…]`; without a database it makes one and drops it.
 */
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { Database } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import { plantSeed } from "#dev/seed/plant.ts";
import { findAgent, listCoops, worksNearby } from "#domain/catalogue/queries.server.ts";
import { findWorks, newestWorks } from "#domain/catalogue/search-queries.server.ts";
import { suggest } from "#domain/catalogue/suggestion-queries.server.ts";
import { freshDatabase } from "#tests/database.ts";
import { misspellings } from "../integration/misspellings.ts";
import { processorSeconds } from "./processor.ts";

const clients = 10;
const application = "finding";
const questionsEach = 40;
/** Rows above which a table counts as one that grows: those of co-ops, counts and settings do not. */
const large = 5000;
const { values } = parseArgs({
  options: {
    works: { type: "string", default: "100000" },
    database: { type: "string" },
    recall: { type: "string", default: "300" },
  },
});
const works = Number(values.works);

type Sample = { id: string; slug: string; title: string; person: string; agent: string };
type Question = { name: string; ask: (db: Database, sample: Sample, i: number) => Promise<unknown> };

const swap = misspellings["two letters swapped"]!;
const letters = (title: string, n: number) => title.replace(/^(?:L'|Les? |La |The |A )/, "").slice(0, n);
const common = ["nuit", "the river", "roman", "marée", "chanson", "lettres"];
const questions: Question[] = [
  { name: "as one types: 2 letters", ask: (db, { title }) => suggest(db, letters(title, 2)) },
  { name: "as one types: 4 letters", ask: (db, { title }) => suggest(db, letters(title, 4)) },
  { name: "as one types: 9 letters", ask: (db, { title }) => suggest(db, letters(title, 9)) },
  { name: "as one types: a name", ask: (db, { person }) => suggest(db, person.slice(0, 6)) },
  {
    name: "as one types: a misspelled title",
    ask: (db, { title }, i) => suggest(db, swap(title, i) ?? title),
  },
  { name: "a title", ask: (db, { title }) => findWorks(db, { q: title, locale: "fr" }) },
  { name: "a person", ask: (db, { person }) => findWorks(db, { q: person, locale: "fr" }) },
  {
    name: "a common word",
    ask: (db, _, i) => findWorks(db, { q: common[i % common.length]!, locale: "fr" }),
  },
  {
    name: "a common word with choices",
    ask: (db, _, i) =>
      findWorks(db, {
        q: common[i % common.length]!,
        kind: "book",
        language: "fr",
        free: i % 3 === 0,
        locale: "fr",
      }),
  },
  {
    name: "a misspelled title",
    ask: (db, { title }, i) => findWorks(db, { q: swap(title, i) ?? title, locale: "fr" }),
  },
  { name: "nothing to be found", ask: (db, _, i) => findWorks(db, { q: `zzyzx${i} qqfrw`, locale: "fr" }) },
  { name: "all works, the newest", ask: (db) => findWorks(db, { locale: "fr" }) },
  {
    name: "all works with choices",
    ask: (db, _, i) =>
      findWorks(db, { kind: "album", language: i % 2 ? "en" : "fr", free: i % 5 === 0, locale: "fr" }),
  },
  {
    name: "all works by title, far down",
    ask: (db, { id }) => findWorks(db, { sort: "title", after: `marees~${id}`, locale: "fr" }),
  },
  { name: "a subject", ask: (db) => findWorks(db, { subject: "Poésie", locale: "fr" }) },
  { name: "close to a work", ask: (db, { slug }) => worksNearby(db, slug, 6) },
  { name: "a person's page", ask: (db, { agent }) => findAgent(db, agent) },
  { name: "the front page", ask: (db) => Promise.all([newestWorks(db, 9), listCoops(db)]) },
];

const asked: { text: string; parameters: readonly unknown[] }[] = [];
let listening = false;
const scratch = values.database ? null : await freshDatabase();
const url = values.database ?? scratch!.url;
const db = new Kysely<DB>({
  dialect: new PostgresDialect({
    pool: new pg.Pool({ connectionString: url, max: clients, application_name: application }),
  }),
  log: ({ query }) => {
    if (listening) asked.push({ text: query.sql, parameters: query.parameters });
  },
});
try {
  await main();
} finally {
  await db.destroy();
  await scratch?.close();
}

async function main(): Promise<void> {
  if (scratch) {
    const begun = performance.now();
    await plantSeed(url, {
      works,
      seed: 1,
      tell: (what, done, total) => process.stderr.write(`\r\x1b[K${what} ${done}/${total}`),
    });
    console.log(
      `${works} works written, indexed and analysed in ${((performance.now() - begun) / 1000).toFixed(0)} s`,
    );
  }
  const { rows: samples } = await sql<Sample>`select w.id, w.slug, w.title, a.name as person, a.slug as agent
    from (select * from work order by md5(id::text) limit 500) w join contribution c on c.work_id = w.id and c.position = 1
    join agent a on a.id = c.agent_id`.execute(db);
  console.log(
    `load of the machine before: ${loadavg()
      .map((one) => one.toFixed(1))
      .join(" ")}`,
  );
  console.log(
    "| question | median | p95 | slowest | ms of processor in PostgreSQL | alone | tables read from end to end |\n|---|---|---|---|---|---|---|",
  );
  for (const question of questions) console.log(await measure(question, samples));
  console.log(
    `load of the machine after: ${loadavg()
      .map((one) => one.toFixed(1))
      .join(" ")}`,
  );
  await recall(samples.slice(0, Number(values.recall)));
}

async function measure({ name, ask }: Question, samples: Sample[]): Promise<string> {
  // Every connection once, so that each has the tables' descriptions in its memory.
  await Promise.all(Array.from({ length: clients }, (_, i) => ask(db, samples[i % samples.length]!, i)));
  const took: number[] = [];
  const { rows: backends } = await sql<{
    pid: number;
  }>`select pid from pg_stat_activity where application_name = ${application}`.execute(db);
  const used = () => backends.reduce((sum, { pid }) => sum + (processorSeconds(pid) || 0), 0);
  const before = used();
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let i = 0; i < questionsEach; i += 1) {
        const n = client * questionsEach + i;
        const begun = performance.now();
        await ask(db, samples[n % samples.length]!, n);
        took.push(performance.now() - begun);
      }
    }),
  );
  const processorMs = ((used() - before) * 1000) / took.length;
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(share * took.length))]!.toFixed(1);
  const { scanned, milliseconds } = await explain(() => ask(db, samples[17 % samples.length]!, 17));
  if (scanned.length > 0) process.exitCode = 1;
  return `| ${name} | ${at(0.5)} | ${at(0.95)} | ${at(1)} | ${processorMs.toFixed(1)} | ${milliseconds.toFixed(1)} | ${scanned.join(", ") || "none"} |`;
}

type Plan = { "Node Type": string; "Relation Name"?: string; Plans?: Plan[] };

/** Asks once more, and has PostgreSQL tell how it answered each of the queries. */
async function explain(ask: () => Promise<unknown>): Promise<{ scanned: string[]; milliseconds: number }> {
  asked.length = 0;
  listening = true;
  await ask();
  listening = false;
  const { rows: sizes } = await sql<{
    name: string;
  }>`select relname as name from pg_class where relkind = 'r' and reltuples > ${large}`.execute(db);
  const growing = new Set(sizes.map(({ name }) => name));
  const scanned = new Set<string>();
  let milliseconds = 0;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const { text, parameters } of asked.splice(0)) {
    const { rows } = await client.query<{
      "QUERY PLAN": { Plan: Plan; "Execution Time": number; "Planning Time": number }[];
    }>(`explain (analyze, format json) ${text}`, [...parameters]);
    const [top] = rows[0]!["QUERY PLAN"];
    milliseconds += top!["Execution Time"] + top!["Planning Time"];
    const walk = (plan: Plan): void => {
      const relation = plan["Relation Name"];
      if (plan["Node Type"] === "Seq Scan" && relation && growing.has(relation)) scanned.add(relation);
      for (const each of plan.Plans ?? []) walk(each);
    };
    walk(top!.Plan);
  }
  await client.end();
  return { scanned: [...scanned], milliseconds };
}

/** How many of the misspelled titles are among the first ten. */
async function recall(samples: Sample[]): Promise<void> {
  let [all, met] = [0, 0];
  for (const [kind, misspell] of Object.entries(misspellings)) {
    let [n, found] = [0, 0];
    for (const [i, { title }] of samples.entries()) {
      const q = misspell(title, i);
      if (q === null) continue;
      n += 1;
      const { works: exact, also } = await findWorks(db, { q, locale: "fr" });
      if (
        [...exact.slice(0, 10 - Math.min(5, also.length)), ...also]
          .slice(0, 10)
          .some((work) => work.title === title)
      )
        found += 1;
    }
    console.log(`${kind}: ${found} of ${n} among the first ten`);
    all += n;
    met += found;
  }
  console.log(`recall@10: ${((100 * met) / all).toFixed(1)} % of ${all}`);
}
