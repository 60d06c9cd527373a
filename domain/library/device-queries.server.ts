import type { Database } from "#db/connection.ts";
import type { DeviceKind } from "./create-device.server.ts";

export type Device = {
  id: string;
  kind: DeviceKind;
  name: string;
  createdAt: Date;
  /** To ten minutes; null where it never came. */
  usedAt: Date | null;
};

/** The devices of this person that may come in, newest first. */
export async function listDevices(db: Database, personId: string): Promise<Device[]> {
  const rows = await db
    .selectFrom("device")
    .select(["id", "kind", "name", "created_at", "used_at"])
    .where("person_id", "=", personId)
    .where("revoked_at", "is", null)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as DeviceKind,
    name: row.name,
    createdAt: row.created_at,
    usedAt: row.used_at,
  }));
}
