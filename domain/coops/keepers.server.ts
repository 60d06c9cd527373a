import { type RawBuilder, sql } from "kysely";
import { rolesFor } from "../people/permitted.server.ts";

/**
 * Whether this person may read the money of a co-op, whose id is the column `coopId`: its treasurer or admin, and those of the
 * co-op that owns the platform, which answers for the whole of the books.
 */
export const keptBy = (personId: string, coopId: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql<boolean>`exists (select from coop_role keeper join coop kept on kept.id = keeper.coop_id
    where keeper.person_id = ${personId}::uuid and keeper.role in (${rolesFor("readMoney")})
      and (kept.id = ${coopId} or kept.money = 'platform'))`;
