import { z } from "zod";
import type { GiftWish } from "#domain/sales/gift.ts";
import { instantOf } from "./day.ts";

const text = (most: number) => z.string().trim().max(most, "tooLong").default("");

/** The fields of a gift, beside those of the order; they count only where its box is ticked. */
export const giftFields = {
  gift: z.string().optional(),
  giftName: text(200),
  giftEmail: text(254),
  giftFrom: text(200),
  giftNote: text(2000),
  giftDay: text(10),
};

type Said = z.output<z.ZodObject<typeof giftFields>>;

/** What is missing or wrong, by field; nothing where it is no gift. */
export function giftErrors(said: Said): Record<string, "required" | "email" | "invalid"> | null {
  if (!said.gift) return null;
  const errors: Record<string, "required" | "email" | "invalid"> = {};
  for (const name of ["giftName", "giftEmail", "giftFrom"] as const)
    if (said[name] === "") errors[name] = "required";
  if (said.giftEmail !== "" && !z.email().safeParse(said.giftEmail).success) errors.giftEmail = "email";
  if (said.giftDay !== "" && !dayAt(said.giftDay)) errors.giftDay = "invalid";
  return Object.keys(errors).length > 0 ? errors : null;
}

/** In the morning of that day. */
const dayAt = (day: string): Date | null => instantOf(`${day}T08:00`);

/** The gift that the form describes; null where its box is not ticked. */
export const giftOf = (said: Said): GiftWish | null =>
  said.gift
    ? {
        name: said.giftName,
        email: said.giftEmail,
        fromName: said.giftFrom,
        note: said.giftNote,
        deliverAt: said.giftDay === "" ? null : dayAt(said.giftDay),
      }
    : null;
