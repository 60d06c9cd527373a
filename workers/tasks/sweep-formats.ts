import { sweepFormats } from "#domain/delivery/sweep-formats.server.ts";
import { sweepStreams } from "#domain/delivery/sweep-streams.server.ts";
import type { Task } from "./task.ts";

export const sweepFormatsTask: Task<"sweep-formats"> = async (db, house) => {
  await sweepStreams(db, house);
  await sweepFormats(db, house);
};
