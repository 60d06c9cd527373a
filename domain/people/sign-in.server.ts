import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { claimBought, openSession } from "./open-session.server.ts";
import { hashToken } from "./secret.ts";

/**
 * Consumes a sign-in link and opens a session. The person is made at the first sign-in, and receives the rights and sales that
 * were bought with the same address. Returns the session's token (for the cookie) where the person was going,
 * and whether they are a member of some co-op. Refuses `link_used` (used, expired or unknown) and `link_other_browser`.
 */
export function signIn(
  db: Database,
  house: Pick<House, "clock">,
  input: {
    token: string;
    browserToken: string;
    userAgent: string | null;
    /** The token of the session that this one takes the place of: it ends. */
    ends?: string | null;
  },
): Promise<{ session: string; destination: string | null; personId: string; isMember: boolean }> {
  const now = house.clock.now();
  return inTransaction(db, async (trx) => {
    const link = await trx
      .selectFrom("sign_in_link")
      .selectAll()
      .where("token_hash", "=", hashToken(input.token))
      .forUpdate()
      .executeTakeFirst();
    if (!link || link.consumed_at || link.expires_at <= now) throw new Refusal("link_used");
    if (!link.browser_hash.equals(hashToken(input.browserToken))) throw new Refusal("link_other_browser");
    await trx
      .updateTable("sign_in_link")
      .set({ consumed_at: now })
      .where("token_hash", "=", link.token_hash)
      .execute();
    const person = await trx
      .insertInto("person")
      .values({ id: v7(), email: link.email, locale: link.locale, created_at: now })
      .onConflict((conflict) => conflict.column("email").doUpdateSet({ locale: link.locale }))
      .returning("id")
      .executeTakeFirstOrThrow();
    await claimBought(trx, { personId: person.id, email: link.email });
    const session = await openSession(trx, house, {
      personId: person.id,
      proof: "link",
      userAgent: input.userAgent,
      ends: input.ends ?? null,
    });
    const member = await trx
      .selectFrom("member")
      .select("id")
      .where("person_id", "=", person.id)
      .where("left_at", "is", null)
      .limit(1)
      .executeTakeFirst();
    return { session, destination: link.destination, personId: person.id, isMember: member !== undefined };
  });
}
