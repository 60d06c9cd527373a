import { type RegistrationResponseJSON, verifyRegistrationResponse } from "@simplewebauthn/server";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { keepTrace } from "./keep-trace.server.ts";
import { takeChallenge } from "./passkey-challenge.server.ts";
import { mayAddPasskey } from "./passkey-queries.server.ts";
import { relyingPartyOf } from "./relying-party.ts";
import type { Viewer } from "./viewer.ts";

/**
 * Keeps the passkey that a browser made for this session's question. The session is proven by it from now on. Where a second
 * administrator had opened the way, the passkeys of before end and so do the other sessions. Refuses `passkey_no_name`,
 * `passkey_invalid` (another question, session, site, or no proof of the person) and `passkey_recovery_needed`.
 */
export async function keepPasskey(
  db: Database,
  house: Pick<House, "clock" | "settings">,
  viewer: Pick<Viewer, "id" | "roles" | "session" | "passkeys">,
  given: { name: string; response: RegistrationResponseJSON },
): Promise<{ passkeyId: string }> {
  const site = relyingPartyOf(house.settings.publicUrl);
  if (!site) throw new Refusal("passkey_no_name");
  const verified = await verifyRegistrationResponse({
    response: given.response,
    expectedChallenge: (challenge) =>
      takeChallenge(db, house, { challenge, holder: { sessionId: viewer.session.id }, purpose: "register" }),
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: true,
  }).catch(() => null);
  if (!verified?.verified) throw new Refusal("passkey_invalid");
  const { credential, credentialBackedUp } = verified.registrationInfo;
  const id = v7();
  const now = house.clock.now();
  await inTransaction(db, async (trx) => {
    // One at a time for a person: a way that was opened is used once.
    await trx.selectFrom("person").select("id").where("id", "=", viewer.id).forUpdate().execute();
    if (!(await mayAddPasskey(trx, house, viewer))) throw new Refusal("passkey_recovery_needed");
    const recovered = await trx
      .updateTable("passkey_recovery")
      .set({ used_at: now })
      .where("person_id", "=", viewer.id)
      .where("used_at", "is", null)
      .where("expires_at", ">", now)
      .returning("id")
      .execute();
    if (recovered.length > 0) {
      await trx.deleteFrom("passkey").where("person_id", "=", viewer.id).execute();
      await trx
        .deleteFrom("session")
        .where("person_id", "=", viewer.id)
        .where("id", "<>", viewer.session.id)
        .execute();
    }
    const kept = await trx
      .insertInto("passkey")
      .values({
        id,
        person_id: viewer.id,
        credential_id: credential.id,
        public_key: Buffer.from(credential.publicKey),
        counter: credential.counter,
        transports: JSON.stringify(credential.transports ?? []),
        name: given.name,
        synced: credentialBackedUp,
        created_at: now,
      })
      .onConflict((conflict) => conflict.column("credential_id").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!kept) throw new Refusal("passkey_invalid");
    await trx
      .updateTable("session")
      .set({ proof: "passkey", proven_at: now })
      .where("id", "=", viewer.session.id)
      .execute();
    await keepTrace(trx, house, {
      coopId: null,
      by: viewer.id,
      verb: "add-passkey",
      subject: `person:${viewer.id}`,
      after: { passkeyId: id, recovered: recovered.length > 0 },
    });
  });
  return { passkeyId: id };
}
