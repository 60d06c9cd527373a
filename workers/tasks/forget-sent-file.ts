import { forgetSentFile } from "#domain/exchange/forget-sent-file.server.ts";
import type { Task } from "./task.ts";

export const forgetSentFileTask: Task<"forget-sent-file"> = (_db, house, file) => forgetSentFile(house, file);
