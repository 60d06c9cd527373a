import pg from "pg";
import { copyInto } from "./copy.ts";
import { mark, type Sizes, sizesFor, type Table, tables } from "./rows.ts";

export type Tell = (step: string, done: number, total: number) => void;

/** How many works and how many of the seed are in this database. */
export async function worksThere(client: pg.ClientBase): Promise<{ real: number; seeded: number }> {
  const { rows } = await client.query<{ real: string; seeded: string }>(
    `select count(*) filter (where not seeded) as real, count(*) filter (where seeded) as seeded
     from (select ${ofSeed("id")} as seeded from work) w`,
  );
  return { real: Number(rows[0]!.real), seeded: Number(rows[0]!.seeded) };
}

const ofSeed = (column: string): string => `substr(${column}::text, 20, 4) = '${mark}'`;
const worksAtOnce = 5000;
/** Filled first and built afterwards they cost a tenth of what they do row by row. */
const builtAfterwards =
  "work_search_document work_search_newest work_search_heading work_search_price search_start_typed search_word_variants search_word_trigrams".split(
    " ",
  );

/**
 * Writes a catalogue of so many works, the same for the same seed, into a migrated database; in one transaction, so that a broken
 * one leaves nothing. Foreign keys and triggers are not asked row by row where the login may say so: what is written keeps them.
 */
export async function plantSeed(
  url: string,
  { works, seed, tell }: { works: number; seed: number; tell: Tell },
): Promise<Sizes> {
  const sizes = sizesFor(works);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("begin");
    await client.query("set local synchronous_commit = off");
    await client.query("set local maintenance_work_mem = '256MB'");
    await client.query("set local statement_timeout = 0");
    await withoutTriggers(client);
    for (const table of tables(seed, sizes))
      await copyInto(client, table.name, table.columns, told(table, tell));
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(
      "select indexname as name, indexdef as definition from pg_indexes where schemaname = 'public' and indexname = any ($1)",
      [builtAfterwards],
    );
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    await client.query("analyze contribution; analyze agent; analyze work; analyze recording");
    const { rows: ids } = await client.query<{ id: string }>(
      `select id from work where ${ofSeed("id")} order by id`,
    );
    for (let i = 0; i < ids.length; i += worksAtOnce) {
      await client.query("select index_works($1::uuid[])", [
        ids.slice(i, i + worksAtOnce).map(({ id }) => id),
      ]);
      tell("search", Math.min(ids.length, i + worksAtOnce), ids.length);
    }
    for (const [i, { name, definition }] of indexes.entries()) {
      tell(`index ${name}`, i, indexes.length);
      await client.query(definition);
      if (name === "work_search_document")
        await client.query(`alter index ${name} set (gin_pending_list_limit = 256)`);
    }
    await countAgain(client);
    await client.query("notify public_page");
    await client.query("commit");
    await client.query("vacuum analyze");
    return sizes;
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    await client.end();
  }
}

/** Takes every row of the seed out again. What was sold of it meanwhile keeps it: then PostgreSQL refuses, and nothing is removed. */
export async function removeSeed(url: string, tell: Tell): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("begin");
    await client.query("set local statement_timeout = 0");
    const steps = [
      `delete from search_start where ${ofSeed("ref")}`,
      `delete from work_search where ${ofSeed("work_id")}`,
      ...["identifier", "contribution", "edition"].map(
        (table) => `delete from ${table} where ${ofSeed("id")}`,
      ),
      "delete from shelf_count",
      `delete from work where ${ofSeed("id")}`,
      "delete from shelf_count",
      ...["agent", "member", "person", "coop"].map((table) => `delete from ${table} where ${ofSeed("id")}`),
    ];
    let works = 0;
    for (const [i, step] of steps.entries()) {
      const { rowCount } = await client.query(step);
      if (step.startsWith("delete from work where")) works = rowCount ?? 0;
      tell(step.split(" ")[2]!, i + 1, steps.length);
    }
    // A word that stands nowhere any more is nothing that somebody may have meant.
    await client.query("delete from search_word");
    await client.query("select index_works(array(select id from work where state = 'published'))");
    await countAgain(client);
    await client.query("notify public_page");
    await client.query("commit");
    return works;
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    await client.end();
  }
}

/** Needs a right that not every owner has; without it every row is checked, which is slower and no less correct. */
async function withoutTriggers(client: pg.ClientBase): Promise<void> {
  await client.query("savepoint rights");
  await client
    .query("set local session_replication_role = replica")
    .catch(() => client.query("rollback to savepoint rights"));
}

async function countAgain(client: pg.ClientBase): Promise<void> {
  await client.query("delete from shelf_count");
  await client.query(`insert into shelf_count (coop_id, kind, language, free, works)
    select coop_id, kind, lower(split_part(coalesce(language, ''), '-', 1)), price = 0, count(*)
    from work where state = 'published' group by 1, 2, 3, 4`);
}

function* told(
  { name, rows, total }: Table,
  tell: Tell,
): Generator<Table["rows"] extends Iterable<infer R> ? R : never> {
  let n = 0;
  for (const row of rows) {
    yield row;
    n += 1;
    if (n % 2000 === 0) tell(name, Math.min(n, total), total);
  }
}
