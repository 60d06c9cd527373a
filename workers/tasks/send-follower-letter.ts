import { letterFor } from "#domain/bench/letter-queries.server.ts";
import { leaveToken } from "#domain/following/leave-link.ts";
import { followerLetter } from "../mails/follower-letter.ts";
import { sayOnce } from "../mails/say-once.ts";
import type { Task } from "./task.ts";

/** Once to each reader of each letter; who follows no more when their turn comes is not written to. */
export const sendFollowerLetter: Task<"send-follower-letter"> = async (db, house, { letterId, personId }) => {
  const said = await letterFor(db, { letterId, personId });
  if (!said) return;
  const { publicUrl, sessionSecret } = house.settings;
  await sayOnce(db, house, {
    key: `follower-letter:${letterId}:${personId}`,
    to: said.email,
    compose: () => followerLetter(said, { publicUrl, token: leaveToken(sessionSecret, personId) }),
  });
};
