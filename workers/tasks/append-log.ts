import { appendLog } from "#domain/transparency/append-log.server.ts";
import type { Task } from "./task.ts";

export const appendLogTask: Task<"append-log"> = async (db, house) => {
  await appendLog(db, house);
};
