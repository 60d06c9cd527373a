import { submitEvidence } from "#domain/sales/submit-evidence.server.ts";
import type { Task } from "./task.ts";

export const submitEvidenceTask: Task<"submit-evidence"> = async (db, house, payload) => {
  await submitEvidence(db, house, payload);
};
