import { hashToken } from "#domain/people/secret.ts";
import { sayOnce } from "../mails/say-once.ts";
import { signInLetter } from "../mails/sign-in-link.ts";
import type { Task } from "./task.ts";

/** The link itself is the secret: what is kept of it is a hash. */
export const sendSignInLink: Task<"send-sign-in-link"> = async (db, house, { email, link, locale }) => {
  const { publicUrl } = house.settings;
  const key = `sign-in:${hashToken(link).toString("hex")}`;
  await sayOnce(db, house, {
    key,
    to: email,
    compose: () => signInLetter({ locale, link, email, publicUrl }),
  });
};
