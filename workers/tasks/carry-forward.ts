import { carryForward } from "#domain/ledger/carry-forward.server.ts";
import type { Task } from "./task.ts";

export const carryForwardTask: Task<"carry-forward"> = async (db, house) => {
  await carryForward(db, house);
};
