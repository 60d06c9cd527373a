import { accessOf } from "#domain/sales/access-link.ts";
import { findGift } from "#domain/sales/gift-queries.server.ts";
import { giftLetter } from "../mails/gift.ts";
import { sayOnce } from "../mails/say-once.ts";
import type { Task } from "./task.ts";

export const sendGift: Task<"send-gift"> = async (db, house, { giftId }) => {
  const gift = await findGift(db, giftId);
  // Given by hand meanwhile, and opened: there is nothing left to announce.
  if (!gift || gift.redeemedAt) return;
  const { publicUrl, sessionSecret } = house.settings;
  await sayOnce(db, house, {
    key: `gift:${giftId}`,
    to: gift.email,
    compose: () => giftLetter(gift, { access: accessOf(sessionSecret, giftId), publicUrl }),
  });
};
