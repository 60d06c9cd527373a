import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { Refusal } from "../refusal.ts";
import { permissions, type Role, type Verb } from "./permissions.ts";

/** The roles that open a verb, as `coop_role.role in (…)` takes them. */
export const rolesFor = (verb: Verb): RawBuilder<Role> =>
  sql.raw(permissions[verb].roles.map((role) => `'${role}'`).join(", "));

/** Whether this person holds a role that opens the verb in the co-op whose id is the column `coopId`. */
export const holdsIn = (personId: string, verb: Verb, coopId: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql<boolean>`exists (select from coop_role held
    where held.coop_id = ${coopId} and held.person_id = ${personId}::uuid and held.role in (${rolesFor(verb)}))`;

/**
 * The last word before a write: refuses `not_found` where this person's role does not open the verb in that co-op. Null is the house
 * itself: a founding, a job, the command line.
 */
export async function insist(
  db: Database,
  { by, verb, coopId }: { by: string | null; verb: Verb; coopId: string },
): Promise<void> {
  if (by === null) return;
  const { rows } = await sql<{ may: boolean }>`
    select ${holdsIn(by, verb, sql`${coopId}::uuid`)} as may`.execute(db);
  if (!rows[0]?.may) throw new Refusal("not_found");
}
