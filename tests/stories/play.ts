import { readFile } from "node:fs/promises";
import { differences } from "./compare.ts";
import { drain } from "./drain.ts";
import { NotYet, readStory, type Sections, type Story } from "./format.ts";
import { type Invariants, watch } from "./invariants.ts";
import { readSections } from "./sections.ts";
import { setStage } from "./stage.ts";
import { playStep } from "./steps.ts";

export type Played = { name: string } & Sections & { invariants: Invariants; ok: boolean };

/**
 * Plays a story on a scratch database and a fresh double, with the house's own verbs and the worker's own tasks. What is expected
 * is looked at only after the play; `why` says in what the two differ.
 */
export async function playStory(story: Story): Promise<{ played: Played; why: string[] }> {
  const stage = await setStage(story);
  try {
    const invariants = watch(stage);
    for (const step of story.steps) {
      await playStep(stage, step);
      await drain(stage);
      await invariants.look();
    }
    await invariants.look();
    const sections = await readSections(stage);
    const broken = Object.entries(invariants.told).filter(([, holds]) => holds === false);
    const why = [
      ...differences(story.expect, sections),
      ...broken.map(([name]) => `invariant ${name} does not hold`),
    ];
    return {
      played: { name: story.name, ...sections, invariants: invariants.told, ok: why.length === 0 },
      why,
    };
  } finally {
    await stage.close();
  }
}

/** One line of JSON for each file, in the order given. Exit 0: all as expected; 1: some not; 2: one could not be read or played. */
async function main(files: readonly string[]): Promise<number> {
  if (files.length === 0) {
    console.error("usage: npm run -s story -- FILE...");
    return 2;
  }
  let exit = 0;
  for (const file of files) {
    try {
      const { played, why } = await playStory(readStory(await readFile(file, "utf8")));
      console.log(JSON.stringify(played));
      for (const line of why) console.error(`${played.name}: ${line}`);
      if (!played.ok) exit = Math.max(exit, 1);
    } catch (error) {
      const told = error instanceof NotYet || !(error instanceof Error) ? String(error) : error.stack;
      console.error(`${file}: ${told}`);
      exit = 2;
    }
  }
  return exit;
}

if (import.meta.main) process.exit(await main(process.argv.slice(2)));
