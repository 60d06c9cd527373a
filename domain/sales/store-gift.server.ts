import { randomInt } from "node:crypto";
import type { Transaction } from "kysely";
import { v7 } from "uuid";
import { z } from "zod";
import type { DB } from "#db/schema.ts";
import { secretCode } from "../offers/code.ts";
import { Refusal } from "../refusal.ts";
import { type GiftWish, mostGiftDays } from "./gift.ts";

const wish = z.object({
  name: z.string().trim().min(1).max(200),
  email: z.string().trim().toLowerCase().pipe(z.email().max(254)),
  fromName: z.string().trim().min(1).max(200),
  // A form sends the ends of lines in two letters.
  note: z
    .string()
    .trim()
    .max(2000)
    .transform((note) => note.replaceAll("\r\n", "\n")),
});

/**
 * Writes down, with the sale that was just stored, who it is for; returns the id of the gift, which its lines bear. Refuses
 * `gift_invalid`. Nothing of it shows before the sale is paid.
 */
export async function storeGift(
  trx: Transaction<DB>,
  saleId: string,
  wished: GiftWish,
  now: Date,
): Promise<string> {
  const said = wish.safeParse(wished);
  const deliverAt = wished.deliverAt && wished.deliverAt > now ? wished.deliverAt : now;
  if (!said.success || deliverAt.getTime() - now.getTime() > mostGiftDays * 86_400_000)
    throw new Refusal("gift_invalid");
  const { name, email, fromName, note } = said.data;
  const id = v7();
  const code = secretCode((below) => randomInt(below));
  await trx
    .insertInto("gift")
    .values({
      ...{ id, sale_id: saleId, code, name, email, note },
      ...{ from_name: fromName, deliver_at: deliverAt, created_at: now },
    })
    .execute();
  return id;
}
