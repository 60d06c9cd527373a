import { resumePayouts } from "#domain/payouts/resume-payouts.server.ts";
import type { Task } from "./task.ts";

export const resumePayoutsTask: Task<"resume-payouts"> = async (db, house, payload) => {
  await resumePayouts(db, house, payload);
};
