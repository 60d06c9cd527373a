import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { findKit, kitKey } from "./kit-queries.server.ts";

/** When its week is over: the file goes, and then is said to be gone. Twice does no more. */
export async function forgetKit(
  db: Database,
  house: Pick<House, "clock" | "storage">,
  kitId: string,
): Promise<void> {
  const kit = await findKit(db, kitId);
  if (!kit || kit.goneAt) return;
  await house.storage.remove(kitKey(kit));
  await db.updateTable("exit_kit").set({ gone_at: house.clock.now() }).where("id", "=", kitId).execute();
}
