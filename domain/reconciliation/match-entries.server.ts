import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { openGroups } from "./open-groups.server.ts";

/**
 * Gives each movement at Stripe the entry that says the same, to the cent, in the books. One against which money is held is left to
 * `hold-differences`, which gives that back first. Returns how many were explained.
 */
export async function matchEntries(db: Database, { clock }: Pick<House, "clock">): Promise<number> {
  const { numAffectedRows } = await sql`
    update balance_transaction as moved set entry_id = open_group.entry_id, explained_at = ${clock.now()}
    from ${openGroups} as open_group
    where moved.entry_object = open_group.entry_object and moved.entry_kind = open_group.entry_kind and moved.entry_id is null
      and open_group.entry_id is not null and open_group.net = open_group.booked
      and not exists (select from difference
        where difference.kind = 'unexplained' and difference.about = open_group.entry_kind || ' ' || open_group.entry_object)`.execute(
    db,
  );
  return Number(numAffectedRows ?? 0);
}
