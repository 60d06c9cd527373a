import { findInvitation } from "#domain/revenue/invitation-queries.server.ts";
import { invitationLetter } from "../mails/invitation.ts";
import { sayOnce } from "../mails/say-once.ts";
import type { Task } from "./task.ts";

export const sendInvitation: Task<"send-invitation"> = async (db, house, { memberId, workId }) => {
  const invitation = await findInvitation(db, { memberId, workId });
  if (!invitation) return;
  await sayOnce(db, house, {
    key: `invitation:${memberId}`,
    to: invitation.email,
    compose: () => invitationLetter(invitation, house.settings.publicUrl),
  });
};
