import { findTold } from "#domain/reconciliation/queries.server.ts";
import { differencesLetter } from "../mails/differences.ts";
import { sayOnce } from "../mails/say-once.ts";
import type { Task } from "./task.ts";

export const sendDifferences: Task<"send-differences"> = async (db, house, { runId, personId }) => {
  const told = await findTold(db, personId, runId);
  if (!told) return;
  await sayOnce(db, house, {
    key: `differences:${runId}:${personId}`,
    to: told.email,
    compose: () => differencesLetter(told, house.settings.publicUrl),
  });
};
