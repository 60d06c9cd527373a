import type { House } from "../house.ts";
import { sentFileKey } from "./keep-sent-file.server.ts";

/** Once it was written, or when its week is over. Absent already: nothing happens. */
export const forgetSentFile = (
  { storage }: Pick<House, "storage">,
  { coopId, file }: { coopId: string; file: string },
): Promise<void> => storage.remove(sentFileKey(coopId, file));
