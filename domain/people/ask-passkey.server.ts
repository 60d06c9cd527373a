import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { keepChallenge } from "./passkey-challenge.server.ts";
import { mayAddPasskey } from "./passkey-queries.server.ts";
import { relyingPartyOf } from "./relying-party.ts";
import type { Viewer } from "./viewer.ts";

const mostPasskeys = 20;

/**
 * What the browser is asked to make a passkey with: kept on the device and found without a name (discoverable), opened by a finger, a
 * face or a code (two factors in one). Refuses `passkey_no_name` (a site without a name), `passkey_recovery_needed`
 * (`mayAddPasskey`) and `too_many_passkeys`.
 */
export async function askNewPasskey(
  db: Database,
  house: Pick<House, "clock" | "settings">,
  viewer: Pick<Viewer, "id" | "email" | "name" | "roles" | "session" | "passkeys">,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const site = relyingPartyOf(house.settings.publicUrl);
  if (!site) throw new Refusal("passkey_no_name");
  if (!(await mayAddPasskey(db, house, viewer))) throw new Refusal("passkey_recovery_needed");
  if (viewer.passkeys >= mostPasskeys) throw new Refusal("too_many_passkeys");
  const known = await db
    .selectFrom("passkey")
    .select("credential_id as id")
    .where("person_id", "=", viewer.id)
    .execute();
  const options = await generateRegistrationOptions({
    rpID: site.id,
    rpName: site.name,
    userID: new TextEncoder().encode(viewer.id),
    userName: viewer.email,
    userDisplayName: viewer.name ?? viewer.email,
    attestationType: "none",
    excludeCredentials: known,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  await keepChallenge(db, house, {
    challenge: options.challenge,
    holder: { sessionId: viewer.session.id },
    purpose: "register",
  });
  return options;
}

/** What the browser is asked to sign in with: any passkey that it has for us. Refuses `passkey_no_name`. */
export async function askPasskeySignIn(
  db: Database,
  house: Pick<House, "clock" | "settings">,
  { browserToken }: { browserToken: string },
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const site = relyingPartyOf(house.settings.publicUrl);
  if (!site) throw new Refusal("passkey_no_name");
  const options = await generateAuthenticationOptions({ rpID: site.id, userVerification: "required" });
  await keepChallenge(db, house, {
    challenge: options.challenge,
    holder: { browserToken },
    purpose: "sign_in",
  });
  return options;
}
