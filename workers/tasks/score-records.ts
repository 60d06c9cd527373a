import { scoreRecords } from "#domain/metadata/score-records.server.ts";
import type { Task } from "./task.ts";

export const scoreRecordsTask: Task<"score-records"> = async (db, house) => {
  await scoreRecords(db, house);
};
