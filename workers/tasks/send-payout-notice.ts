import { noticeFacts } from "#domain/payouts/payee-queries.server.ts";
import { payoutNoticeLetter } from "../mails/payout-notice.ts";
import { sayOnce } from "../mails/say-once.ts";
import type { Task } from "./task.ts";

export const sendPayoutNotice: Task<"send-payout-notice"> = async (db, house, { payoutAccountId, about }) => {
  const facts = await noticeFacts(db, payoutAccountId);
  if (!facts) return;
  // What it was about may be over by now; the same trouble is told once.
  if (about === "bank" ? facts.bankPayout === null : facts.state !== about) return;
  const since = about === "bank" ? facts.bankPayout : facts.stateAt.toISOString();
  await sayOnce(db, house, {
    key: `payout-notice:${about}:${payoutAccountId}:${since}`,
    to: facts.email,
    compose: () => payoutNoticeLetter(facts, about, house.settings.publicUrl),
  });
};
