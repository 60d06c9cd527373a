import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { hashToken } from "./secret.ts";
import { idleStaffMs } from "./session-life.ts";
import type { Viewer } from "./viewer.ts";

/** When a session was last seen is kept to ten minutes: not each request is written down. */
const seenEveryMs = 10 * 60_000;

/**
 * The person behind a session's token with their co-ops, in one round trip; null when the session has ended. Staff's ends after
 * twelve hours in which nobody used it (`idleStaffMs`), everybody's with its time.
 */
export async function findViewer(
  db: Database,
  house: Pick<House, "clock">,
  session: string,
): Promise<Viewer | null> {
  const now = house.clock.now();
  const hash = hashToken(session);
  const { rows } = await sql<Viewer & { seenAt: Date }>`
    select p.id, p.email, p.name, s.seen_at as "seenAt",
      jsonb_build_object('id', s.id, 'proof', s.proof, 'provenAt', coalesce(s.proven_at, s.created_at)) as session,
      (select count(*) from passkey k where k.person_id = p.id)::int as passkeys,
      coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name, 'slug', m.slug, 'coopId', c.id,
          'coopSlug', c.slug, 'coopName', c.name) order by m.joined_at)
        from member m join coop c on c.id = m.coop_id where m.person_id = p.id and m.left_at is null), '[]') as members,
      coalesce((select jsonb_agg(jsonb_build_object('coopId', c.id, 'coopSlug', c.slug, 'coopName', c.name,
          'coopMoney', c.money, 'role', r.role) order by c.name, r.role)
        from coop_role r join coop c on c.id = r.coop_id where r.person_id = p.id), '[]') as roles
    from session s join person p on p.id = s.person_id
    where s.token_hash = ${hash} and s.expires_at > ${now}`.execute(db);
  const found = rows[0];
  if (!found) return null;
  const { seenAt, ...viewer } = found;
  const quietMs = now.getTime() - seenAt.getTime();
  if (viewer.roles.length > 0 && quietMs > idleStaffMs) return null;
  if (quietMs > seenEveryMs)
    await db.updateTable("session").set({ seen_at: now }).where("token_hash", "=", hash).execute();
  return { ...viewer, session: { ...viewer.session, provenAt: new Date(viewer.session.provenAt) } };
}

/** What a sign-in link would do in this browser, without doing it: the page says so before any button is pressed. */
export async function findSignInLink(
  db: Database,
  house: Pick<House, "clock">,
  { token, browserToken }: { token: string; browserToken: string },
): Promise<"ready" | "link_used" | "link_other_browser"> {
  const link = await db
    .selectFrom("sign_in_link")
    .select(["browser_hash", "expires_at", "consumed_at"])
    .where("token_hash", "=", hashToken(token))
    .executeTakeFirst();
  if (!link || link.consumed_at || link.expires_at <= house.clock.now()) return "link_used";
  return link.browser_hash.equals(hashToken(browserToken)) ? "ready" : "link_other_browser";
}
