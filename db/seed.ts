import { readdir, readFile } from "node:fs/promises";
import pg from "pg";

const folder = new URL("./seeds/", import.meta.url);

/** Facts that every installation needs (tax rates), each file written so that running it again changes nothing. */
export async function plantSeeds(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const name of (await readdir(folder)).filter((each) => each.endsWith(".sql")).sort()) {
      await client.query(await readFile(new URL(name, folder), "utf8"));
    }
  } finally {
    await client.end();
  }
}
