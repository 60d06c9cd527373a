import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { hashDevicePassword, makeDevicePassword, sealPassword } from "./device-secret.ts";

export type DeviceKind = "reader" | "player";

const mostDevices = 20;

/**
 * Gives a device of this person a password of its own, which is told here and never again. `id` is made by the form: the same one
 * sent twice makes one device, whose password comes back null the second time. Refuses `too_many_devices` above twenty in use.
 */
export function createDevice(
  db: Database,
  { clock, settings }: Pick<House, "clock" | "settings">,
  input: { id: string; personId: string; kind: DeviceKind; name: string },
): Promise<{ password: string | null }> {
  return inTransaction(db, async (trx) => {
    // One at a time for a person, so that the limit holds.
    await trx.selectFrom("person").select("id").where("id", "=", input.personId).forUpdate().execute();
    const devices = await trx
      .selectFrom("device")
      .select("id")
      .where("person_id", "=", input.personId)
      .where((eb) => eb.or([eb("revoked_at", "is", null), eb("id", "=", input.id)]))
      .execute();
    if (devices.some(({ id }) => id === input.id)) return { password: null };
    if (devices.length >= mostDevices) throw new Refusal("too_many_devices");
    const password = makeDevicePassword();
    await trx
      .insertInto("device")
      .values({
        id: input.id,
        person_id: input.personId,
        kind: input.kind,
        name: input.name,
        secret_hash: hashDevicePassword(password),
        secret_sealed:
          input.kind === "player" ? sealPassword(settings.sessionSecret, input.id, password) : null,
        created_at: clock.now(),
      })
      .execute();
    return { password };
  });
}
