import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { NotYet, readStory } from "./format.ts";
import { playStory } from "./play.ts";

const own = new URL("own/", import.meta.url);
/** The stories that several projects share lie beside this one, where they are at hand. */
const shared = new URL("../../../shared/money/stories/", import.meta.url);
if (!existsSync(shared)) console.warn(`skipped: no shared stories at ${shared.pathname}`);

async function storiesIn(folder: URL): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
}

async function plays(folder: URL, name: string): Promise<string[] | "not yet"> {
  try {
    return (await playStory(readStory(await readFile(new URL(name, folder), "utf8")))).why;
  } catch (error) {
    if (error instanceof NotYet) return "not yet";
    throw error;
  }
}

describe("our own stories", async () => {
  test.each(await storiesIn(own))("%s", async (name) => {
    expect(await plays(own, name)).toEqual([]);
  });
});

describe.skipIf(!existsSync(shared))(
  "the shared stories (../shared/money/stories, skipped where it is absent)",
  async () => {
    const names = existsSync(shared) ? await storiesIn(shared) : [];
    test.for(names)("%s", async (name, { skip }) => {
      const why = await plays(shared, name);
      skip(why === "not yet", "the year's end is not played yet");
      expect(why).toEqual([]);
    });
  },
);
