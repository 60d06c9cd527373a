import { gatherNewWorks } from "#domain/following/gather-new-works.server.ts";
import type { Task } from "./task.ts";

export const gatherNewWorksTask: Task<"gather-new-works"> = (db, house) => gatherNewWorks(db, house);
