import { sql } from "kysely";
import { drain } from "#tests/stories/drain.ts";
import type { Story } from "#tests/stories/format.ts";
import { watch } from "#tests/stories/invariants.ts";
import { type Stage, setStage } from "#tests/stories/stage.ts";
import { playStep } from "#tests/stories/steps.ts";
import { violationsIn } from "./contract.ts";
import type { Ground } from "./ground.ts";
import { whatIsLost } from "./settled.ts";

export type Counts = {
  steps: number;
  entries: number;
  transfers: number;
  refunds: number;
  disputes: number;
  faults: number;
  exchanges: number;
};
/** `broken`: what does not hold, the first of them first; `step`: after which step it was seen (from 1; 0: at the end). */
export type Outcome = { counts: Counts; broken: string[]; step: number };

/** Of ten histories one is played whole (`Ground`), and always the same one. */
export const wholeAt = (seed: number) => seed % 10 === 0;

/**
 * Plays a history and looks at it at its end; `everyStep`: after each step too, which takes some times longer and tells where it
 * broke; `whole`: with the queue's table and real cuts (`Ground`). What throws is a break like any other.
 */
export async function playHistory(
  ground: Ground,
  story: Story,
  { everyStep = false, whole = false } = {},
): Promise<Outcome> {
  const cutsBefore = ground.cuts();
  const stage = await setStage(story, { database: await ground.database({ whole }) });
  let step = 0;
  const broken: string[] = [];
  try {
    const { told, look } = watch(stage);
    const falseOnes = () => Object.entries(told).flatMap(([name, holds]) => (holds === false ? [name] : []));
    for (const each of story.steps) {
      step += 1;
      await playStep(stage, each);
      await drain(stage);
      if (!everyStep) continue;
      await look();
      if (falseOnes().length > 0) return { counts: await countsOf(stage, step), broken: falseOnes(), step };
    }
    step = 0;
    await look();
    broken.push(...falseOnes(), ...(await whatIsLost(stage)), ...(await violationsIn(stage)));
  } catch (error) {
    broken.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  try {
    const counts = await countsOf(stage, story.steps.length);
    counts.faults += ground.cuts() - cutsBefore;
    return { counts, broken, step };
  } finally {
    await stage.close();
    await ground.clear();
  }
}

/** From the books and from what went wrong on the way to Stripe. */
async function countsOf(stage: Stage, steps: number): Promise<Counts> {
  const { rows } = await sql<Omit<Counts, "steps" | "faults" | "exchanges">>`
    select (select count(*) from entry)::int as entries, (select count(*) from transfer where state = 'sent')::int as transfers,
      (select count(*) from refund)::int as refunds, (select count(*) from dispute)::int as disputes`.execute(
    stage.db,
  );
  const exchanges = await stage.double.control.exchanges();
  const failed = exchanges.filter((each) => "method" in each && (each.status === 0 || each.status >= 429));
  return {
    ...rows[0]!,
    steps,
    faults: failed.length + stage.crashed,
    exchanges: exchanges.length,
  };
}
