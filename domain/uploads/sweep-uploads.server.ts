import type { Database } from "#db/connection.ts";
import { StorageFailure } from "#gateways/storage-failure.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { Refusal } from "../refusal.ts";
import { COVER_FOUND } from "./limits.ts";
import { anyUpload, type OwnUpload } from "./own-upload.server.ts";
import { receive } from "./receive-upload.server.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A tab closed after its last part: what is whole is received for it. */
const LOOK_AFTER = 10 * MINUTE;
/** Nobody came back: the parts are given up. */
const EXPIRES_AFTER = 7 * DAY;
/** A reading takes seconds; after this its job is lost, and asked for again. */
const READ_WITHIN = 20 * MINUTE;
/** Long enough for a person to ask why, and for us to look. */
const REFUSED_BYTES_KEPT = 7 * DAY;
const AT_ONCE = 50;

/**
 * Finds what was left behind. Each upload is dealt with alone: one that the storage refuses to talk about does not keep
 * the others waiting. Returns how many were received, expired, asked for again and removed.
 */
export async function sweepUploads(
  db: Database,
  house: Pick<House, "clock" | "queue" | "storage">,
): Promise<{ received: number; expired: number; asked: number; removed: number }> {
  const now = house.clock.now().getTime();
  const before = (age: number) => new Date(now - age);
  const counts = { received: 0, expired: 0, asked: 0, removed: 0 };
  for (const upload of await inState(db, ["open"], before(LOOK_AFTER))) {
    const whole = await receivedForClosedTab(db, house, upload);
    if (whole) counts.received += 1;
    else if (await expire(db, house, upload, before(EXPIRES_AFTER))) counts.expired += 1;
  }
  for (const { id } of await inState(db, ["received"], before(READ_WITHIN))) {
    await enqueue(db, house, "inspect-asset", { uploadId: id });
    await db
      .updateTable("upload")
      .set({ state_at: house.clock.now() })
      .where("id", "=", id)
      .where("state", "=", "received")
      .execute();
    counts.asked += 1;
  }
  counts.removed = await removeBytes(db, house, before(REFUSED_BYTES_KEPT));
  return counts;
}

async function inState(db: Database, states: OwnUpload["state"][], until: Date): Promise<OwnUpload[]> {
  const rows = await db
    .selectFrom("upload")
    .select("id")
    .where("state", "in", states)
    .where("state_at", "<=", until)
    .orderBy("state_at")
    .limit(AT_ONCE)
    .execute();
  const found = await Promise.all(rows.map(({ id }) => anyUpload(db, id)));
  return found.filter((upload): upload is OwnUpload => upload !== undefined);
}

async function receivedForClosedTab(
  db: Database,
  house: Pick<House, "clock" | "queue" | "storage">,
  upload: OwnUpload,
): Promise<boolean> {
  try {
    return (await receive(db, house, upload)).state === "received";
  } catch (problem) {
    if (problem instanceof Refusal || (problem instanceof StorageFailure && problem.absent)) return false;
    throw problem;
  }
}

async function expire(
  db: Database,
  { clock, storage }: Pick<House, "clock" | "storage">,
  upload: OwnUpload,
  until: Date,
): Promise<boolean> {
  const marked = await db
    .updateTable("upload")
    .set({ state: "expired", state_at: clock.now() })
    .where("id", "=", upload.id)
    .where("state", "=", "open")
    .where("created_at", "<=", until)
    .returning("id")
    .executeTakeFirst();
  if (!marked) {
    // Still young: looked at again only after the others, so that fifty stale ones do not hide the rest.
    await db
      .updateTable("upload")
      .set({ state_at: clock.now() })
      .where("id", "=", upload.id)
      .where("state", "=", "open")
      .execute();
    return false;
  }
  if (upload.multipartId !== null) await storage.abortMultipart(upload.storageKey, upload.multipartId);
  return true;
}

/** Bytes of what was refused long ago or removed by its artist; the row stays, its multipart and its hash go. */
async function removeBytes(db: Database, { storage }: Pick<House, "storage">, until: Date): Promise<number> {
  const gone = await db
    .selectFrom("upload")
    .select(["id", "storage_key as key", "multipart_id as multipartId"])
    .where((eb) =>
      eb.or([
        eb.and([eb("state", "=", "refused"), eb("state_at", "<=", until)]),
        eb("state", "=", "removed"),
      ]),
    )
    .where("multipart_id", "is not", null)
    .limit(AT_ONCE)
    .execute();
  for (const { id, key, multipartId } of gone) {
    const made = await db
      .selectFrom("asset")
      .select("storage_key as key")
      .where("upload_id", "=", id)
      .execute();
    const found = key.replace(/[^/]*$/, COVER_FOUND);
    for (const each of [key, found, ...made.map((asset) => asset.key)]) await storage.remove(each);
    if (multipartId !== null) await storage.abortMultipart(key, multipartId);
    // « No multipart any more » is how the next sweep knows that nothing is left.
    await db.updateTable("upload").set({ multipart_id: null }).where("id", "=", id).execute();
  }
  return gone.length;
}
