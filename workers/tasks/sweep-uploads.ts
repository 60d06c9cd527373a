import { sweepUploads } from "#domain/uploads/sweep-uploads.server.ts";
import type { Task } from "./task.ts";

export const sweepUploadsTask: Task<"sweep-uploads"> = async (db, house) => {
  await sweepUploads(db, house);
};
