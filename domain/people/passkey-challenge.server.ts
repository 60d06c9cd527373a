import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { hashToken } from "./secret.ts";

/** To whom a question is put: a session by its id, or a browser that has none yet by its secret. */
export type Holder = { sessionId: string } | { browserToken: string };
type Purpose = "register" | "sign_in";

const lifetimeMs = 5 * 60_000;
const hashOf = (holder: Holder): Buffer =>
  hashToken("sessionId" in holder ? `session:${holder.sessionId}` : `browser:${holder.browserToken}`);

/** Keeps the question that a passkey will sign. Answered once, within five minutes, by the one to whom it was put. */
export async function keepChallenge(
  db: Database,
  { clock }: Pick<House, "clock">,
  { challenge, holder, purpose }: { challenge: string; holder: Holder; purpose: Purpose },
): Promise<void> {
  const now = clock.now();
  await db
    .insertInto("passkey_challenge")
    .values({
      challenge,
      holder_hash: hashOf(holder),
      purpose,
      created_at: now,
      expires_at: new Date(now.getTime() + lifetimeMs),
    })
    .execute();
}

/** Takes the question away, whatever comes of the answer; says whether it was put to this holder, for this, and not too long ago. */
export async function takeChallenge(
  db: Database,
  { clock }: Pick<House, "clock">,
  { challenge, holder, purpose }: { challenge: string; holder: Holder; purpose: Purpose },
): Promise<boolean> {
  const taken = await db
    .deleteFrom("passkey_challenge")
    .where("challenge", "=", challenge)
    .where("holder_hash", "=", hashOf(holder))
    .where("purpose", "=", purpose)
    .where("expires_at", ">", clock.now())
    .returning("challenge")
    .executeTakeFirst();
  return taken !== undefined;
}
