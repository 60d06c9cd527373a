import { randomInt } from "node:crypto";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import { ownWork } from "../catalogue/own-work.server.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { secretCode } from "./code.ts";

/** At once; who writes to more people than that makes a second batch. */
export const mostPressCodes = 200;

/**
 * Makes a batch of press codes for a work of one's own: each opens it once, for nothing. Refuses `not_found`, `work_not_published`
 * (there is nothing to open yet) and `press_count` (1 to 200 at once). `label` says for whom, to the artist alone.
 */
export async function makePressCodes(
  db: Database,
  { clock }: Pick<House, "clock">,
  input: { workId: string; count: number; label: string; by: string },
): Promise<{ codes: string[] }> {
  const { count } = input;
  if (!Number.isInteger(count) || count < 1 || count > mostPressCodes)
    throw new Refusal("press_count", { most: mostPressCodes });
  return inTransaction(db, async (trx) => {
    const work = await ownWork(trx, { personId: input.by, workId: input.workId, evenSubmitted: true });
    if (work.state !== "published") throw new Refusal("work_not_published");
    const made = Array.from({ length: count }, () => ({
      id: v7(),
      work_id: work.id,
      code: secretCode((below) => randomInt(below)),
      label: input.label.trim(),
      created_by: input.by,
      created_at: clock.now(),
    }));
    await trx.insertInto("press_code").values(made).execute();
    return { codes: made.map(({ code }) => code) };
  });
}
