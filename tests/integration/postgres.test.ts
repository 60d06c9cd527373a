import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Postgres, startPostgres } from "#dev/postgres.ts";

/** Its own cluster, since it stops and kills it: the one that the other tests share is left alone. */
let folder: string;
let server: Postgres;

async function ask<T extends pg.QueryResultRow>(sql: string, database = "postgres"): Promise<T[]> {
  const client = new pg.Client({ connectionString: server.url(database) });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pg-test-"));
  await chmod(folder, 0o755);
  server = await startPostgres({ dataDir: path.join(folder, "pg"), durable: false });
}, 60_000);

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
  if (server) await rm(server.host, { recursive: true, force: true });
});

describe("the embedded PostgreSQL", () => {
  it("is an 18 that sorts in French and knows what the schema needs", async () => {
    const [found] = await ask<{ version: number; sorted: string[] }>(`
      select current_setting('server_version_num')::int as version,
             array(select w from unnest(array['zèbre', 'été', 'eau', 'Œuvre', 'oeil']) w order by w) as sorted`);
    expect(found?.version).toBeGreaterThanOrEqual(180_000);
    expect(found?.sorted).toEqual(["eau", "été", "oeil", "Œuvre", "zèbre"]);
    const extensions = await ask<{ name: string }>("select name from pg_available_extensions");
    expect(extensions.map((one) => one.name)).toEqual(
      expect.arrayContaining(["unaccent", "pg_trgm", "citext", "pgcrypto", "btree_gist"]),
    );
  });

  it("takes guillemets and apostrophes for what they are when it cuts a phrase into words", async () => {
    const [found] = await ask<{ words: string }>(
      "select to_tsvector('simple', '«livre» d’images')::text as words",
    );
    expect(found?.words).toBe("'d':2 'images':3 'livre':1");
  });

  it("copies a template, drops a copy that is in use, and creates twice without a word", async () => {
    await server.createDatabase("modèle");
    await server.createDatabase("modèle");
    await ask("create table œuvre as select 1 as n", "modèle");
    await server.createDatabase("copie", "modèle");
    await expect(server.createDatabase("copie", "modèle")).rejects.toThrow(/already exists/);
    const reader = new pg.Client({ connectionString: server.url("copie") });
    reader.on("error", () => {});
    await reader.connect();
    expect((await reader.query("select n from œuvre")).rows).toEqual([{ n: 1 }]);
    await server.dropDatabase("copie");
    await server.dropDatabase("copie");
    expect(await ask("select 1 from pg_database where datname = 'copie'")).toEqual([]);
  });

  it("is found running by a second start, and keeps its data through a restart", async () => {
    await ask("create table garde as select 7 as n");
    const second = await startPostgres({ dataDir: path.join(folder, "pg"), durable: false });
    expect(second.reused).toBe(true);
    expect(second.url("postgres")).toBe(server.url("postgres"));
    await second.restart();
    expect(await ask("select n from garde")).toEqual([{ n: 7 }]);
  });

  it("survives the SIGKILL of the process that started it", async () => {
    const dataDir = path.join(folder, "killed");
    const child = spawn(
      process.execPath,
      [
        "-e",
        `import("#dev/postgres.ts").then((m) => m.startPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false })).then(() => process.kill(process.pid, "SIGKILL"))`,
      ],
      { stdio: "inherit" },
    );
    const [, signal] = await once(child, "exit");
    expect(signal).toBe("SIGKILL");
    const found = await startPostgres({ dataDir, durable: false });
    try {
      expect(found.reused).toBe(true);
    } finally {
      await found.stop();
      await rm(found.host, { recursive: true, force: true });
    }
  });

  it("is not fooled by a postmaster.pid whose number is now another program's", async () => {
    await server.stop();
    await writeFile(
      path.join(server.dataDir, "postmaster.pid"),
      `${process.pid}\n${server.dataDir}\n1\n5432\n`,
    );
    const again = await startPostgres({ dataDir: path.join(folder, "pg"), durable: false });
    expect(again.reused).toBe(false);
    expect(await ask("select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("is started anew where a cleaning of /tmp took its socket away", async () => {
    await rm(server.host, { recursive: true });
    const again = await startPostgres({ dataDir: path.join(folder, "pg"), durable: false });
    expect(again.reused).toBe(false);
    expect(await ask("select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("does not leave a fast, unsafe server to who wants a durable one", async () => {
    expect(await ask("show fsync")).toEqual([{ fsync: "off" }]);
    const durable = await startPostgres({ dataDir: path.join(folder, "pg") });
    expect(durable.reused).toBe(false);
    expect(await ask("show fsync")).toEqual([{ fsync: "on" }]);
  });

  it.runIf(process.getuid?.() === 0)(
    "goes where its user may go when root's folder is closed to it",
    async () => {
      const closed = path.join(folder, "closed");
      await mkdir(closed, { mode: 0o700 });
      const elsewhere = await startPostgres({ dataDir: path.join(closed, "pg"), durable: false });
      await elsewhere.stop();
      expect(elsewhere.dataDir).toMatch(/^\/var\/tmp\/ventes-coop-/);
      await rm(path.dirname(elsewhere.dataDir), { recursive: true, force: true });
      await rm(elsewhere.host, { recursive: true, force: true });
    },
  );

  it("says in words what is wrong, and that DATABASE_URL is the other way", async () => {
    const old = path.join(folder, "old");
    await mkdir(old, { mode: 0o755 });
    await writeFile(path.join(old, "PG_VERSION"), "15\n");
    await expect(startPostgres({ dataDir: old })).rejects.toThrow(
      /was made by PostgreSQL 15[\s\S]*DATABASE_URL/,
    );
    await writeFile(path.join(folder, "file"), "");
    await expect(startPostgres({ dataDir: path.join(folder, "file", "pg") })).rejects.toThrow(/DATABASE_URL/);
    expect(await readFile(path.join(old, "PG_VERSION"), "utf8")).toBe("15\n");
  });
});
