import { hashToken } from "#domain/people/secret.ts";
import { mailChangedLetter, mailChangeLetter } from "../mails/mail-change.ts";
import { sayOnce } from "../mails/say-once.ts";
import type { Task } from "./task.ts";

/** With a link: to the new address, whose link is the secret. Without: to the one of before, which is told. */
export const sendMailChange: Task<"send-mail-change"> = async (db, house, { email, link, locale }, job) => {
  const { publicUrl } = house.settings;
  await sayOnce(db, house, {
    key: link
      ? `mail-change:${hashToken(link).toString("hex")}`
      : `mail-changed:${job?.id ?? hashToken(email).toString("hex")}`,
    to: email,
    compose: () =>
      link
        ? mailChangeLetter({ locale, link, email, publicUrl })
        : mailChangedLetter({ locale, email, publicUrl }),
  });
};
