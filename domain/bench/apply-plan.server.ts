import type { Database } from "#db/connection.ts";
import { setPrice } from "../catalogue/set-price.server.ts";
import { setHearing } from "../delivery/set-hearing.server.ts";
import type { House } from "../house.ts";
import { correctRecord } from "../metadata/correct-record.server.ts";
import type { Corrections } from "../metadata/corrections.ts";
import { Refusal } from "../refusal.ts";
import { benchWorks } from "./bench-queries.server.ts";
import { changedSince } from "./plan.ts";
import type { Change } from "./plan-shape.ts";

/** What became of one work; `refusal` is why its change, or what came after in it, was not made. */
export type ChangeFate = { workId: string; refusal: Refusal | null };

/**
 * Makes a plan true by the verbs of each field, one work after the other: what is refused of one (being read by the co-op, changed by
 * somebody else since it was shown) stops nothing of the others. Made twice, the second changes nothing.
 */
export async function applyPlan(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { personId, plan }: { personId: string; plan: readonly Change[] },
): Promise<ChangeFate[]> {
  const works = new Map((await benchWorks(db, personId)).map((work) => [work.id, work]));
  const fates: ChangeFate[] = [];
  // Each work is a transaction of its own, as if its page had been saved.
  for (const change of plan) {
    const { workId } = change;
    try {
      const work = works.get(workId);
      if (!work) throw new Refusal("not_found");
      if (changedSince(work, change).length > 0) throw new Refusal("plan_outdated");
      await applyChange(db, house, personId, change);
      fates.push({ workId, refusal: null });
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      fates.push({ workId, refusal: problem });
    }
  }
  return fates;
}

async function applyChange(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  personId: string,
  { workId, price, hearing, language, publisher, rights, subjects }: Change,
): Promise<void> {
  const mine = { personId, workId };
  const values: Corrections = {
    ...(language !== undefined && { language }),
    ...(publisher !== undefined && { publisher }),
    ...(rights !== undefined && { rights }),
    ...(subjects !== undefined && { subjects: subjects.map(bareSubject) }),
  };
  if (Object.keys(values).length > 0) await correctRecord(db, house, { ...mine, as: "artist", values });
  if (price) await setPrice(db, house, { ...mine, price });
  if (hearing) await setHearing(db, house, { ...mine, ...hearing });
}

const bareSubject = ({
  label,
  scheme,
  code,
}: {
  label: string;
  scheme?: string | null | undefined;
  code?: string | null | undefined;
}) => ({
  label,
  ...(scheme && { scheme }),
  ...(code && { code }),
});
