import { parseArgs } from "node:util";
import pg from "pg";
import { migrate } from "#db/migrate.ts";
import { begin, type Progress } from "./progress.ts";
import { plantSeed, removeSeed, worksThere } from "./seed/plant.ts";

// A large catalogue for measuring and for trying things out: npm run seed -- --works 100000

const usage = `npm run seed -- --works N [--seed N] [--force]   writes N works into the database of DATABASE_URL
npm run seed -- --remove                         takes them out again
  --seed N   another catalogue; the same number gives the same one (1)
  --force    even beside real works, even in production`;
const mostWorks = 5_000_000;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      works: { type: "string" },
      seed: { type: "string", default: "1" },
      remove: { type: "boolean", default: false },
      force: { type: "boolean", default: false },
    },
  });
  const works = Number((values.works ?? "").replaceAll(/[ _]/g, ""));
  const seed = Number(values.seed);
  const url = process.env.DATABASE_OWNER_URL || process.env.DATABASE_URL;
  if (
    !values.remove &&
    !(Number.isInteger(works) && works > 0 && works <= mostWorks && Number.isInteger(seed))
  ) {
    console.error(usage);
    return 2;
  }
  if (!url) throw new Told("DATABASE_URL says where to: see .env.example");
  if (process.env.NODE_ENV === "production" && !values.force)
    throw new Told(
      "This is production: made-up works have no place among real ones. --force if you mean it.",
    );

  await migrate(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const there = await worksThere(client).finally(() => client.end());
  if (values.remove) {
    const { tell, done } = steps();
    const removed = await removeSeed(url, tell);
    done(`${removed} works removed`);
    return 0;
  }
  if (there.real > 0 && !values.force)
    throw new Told(
      `This database holds ${there.real} real works: --force if made-up ones may stand among them.`,
    );
  if (there.seeded > 0)
    throw new Told(`${there.seeded} works of a seed are there already: --remove them first.`);
  const { tell, done } = steps();
  const sizes = await plantSeed(url, { works, seed, tell });
  done(`${sizes.works} works, ${sizes.people} people, ${sizes.coops} co-ops`);
  return 0;
}

/** A line for each step, begun when the one before is over. */
function steps() {
  const from = Date.now();
  let running: { what: string; progress: Progress } | null = null;
  return {
    tell: (what: string, done: number, total: number) => {
      if (running?.what !== what) {
        running?.progress.done();
        running = { what, progress: begin(what) };
      }
      running.progress.at(done, total);
    },
    done: (said: string) => {
      running?.progress.done();
      console.error(`${said}, ${((Date.now() - from) / 1000).toFixed(0)} s in all`);
    },
  };
}

/** Words for a person: shown without a stack. */
class Told extends Error {}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Told ? error.message : error);
  return 1;
});
