import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { Refusal } from "../refusal.ts";
import { keepTrace } from "./keep-trace.server.ts";
import { claimBought } from "./open-session.server.ts";
import { hashToken } from "./secret.ts";

/**
 * Makes a new address this person's, who opened the letter sent there: signing in, receipts and what was bought with it follow. The
 * address of before is told. What was bought before stays theirs. Refuses `link_used` (used, expired, unknown, another's) and
 * `mail_taken`.
 */
export function changeMail(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { token, personId, locale }: { token: string; personId: string; locale: "fr" | "en" },
): Promise<{ email: string }> {
  const now = house.clock.now();
  return inTransaction(db, async (trx) => {
    const link = await trx
      .updateTable("mail_change")
      .set({ consumed_at: now })
      .where("token_hash", "=", hashToken(token))
      .where("person_id", "=", personId)
      .where("consumed_at", "is", null)
      .where("expires_at", ">", now)
      .returning("email")
      .executeTakeFirst();
    if (!link) throw new Refusal("link_used");
    const { email } = link;
    const person = await trx
      .selectFrom("person")
      .select("email")
      .where("id", "=", personId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const other = await trx.selectFrom("person").select("id").where("email", "=", email).executeTakeFirst();
    if (other) throw new Refusal("mail_taken");
    await trx.updateTable("person").set({ email }).where("id", "=", personId).execute();
    // A link on its way to the address of before would sign in somebody new.
    await trx.deleteFrom("sign_in_link").where("email", "=", person.email).execute();
    await claimBought(trx, { personId, email });
    await keepTrace(trx, house, {
      coopId: null,
      by: personId,
      verb: "change-mail",
      subject: `person:${personId}`,
    });
    await enqueue(trx, house, "send-mail-change", { email: person.email, link: null, locale });
    return { email };
  });
}
