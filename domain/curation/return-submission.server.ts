import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { decide } from "./decide.server.ts";
import type { ReturnReason } from "./reasons.ts";

/**
 * Gives a submission back to its studio with a ready-made reason, the curator's own words, or both; the artist is told by mail
 * and may submit again. Run again, it changes nothing (the first words stand). Refuses `not_found`, `already_decided`, and
 * `reason_missing` where the reason is `other` and nothing is written.
 */
export async function returnSubmission(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  input: { personId: string; submissionId: string; reasonCode: ReturnReason; reason: string | null },
): Promise<{ workId: string }> {
  const reason = input.reason?.trim() || null;
  if (input.reasonCode === "other" && !reason) throw new Refusal("reason_missing");
  return inTransaction(db, async (trx) => {
    const { workId } = await decide(trx, house, { ...input, reason, decision: "returned" });
    return { workId };
  });
}
