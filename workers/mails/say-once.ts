import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "#domain/house.ts";
import { MailFailure } from "#gateways/mail.ts";
import type { Letter } from "./letter.ts";

/** Longer than a mail server may keep us waiting (a minute) and as long as a job may run: a lease that ended was a crash. */
const leaseMs = 300_000;

/**
 * Sends a letter once. `key` says what it is about (`receipt:<sale>`); the row is leased before the call and marked after it, so
 * that two workers never send the same one together. A crash between the server's yes and the mark is the one case where it goes
 * out again, once the lease has ended; it then carries the same Message-ID, by which mail programs know a double.
 * What the server will never take is kept with its words and not tried again; any other failure frees the lease and is thrown,
 * for the queue to try later.
 */
export async function sayOnce(
  db: Database,
  house: Pick<House, "clock" | "mail" | "settings">,
  { key, to, compose }: { key: string; to: string; compose: () => Letter },
): Promise<"sent" | "known" | "refused"> {
  const now = house.clock.now();
  const leased = await sql`
    insert into mail_sent (key, recipient, leased_until) values (${key}, ${to}, ${new Date(now.getTime() + leaseMs)})
    on conflict (key) do update set recipient = excluded.recipient, leased_until = excluded.leased_until
      where mail_sent.sent_at is null and mail_sent.refused_at is null and mail_sent.leased_until <= ${now}
    returning key`.execute(db);
  if (leased.rows.length === 0) {
    const known = await db
      .selectFrom("mail_sent")
      .select(["sent_at", "refused_at"])
      .where("key", "=", key)
      .executeTakeFirstOrThrow();
    if (known.sent_at || known.refused_at) return "known";
    throw new Error(`letter ${key} is being sent elsewhere`);
  }
  const mark = (outcome: { sent_at?: Date; refused_at?: Date; refusal?: string }) =>
    db
      .updateTable("mail_sent")
      .set({ ...outcome, leased_until: now })
      .where("key", "=", key)
      .execute();
  try {
    const { subject, html, text, headers } = compose();
    await house.mail.send({
      to,
      subject,
      html,
      text,
      messageId: messageIdOf(key, house.settings.publicUrl),
      // Nobody wrote it by hand: out-of-office machines do not answer (RFC 3834).
      headers: { ...headers, "Auto-Submitted": "auto-generated" },
    });
  } catch (error) {
    if (!(error instanceof MailFailure && error.permanent)) {
      await mark({});
      throw error;
    }
    await mark({ refused_at: house.clock.now(), refusal: error.message.slice(0, 500) });
    return "refused";
  }
  await mark({ sent_at: house.clock.now() });
  return "sent";
}

function messageIdOf(key: string, publicUrl: string): string {
  const hash = createHash("sha256").update(key).digest("hex").slice(0, 32);
  return `<${hash}@${new URL(publicUrl).hostname}>`;
}
