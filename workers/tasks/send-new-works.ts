import { newWorksFor } from "#domain/following/follow-queries.server.ts";
import { leaveToken } from "#domain/following/leave-link.ts";
import { noteTold } from "#domain/following/note-told.server.ts";
import { newWorksLetter } from "../mails/new-works.ts";
import { sayOnce } from "../mails/say-once.ts";
import type { Task } from "./task.ts";

/** One letter a day at most: its key is the person and the day. What it told is noted after it was taken charge of, never before. */
export const sendNewWorks: Task<"send-new-works"> = async (db, house, { personId, until: written }) => {
  const until = new Date(written);
  const told = await newWorksFor(db, personId, until);
  if (!told) return;
  const { publicUrl, sessionSecret } = house.settings;
  await sayOnce(db, house, {
    key: `new-works:${personId}:${written.slice(0, 10)}`,
    to: told.email,
    compose: () => newWorksLetter(told, { publicUrl, token: leaveToken(sessionSecret, personId) }),
  });
  await noteTold(db, { personId, until });
};
