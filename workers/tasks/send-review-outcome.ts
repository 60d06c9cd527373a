import { findOutcome } from "#domain/curation/queries.server.ts";
import { outcomeLetter } from "../mails/review-outcome.ts";
import { sayOnce } from "../mails/say-once.ts";
import type { Task } from "./task.ts";

export const sendReviewOutcome: Task<"send-review-outcome"> = async (db, house, { submissionId }) => {
  const outcome = await findOutcome(db, submissionId);
  if (!outcome) return;
  await sayOnce(db, house, {
    key: `review:${submissionId}`,
    to: outcome.email,
    compose: () => outcomeLetter(outcome, house.settings.publicUrl),
  });
};
