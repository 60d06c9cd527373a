import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { keepTrace } from "../people/keep-trace.server.ts";
import { insist } from "../people/permitted.server.ts";
import { hashToken, makeToken } from "../people/secret.ts";
import { Refusal } from "../refusal.ts";
import type { Scope } from "./scopes.ts";

const mostKeys = 50;

/** By which a secret of ours is known for one, in a file where it should not be. */
const keyPrefix = "ventes_";

/**
 * Makes a key for a co-op, whose secret is told here and never again. `id` is made by the form: the same one sent twice makes one key,
 * whose secret comes back null the second time. `until`: after that instant it opens nothing; null: as long as nobody revokes it.
 * Refuses `not_found` to who may not, `too_many_keys` above fifty in use.
 */
export function makeKey(
  db: Database,
  house: Pick<House, "clock">,
  input: {
    id: string;
    coopId: string;
    by: string;
    name: string;
    scopes: readonly Scope[];
    until: Date | null;
  },
): Promise<{ secret: string | null }> {
  const { id, coopId, by, name, scopes, until } = input;
  return inTransaction(db, async (trx) => {
    await insist(trx, { by, verb: "keepIntegrations", coopId });
    // One at a time for a co-op, so that the limit holds.
    await trx.selectFrom("coop").select("id").where("id", "=", coopId).forUpdate().execute();
    const keys = await trx
      .selectFrom("api_key")
      .select(["id", "revoked_at"])
      .where("coop_id", "=", coopId)
      .execute();
    if (keys.some((key) => key.id === id)) return { secret: null };
    if (keys.filter((key) => key.revoked_at === null).length >= mostKeys)
      throw new Refusal("too_many_keys", { most: mostKeys });
    const secret = keyPrefix + makeToken();
    await trx
      .insertInto("api_key")
      .values({
        id,
        coop_id: coopId,
        name,
        scopes: [...scopes],
        secret_hash: hashToken(secret),
        hint: secret.slice(-4),
        made_by: by,
        made_at: house.clock.now(),
        until,
      })
      .execute();
    await keepTrace(trx, house, {
      coopId,
      by,
      verb: "make-key",
      subject: `key:${id}`,
      after: { scopes: [...scopes], until },
    });
    return { secret };
  });
}
