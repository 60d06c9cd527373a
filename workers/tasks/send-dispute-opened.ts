import { disputeToTell } from "#domain/sales/dispute-queries.server.ts";
import { disputeLetter } from "../mails/dispute-opened.ts";
import { sayOnce } from "../mails/say-once.ts";
import type { Task } from "./task.ts";

/** An inquiry that becomes a dispute is told again; each treasurer once for each. */
export const sendDisputeOpened: Task<"send-dispute-opened"> = async (db, house, { disputeId }) => {
  const dispute = await disputeToTell(db, disputeId);
  if (!dispute) return;
  const what = dispute.status?.startsWith("warning") ? "inquiry" : "dispute";
  for (const keeper of dispute.keepers) {
    await sayOnce(db, house, {
      key: `${what}:${disputeId}:${keeper.personId}`,
      to: keeper.email,
      compose: () => disputeLetter(dispute, keeper, house.settings.publicUrl),
    });
  }
};
