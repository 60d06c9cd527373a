import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";

const linksKeptMs = 2 * 24 * 3_600_000;

/**
 * Deletes what no longer opens anything: sessions past their end, and sign-in links of more than two days, with the addresses of
 * those who asked and never came. Twice does no harm.
 */
export async function sweepPeople(db: Database, { clock }: Pick<House, "clock">): Promise<void> {
  const now = clock.now();
  await db.deleteFrom("session").where("expires_at", "<=", now).execute();
  await db.deleteFrom("passkey_challenge").where("expires_at", "<=", now).execute();
  const longAgo = new Date(now.getTime() - linksKeptMs);
  await db.deleteFrom("mail_change").where("created_at", "<", longAgo).execute();
  await db.deleteFrom("sign_in_link").where("created_at", "<", longAgo).execute();
}
