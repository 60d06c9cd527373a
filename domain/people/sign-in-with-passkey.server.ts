import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from "@simplewebauthn/server";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { claimBought, openSession } from "./open-session.server.ts";
import { takeChallenge } from "./passkey-challenge.server.ts";
import { relyingPartyOf } from "./relying-party.ts";

/**
 * Opens a session for whoever holds the passkey that answered the question put to this browser. Refuses `passkey_no_name`, and
 * `passkey_invalid` for whatever is wrong: nobody learns which passkeys there are.
 */
export async function signInWithPasskey(
  db: Database,
  house: Pick<House, "clock" | "settings">,
  given: {
    response: AuthenticationResponseJSON;
    browserToken: string;
    userAgent: string | null;
    /** The token of the session that this one takes the place of: it ends. */
    ends: string | null;
  },
): Promise<{ session: string; personId: string; isMember: boolean }> {
  const site = relyingPartyOf(house.settings.publicUrl);
  if (!site) throw new Refusal("passkey_no_name");
  const { response } = given;
  const passkey = await db
    .selectFrom("passkey")
    .innerJoin("person", "person.id", "passkey.person_id")
    .select([
      "passkey.id",
      "passkey.person_id",
      "passkey.credential_id",
      "passkey.public_key",
      "passkey.counter",
      "person.email",
    ])
    .where("passkey.credential_id", "=", response.id)
    .executeTakeFirst();
  if (!passkey || !isTheirs(response, passkey.person_id)) throw new Refusal("passkey_invalid");
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: (challenge) =>
      takeChallenge(db, house, {
        challenge,
        holder: { browserToken: given.browserToken },
        purpose: "sign_in",
      }),
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    credential: {
      id: passkey.credential_id,
      publicKey: new Uint8Array(passkey.public_key),
      counter: passkey.counter,
    },
    requireUserVerification: true,
  }).catch(() => null);
  if (!verified?.verified) throw new Refusal("passkey_invalid");
  const { newCounter } = verified.authenticationInfo;
  return inTransaction(db, async (trx) => {
    // A counter that went on meanwhile belongs to a copy of the key. Devices that keep none say 0 for ever.
    const used = await trx
      .updateTable("passkey")
      .set({ counter: newCounter, used_at: house.clock.now() })
      .where("id", "=", passkey.id)
      .where((eb) => eb.or([eb("counter", "<", newCounter), eb("counter", "=", 0)]))
      .returning("id")
      .executeTakeFirst();
    if (!used) throw new Refusal("passkey_invalid");
    await claimBought(trx, { personId: passkey.person_id, email: passkey.email });
    const session = await openSession(trx, house, {
      personId: passkey.person_id,
      proof: "passkey",
      userAgent: given.userAgent,
      ends: given.ends,
    });
    const member = await trx
      .selectFrom("member")
      .select("id")
      .where("person_id", "=", passkey.person_id)
      .where("left_at", "is", null)
      .limit(1)
      .executeTakeFirst();
    return { session, personId: passkey.person_id, isMember: member !== undefined };
  });
}

/** Whose the device says that it is (it may say nothing). */
function isTheirs({ response: { userHandle } }: AuthenticationResponseJSON, personId: string): boolean {
  return userHandle === undefined || Buffer.from(userHandle, "base64url").toString() === personId;
}
