import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { rolesFor } from "../people/permitted.server.ts";
import { hashToken } from "../people/secret.ts";
import type { Scope } from "./scopes.ts";

/** Who stands behind a call: the co-op it acts for, what it may, and in whose name it writes. */
export type KeyHolder = {
  keyId: string;
  coopId: string;
  coopSlug: string;
  personId: string;
  scopes: Scope[];
};

const usedEveryMs = 10 * 60_000;

/**
 * Whose key this secret is; null where it is none, is over or revoked, or whoever made it is no longer an admin of the co-op. Written
 * down as used, once in ten minutes at most.
 */
export async function recogniseKey(
  db: Database,
  { clock }: Pick<House, "clock">,
  secret: string,
): Promise<KeyHolder | null> {
  const now = clock.now();
  const stale = new Date(now.getTime() - usedEveryMs);
  const { rows } = await sql<KeyHolder & { stale: boolean; may: boolean }>`
    select key.id as "keyId", key.coop_id as "coopId", coop.slug as "coopSlug", key.made_by as "personId", key.scopes,
      key.used_at is null or key.used_at < ${stale} as stale,
      exists (select from coop_role held where held.coop_id = key.coop_id and held.person_id = key.made_by
        and held.role in (${rolesFor("keepIntegrations")})) as may
    from api_key key join coop on coop.id = key.coop_id
    where key.secret_hash = ${hashToken(secret)} and key.revoked_at is null
      and (key.until is null or key.until > ${now})`.execute(db);
  const found = rows[0];
  if (!found?.may) return null;
  if (found.stale)
    await db
      .updateTable("api_key")
      .set({ used_at: now })
      .where("id", "=", found.keyId)
      .where((eb) => eb.or([eb("used_at", "is", null), eb("used_at", "<", stale)]))
      .execute();
  const { keyId, coopId, coopSlug, personId, scopes } = found;
  return { keyId, coopId, coopSlug, personId, scopes };
}
