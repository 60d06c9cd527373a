import { findKit } from "#domain/bench/kit-queries.server.ts";
import { exitKitLetter } from "../mails/exit-kit.ts";
import { sayOnce } from "../mails/say-once.ts";
import type { Task } from "./task.ts";

/** The link leads to the studio: the file opens to who asked for it, signed in, and to nobody else. */
export const sendExitKit: Task<"send-exit-kit"> = async (db, house, { kitId }) => {
  const kit = await findKit(db, kitId);
  if (!kit?.madeAt || kit.goneAt || !kit.email) return;
  await sayOnce(db, house, {
    key: `exit-kit:${kitId}`,
    to: kit.email,
    compose: () => exitKitLetter(kit, house.settings.publicUrl),
  });
};
