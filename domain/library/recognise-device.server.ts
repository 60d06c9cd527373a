import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import type { DeviceKind } from "./create-device.server.ts";
import { hashDevicePassword, tokenFits, unsealPassword } from "./device-secret.ts";

/** What a device shows: its password with the e-mail address or alone (`email` null: a key), or the token of a player. */
export type DeviceProof =
  | { email: string | null; password: string }
  | { email: string; token: string; salt: string };

/** Whose library it opens, and in which language that person reads. */
export type DeviceOwner = { deviceId: string; personId: string; email: string; locale: "fr" | "en" };

type Row = DeviceOwner & {
  secret_sealed: Buffer | null;
  revoked: boolean;
  stale: boolean;
};

const usedEveryMs = 10 * 60_000;

/**
 * The device of this kind that knows the password, in one query; « revoked » where its owner has ended it, null for anything else.
 * Written down as used, once in ten minutes at most.
 */
export async function recogniseDevice(
  db: Database,
  { clock, settings }: Pick<House, "clock" | "settings">,
  { kind, proof }: { kind: DeviceKind; proof: DeviceProof },
): Promise<DeviceOwner | "revoked" | null> {
  const now = clock.now();
  const stale = new Date(now.getTime() - usedEveryMs);
  const { email } = proof;
  const hash = "password" in proof ? hashDevicePassword(proof.password) : null;
  // Those in use first: a token is tried against each password of that person.
  const { rows } = await sql<Row>`
    select d.id as "deviceId", d.person_id as "personId", p.email, p.locale, d.secret_sealed,
      d.revoked_at is not null as revoked, (d.used_at is null or d.used_at < ${stale}) as stale
    from device d join person p on p.id = d.person_id
    where d.kind = ${kind}
      and ${email === null ? sql`true` : sql`p.email = ${email.trim().toLowerCase()}`}
      and ${hash === null ? sql`true` : sql`d.secret_hash = ${hash}`}
    order by d.revoked_at desc nulls first, d.created_at desc limit 60`.execute(db);
  const found = rows.find((row) => {
    if ("password" in proof) return true;
    const password =
      row.secret_sealed && unsealPassword(settings.sessionSecret, row.deviceId, row.secret_sealed);
    return password !== null && tokenFits(password, proof);
  });
  if (!found) return null;
  if (found.revoked) return "revoked";
  if (found.stale)
    await db
      .updateTable("device")
      .set({ used_at: now })
      .where("id", "=", found.deviceId)
      .where((eb) => eb.or([eb("used_at", "is", null), eb("used_at", "<", stale)]))
      .execute();
  const { deviceId, personId, locale } = found;
  return { deviceId, personId, email: found.email, locale };
}
