import { sweepPeople } from "#domain/people/sweep-people.server.ts";
import type { Task } from "./task.ts";

export const sweepPeopleTask: Task<"sweep-people"> = async (db, house) => {
  await sweepPeople(db, house);
};
