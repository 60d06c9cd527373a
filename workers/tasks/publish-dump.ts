import { publishDump } from "#domain/feeds/publish-dump.server.ts";
import { addressesAt } from "#i18n/paths.ts";
import type { Task } from "./task.ts";

export const publishDumpTask: Task<"publish-dump"> = async (db, house) => {
  await publishDump(db, house, addressesAt(house.settings.publicUrl));
};
