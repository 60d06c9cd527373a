import { sql, type Transaction } from "kysely";
import { prepared } from "#db/prepared.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";

/**
 * The right to download what the lines of these sales bought: granted once, held by the address and, where there is one, by the person.
 * It outlives the seller, the session and the account. A line has one right, which bears the line's id.
 * What is a gift is not the buyer's: `redeem-gift` grants it to who receives it.
 * A work that was joined to another while its page of payment was open gives that other.
 */
export async function grantRights(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  saleIds: readonly string[],
): Promise<void> {
  await sql`${prepared}
    insert into download_right (id, sale_line_id, work_id, email, person_id, copies, granted_at)
    select line.id, line.id, work_now(line.work_id), sale.email, coalesce(sale.person_id, person.id), line.quantity,
      ${clock.now()}
    from sale_line as line join sale on sale.id = line.sale_id left join person on person.email = sale.email
    where sale.id = any (${[...saleIds]}::uuid[]) and line.gift_id is null
    on conflict (sale_line_id) do nothing`.execute(trx);
}
