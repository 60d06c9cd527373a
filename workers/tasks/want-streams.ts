import { wantStreams } from "#domain/delivery/want-streams.server.ts";
import type { Task } from "./task.ts";

export const wantStreamsTask: Task<"want-streams"> = async (db, house, asked) => {
  // Rung by the hour it brings nothing: all works then.
  const about = asked as typeof asked | null;
  await wantStreams(db, house, { workId: about?.workId ?? null });
};
