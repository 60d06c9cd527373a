import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { insist } from "../people/permitted.server.ts";

/** The taxes for which a co-op may give its number; that of TPS serves for TVH too. */
const taxesWithNumber = ["tps", "tvq", "tva"] as const;
type TaxNumbers = Partial<Record<(typeof taxesWithNumber)[number], string>>;

/**
 * Writes down the numbers by which a co-op is registered for taxes: printed on receipts, and from now on the very taxes that are
 * collected on its works. One left blank is none: that tax is collected no more. Sales already open keep what was pinned on them.
 * Refuses `not_found` to who is no admin there.
 */
export function setTaxNumbers(
  db: Database,
  { clock }: Pick<House, "clock">,
  { coopId, numbers, by }: { coopId: string; numbers: TaxNumbers; by: string },
): Promise<void> {
  const given = Object.fromEntries(
    taxesWithNumber.flatMap((code) => {
      const number = numbers[code]?.trim() ?? "";
      return number === "" ? [] : [[code, number]];
    }),
  );
  return inTransaction(db, async (trx) => {
    await insist(trx, { by, verb: "giveTaxNumbers", coopId });
    const { tax_numbers: before } = await trx
      .selectFrom("coop")
      .select("tax_numbers")
      .where("id", "=", coopId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    await trx
      .updateTable("coop")
      .set({ tax_numbers: JSON.stringify(given) })
      .where("id", "=", coopId)
      .execute();
    await trx
      .insertInto("audit")
      .values({
        id: v7(),
        coop_id: coopId,
        person_id: by,
        verb: "set-tax-numbers",
        subject: `coop:${coopId}`,
        before: JSON.stringify(before),
        after: JSON.stringify(given),
        at: clock.now(),
      })
      .execute();
  });
}
