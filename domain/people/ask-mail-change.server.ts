import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { Refusal } from "../refusal.ts";
import { hashToken, makeToken } from "./secret.ts";
import type { Viewer } from "./viewer.ts";

const lifetimeMs = 15 * 60_000;
const mostInAnHour = 5;

/**
 * Writes to a new address whether it is theirs: opening the letter, signed in as the same person, makes it so (`changeMail`). Another
 * account's address is written to as well, and refused only to who reads its mail. Refuses `mail_same`, and `too_many_requests` above 5 an
 * hour for one person.
 */
export async function askMailChange(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  viewer: Pick<Viewer, "id" | "email">,
  asked: { email: string; locale: "fr" | "en"; linkOf: (token: string) => string },
): Promise<void> {
  const email = asked.email.toLowerCase();
  if (email === viewer.email) throw new Refusal("mail_same");
  const now = house.clock.now();
  const token = makeToken();
  await inTransaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext(${`mail-change:${viewer.id}`}))`.execute(trx);
    const { count } = await trx
      .selectFrom("mail_change")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("person_id", "=", viewer.id)
      .where("created_at", ">", new Date(now.getTime() - 3_600_000))
      .executeTakeFirstOrThrow();
    if (count >= mostInAnHour) throw new Refusal("too_many_requests");
    await trx
      .insertInto("mail_change")
      .values({
        token_hash: hashToken(token),
        person_id: viewer.id,
        email,
        created_at: now,
        expires_at: new Date(now.getTime() + lifetimeMs),
      })
      .execute();
    await enqueue(trx, house, "send-mail-change", {
      email,
      link: asked.linkOf(token),
      locale: asked.locale,
    });
  });
}

/** The address that a letter's link would give this person; null where it is used, too old, unknown or another's. */
export async function findMailChange(
  db: Database,
  { clock }: Pick<House, "clock">,
  { token, personId }: { token: string; personId: string },
): Promise<string | null> {
  const found = await db
    .selectFrom("mail_change")
    .select("email")
    .where("token_hash", "=", hashToken(token))
    .where("person_id", "=", personId)
    .where("consumed_at", "is", null)
    .where("expires_at", ">", clock.now())
    .executeTakeFirst();
  return found?.email ?? null;
}
