import { readdir, readFile } from "node:fs/promises";
import pg from "pg";
import { installQueue } from "./queue.ts";

const folder = new URL("./migrations/", import.meta.url);
const lockKey = 7_361_001; // any number of ours: two releases starting at once wait for each other

/**
 * Applies the migrations that the database has not seen, each in a transaction of its own, in the order of their names; then the
 * queue's tables, and what the application's role may do with all these (grants.sql). By the owner of the tables, as nobody else
 * could. Run twice, it does nothing the second time. Returns the names applied.
 */
export async function migrate(url: string, tell: (name: string) => void = () => {}): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const applied: string[] = [];
  try {
    await client.query("select pg_advisory_lock($1)", [lockKey]);
    await client.query(
      "create table if not exists migration (name text primary key, applied_at timestamptz not null default now())",
    );
    const { rows } = await client.query<{ name: string }>("select name from migration");
    const known = new Set(rows.map((row) => row.name));
    const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
    for (const name of names.filter((each) => !known.has(each))) {
      const sql = await readFile(new URL(name, folder), "utf8");
      await client.query("begin");
      try {
        await client.query(sql);
        await client.query("insert into migration (name) values ($1)", [name]);
        await client.query("commit");
      } catch (error) {
        await client.query("rollback");
        throw new Error(`migration ${name} failed: ${(error as Error).message}`, { cause: error });
      }
      applied.push(name);
      tell(name);
    }
    await installQueue(client);
    await client.query(await readFile(new URL("./grants.sql", import.meta.url), "utf8"));
  } finally {
    await client.end();
  }
  return applied;
}

if (import.meta.main) {
  const { readEnv } = await import("#gateways/env.ts");
  const { plantSeeds } = await import("./seed.ts");
  const { databaseOwnerUrl } = readEnv();
  const applied = await migrate(databaseOwnerUrl, (name) => console.log(`applied ${name}`));
  await plantSeeds(databaseOwnerUrl);
  if (applied.length === 0) console.log("nothing to apply");
}
