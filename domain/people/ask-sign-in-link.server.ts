import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { Refusal } from "../refusal.ts";
import { hashToken, makeToken } from "./secret.ts";

const lifetimeMs = 15 * 60_000;
const mostInAnHour = 8;

/**
 * Mails a sign-in link to an address, known or not: the page says the same either way, so that nobody learns who is a customer.
 * `browserToken` is the cookie of the browser that asks; only it may use the link. `linkOf` makes the address from the token.
 * Refuses `too_many_requests` above 8 links an hour for one address.
 */
export async function askSignInLink(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  input: {
    email: string;
    locale: "fr" | "en";
    browserToken: string;
    destination: string | null;
    linkOf: (token: string) => string;
  },
): Promise<void> {
  const now = house.clock.now();
  const email = input.email.toLowerCase();
  const token = makeToken();
  await inTransaction(db, async (trx) => {
    // One at a time for an address: links asked for at the same instant may not slip under the limit together.
    await sql`select pg_advisory_xact_lock(hashtext(${`sign-in:${email}`}))`.execute(trx);
    const { count } = await trx
      .selectFrom("sign_in_link")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("email", "=", email)
      .where("created_at", ">", new Date(now.getTime() - 3_600_000))
      .executeTakeFirstOrThrow();
    if (count >= mostInAnHour) throw new Refusal("too_many_requests");
    await trx
      .insertInto("sign_in_link")
      .values({
        token_hash: hashToken(token),
        browser_hash: hashToken(input.browserToken),
        email,
        locale: input.locale,
        destination: input.destination,
        created_at: now,
        expires_at: new Date(now.getTime() + lifetimeMs),
      })
      .execute();
    await enqueue(trx, house, "send-sign-in-link", {
      email,
      link: input.linkOf(token),
      locale: input.locale,
    });
  });
}
