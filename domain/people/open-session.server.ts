import type { Transaction } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { hashToken, makeToken } from "./secret.ts";
import { sessionLifetimeMs } from "./session-life.ts";

/** Opens a session and returns its token, for the cookie. `ends`: the token of the one whose place it takes. */
export async function openSession(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  opened: { personId: string; proof: "link" | "passkey"; userAgent: string | null; ends: string | null },
): Promise<string> {
  const now = clock.now();
  if (opened.ends !== null)
    await trx.deleteFrom("session").where("token_hash", "=", hashToken(opened.ends)).execute();
  const token = makeToken();
  await trx
    .insertInto("session")
    .values({
      id: v7(),
      token_hash: hashToken(token),
      person_id: opened.personId,
      proof: opened.proof,
      proven_at: now,
      created_at: now,
      seen_at: now,
      expires_at: new Date(now.getTime() + sessionLifetimeMs),
      user_agent: opened.userAgent?.slice(0, 300) ?? null,
    })
    .execute();
  return token;
}

/** Gives a person the rights and sales that were bought with the address that is theirs. */
export async function claimBought(
  trx: Transaction<DB>,
  { personId, email }: { personId: string; email: string },
): Promise<void> {
  await trx
    .updateTable("download_right")
    .set({ person_id: personId })
    .where("email", "=", email)
    .where("person_id", "is", null)
    .execute();
  await trx
    .updateTable("sale")
    .set({ person_id: personId })
    .where("email", "=", email)
    .where("person_id", "is", null)
    .execute();
}
