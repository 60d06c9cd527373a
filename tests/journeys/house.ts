import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test as base } from "@playwright/test";
import { buildApplication } from "#dev/build.ts";
import { plantDemo } from "#dev/plant.ts";
import { startPostgres } from "#dev/postgres.ts";
import { type Stack, startStack } from "#dev/stack.ts";
import { plans } from "#dev/works/catalogue.ts";
import { type MadeWork, makeDemoWorks } from "#dev/works/make.ts";
import { testCluster } from "../cluster.ts";

/** What a journey finds: a shop with a few works of both co-ops, and files that nobody has uploaded yet. */
export type House = { stack: Stack; planted: MadeWork[]; fresh: { book: MadeWork; album: MadeWork } };

const inShop = ["les-eaux-hautes", "brouillard-sur-la-saone", "bistanclaque"];
const stillInADrawer = ["rive-nord", "neuf-chambres"];

/** A house of its own for each language: web, worker and every neighbour, on free ports. */
export const test = base.extend<object, { house: House }>({
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs.
    async ({}, use) => {
      const dataDir = await mkdtemp(join(tmpdir(), "ventes-journey-"));
      await buildApplication();
      const folder = fileURLToPath(new URL("../../.data/works", import.meta.url));
      const works = await makeDemoWorks(
        folder,
        () => {},
        plans.filter(({ slug }) => [...inShop, ...stillInADrawer].includes(slug)),
      );
      const records = process.env.STRIPE_RECORDS;
      const stack = await startStack({
        dataDir,
        database: `journey_${process.pid}`,
        durable: false,
        postgres: await startPostgres(testCluster),
        ...(records ? { recordStripe: `${records}/journey-${process.pid}.jsonl` } : {}),
      });
      try {
        await Promise.all([stack.startWorker(), stack.startWeb()]);
        const planted = works.filter(({ plan }) => inShop.includes(plan.slug));
        await plantDemo(stack, planted, () => {});
        const rest = works.filter((work) => !planted.includes(work));
        await use({
          stack,
          planted,
          fresh: {
            book: rest.find(({ plan }) => plan.kind === "book")!,
            album: rest.find(({ plan }) => plan.kind === "album")!,
          },
        });
      } finally {
        await stack.stop();
        await stack.postgres.dropDatabase(`journey_${process.pid}`);
        await rm(dataDir, { recursive: true, force: true });
      }
    },
    { scope: "worker", timeout: 240_000 },
  ],
});
