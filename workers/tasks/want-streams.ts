import { wantStreams } from "#domain/delivery/want-streams.server.ts";
import type { Task } from "./task.ts";

export const wantStreamsTask: Task<"want-streams"> = async (db, house, { workId }) => {
  await wantStreams(db, house, { workId: workId ?? null });
};
