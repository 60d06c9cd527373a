import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import type { Viewer } from "./viewer.ts";

export type ListedPasskey = {
  id: string;
  name: string;
  /** Kept by an account of the device's maker, on other devices as well. */
  synced: boolean;
  createdAt: Date;
  usedAt: Date | null;
};

/** The passkeys of this person, oldest first. */
export async function listPasskeys(db: Database, personId: string): Promise<ListedPasskey[]> {
  return db
    .selectFrom("passkey")
    .select(["id", "name", "synced", "created_at as createdAt", "used_at as usedAt"])
    .where("person_id", "=", personId)
    .orderBy("created_at")
    .execute() as Promise<ListedPasskey[]>;
}

/** Whether somebody else of the co-op has opened the way to new passkeys for this person, and it is not used. */
export async function hasOpenRecovery(
  db: Database,
  { clock }: Pick<House, "clock">,
  personId: string,
): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`
    select exists (select from passkey_recovery where person_id = ${personId}::uuid and used_at is null
      and expires_at > ${clock.now()}) as open`.execute(db);
  return rows[0]?.open ?? false;
}

/**
 * Whether this person may make a passkey now. The first: yes. Further ones of somebody with a role: only when they came in by
 * passkey, for else their mailbox alone would do; or once a second administrator has let them.
 */
export async function mayAddPasskey(
  db: Database,
  house: Pick<House, "clock">,
  viewer: Pick<Viewer, "id" | "roles" | "session" | "passkeys">,
): Promise<boolean> {
  if (viewer.passkeys === 0 || viewer.roles.length === 0 || viewer.session.proof === "passkey") return true;
  return hasOpenRecovery(db, house, viewer.id);
}

/** Who else has a role in a co-op, and how many passkeys: whom an administrator could let make a new one. */
export async function othersOfStaff(
  db: Database,
  { coopId, but }: { coopId: string; but: string },
): Promise<{ id: string; name: string; passkeys: number }[]> {
  const { rows } = await sql<{ id: string; name: string; passkeys: number }>`
    select p.id, coalesce(p.name, p.email) as name,
      (select count(*) from passkey k where k.person_id = p.id)::int as passkeys
    from person p where p.id <> ${but}::uuid
      and exists (select from coop_role r where r.person_id = p.id and r.coop_id = ${coopId}::uuid)
    order by 2`.execute(db);
  return rows;
}
