import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { holdsIn, rolesFor } from "../people/permitted.server.ts";
import type { Scope } from "./scopes.ts";

export type ListedKey = {
  id: string;
  name: string;
  scopes: Scope[];
  /** Its last four signs. */
  hint: string;
  madeBy: string;
  /** Whether it still opens anything as far as who made it goes: they are an admin of the co-op. */
  makerMay: boolean;
  madeAt: Date;
  until: Date | null;
  /** To ten minutes; null where it was never used. */
  usedAt: Date | null;
};

/** The keys of a co-op that nobody revoked, newest first, through who keeps them. */
export async function listKeys(
  db: Database,
  { personId, coopId }: { personId: string; coopId: string },
): Promise<ListedKey[]> {
  const { rows } = await sql<ListedKey>`
    select key.id, key.name, key.scopes, key.hint, coalesce(person.name, person.email) as "madeBy", key.made_at as "madeAt",
      key.until, key.used_at as "usedAt", exists (select from coop_role held where held.coop_id = key.coop_id
        and held.person_id = key.made_by and held.role in (${rolesFor("keepIntegrations")})) as "makerMay"
    from api_key key join person on person.id = key.made_by
    where key.coop_id = ${coopId}::uuid and key.revoked_at is null
      and ${holdsIn(personId, "keepIntegrations", sql`key.coop_id`)}
    order by key.made_at desc, key.id desc`.execute(db);
  return rows;
}
