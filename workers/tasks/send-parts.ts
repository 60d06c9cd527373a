import { sendParts } from "#domain/payouts/send-parts.server.ts";
import type { Task } from "./task.ts";

export const sendPartsTask: Task<"send-parts"> = async (db, house, payload) => {
  await sendParts(db, house, payload);
};
