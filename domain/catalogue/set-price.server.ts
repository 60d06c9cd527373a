import { type Database, inTransaction } from "#db/connection.ts";
import { rulesInForce } from "../governance/queries.server.ts";
import type { House } from "../house.ts";
import { largestCharge, smallestCharge } from "../money/amount.ts";
import { Refusal } from "../refusal.ts";
import { ownWork } from "./own-work.server.ts";

/** Minor units of the work's currency. `open`: the buyer names the price, from the floor (0 allowed). */
export type ChosenPrice =
  | { kind: "free" }
  | { kind: "fixed"; amount: number }
  | { kind: "open"; floor: number; suggested: number | null };

/**
 * Sets what a work costs; orders already opened keep the price that they were shown. Refuses `not_found`, `work_submitted`,
 * `work_not_ready` (in the shop already, and no rule to split by), `price_too_small` (above 0, Stripe takes nothing under 50
 * cents), `price_suggestion` (a suggestion under the floor) and `amount_above_maximum`.
 */
export function setPrice(
  db: Database,
  house: Pick<House, "clock">,
  input: { personId: string; workId: string; price: ChosenPrice },
): Promise<void> {
  const { price } = input;
  const now = house.clock.now();
  return inTransaction(db, async (trx) => {
    const { id, coopId, state } = await ownWork(trx, input);
    // What was published for nothing needed no rule; from now on a sale must be split by one.
    if (
      state === "published" &&
      price.kind !== "free" &&
      !(await rulesInForce(trx, [coopId], now)).has(coopId)
    ) {
      throw new Refusal("work_not_ready");
    }
    const { currency } = await trx
      .selectFrom("work")
      .select("currency")
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    const smallest = smallestCharge(currency);
    const least = price.kind === "fixed" ? price.amount : price.kind === "open" ? price.floor : 0;
    const suggested = price.kind === "open" ? price.suggested : null;
    if (price.kind === "fixed" ? least < smallest : least !== 0 && least < smallest) {
      throw new Refusal("price_too_small");
    }
    if (suggested !== null && (suggested < least || suggested < smallest))
      throw new Refusal("price_suggestion");
    if (Math.max(least, suggested ?? 0) > largestCharge) throw new Refusal("amount_above_maximum");
    await trx
      .updateTable("work")
      .set({
        price_kind: price.kind === "open" ? "open" : "fixed",
        price: least,
        suggested_price: suggested,
        priced_at: now,
        updated_at: now,
      })
      .where("id", "=", id)
      .execute();
  });
}
