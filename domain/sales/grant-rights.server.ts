import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";

/**
 * The right to download what a sale's lines bought: granted once, held by the address and, where there is one, by the person.
 * It outlives the seller, the session and the account.
 */
export async function grantRights(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  saleId: string,
): Promise<void> {
  const lines = await trx
    .selectFrom("sale_line")
    .innerJoin("sale", "sale.id", "sale_line.sale_id")
    .leftJoin("person", "person.email", "sale.email")
    .select(["sale_line.id", "sale_line.work_id", "sale_line.quantity", "sale.email"])
    .select(sql<string | null>`coalesce(sale.person_id, person.id)`.as("person_id"))
    .where("sale.id", "=", saleId)
    .execute();
  await trx
    .insertInto("download_right")
    .values(
      lines.map((line) => ({
        id: v7(),
        sale_line_id: line.id,
        work_id: line.work_id,
        email: line.email,
        person_id: line.person_id,
        copies: line.quantity,
        granted_at: clock.now(),
      })),
    )
    .onConflict((conflict) => conflict.column("sale_line_id").doNothing())
    .execute();
}
