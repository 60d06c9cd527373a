/** What the tests of formats stand on: an album of short sounds, with a whole record and a cover, and somebody who bought it. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { sql } from "kysely";
import { v7 } from "uuid";
import type { Choice, SoundFormat } from "#domain/delivery/formats.ts";
import { findParcel, type Scope } from "#domain/delivery/parcel-queries.server.ts";
import { prepareParcel } from "#domain/delivery/prepare-parcel.server.ts";
import type { House } from "#domain/house.ts";
import { picture, wav } from "#tests/hostile/make-files.ts";
import { makeFormatTask } from "#workers/tasks/make-format.ts";
import { openShelf } from "./shelf.ts";

const run = promisify(execFile);
type Job = { sourceId: string; format: SoundFormat };

export async function formatsShelf() {
  const shelf = await openShelf();
  const { db, clock } = shelf;
  const folder = await mkdtemp(join(tmpdir(), "formats-"));
  const house = {
    ...shelf.house,
    settings: { ffmpegPath: "ffmpeg", sessionSecret: "secret-of-the-tests", secure: false },
  } as House;
  const { storage } = house;

  /** A sound of one second, as ffmpeg writes it. */
  async function sound(name: string, ...codec: string[]): Promise<Buffer> {
    const source = join(folder, "source.wav");
    await writeFile(source, wav({ seconds: 1 }));
    const path = join(folder, name);
    await run("ffmpeg", ["-nostdin", "-y", "-v", "error", "-i", source, ...codec, path]);
    return readFile(path);
  }

  async function addTrack(
    workId: string,
    position: number,
    title: string,
    sound: { bytes: Buffer; mediaType: string; facts: object },
  ) {
    const known = await db
      .selectFrom("edition")
      .select("id")
      .where("work_id", "=", workId)
      .executeTakeFirst();
    const editionId = known?.id ?? v7();
    if (!known)
      await db
        .insertInto("edition")
        .values({ id: editionId, work_id: workId, format: "music", created_at: clock.now() })
        .execute();
    const assetId = await shelf.asset(workId, "original", sound.bytes, {
      editionId,
      mediaType: sound.mediaType,
      facts: sound.facts,
    });
    const recordingId = v7();
    await db
      .insertInto("recording")
      .values({
        id: recordingId,
        work_id: workId,
        asset_id: assetId,
        disc: 1,
        position,
        title,
        isrc: "CAX012600001",
        lyrics: "La mer monte,\nla mer s’en va.",
        duration_ms: 1_000,
      })
      .execute();
    return { assetId, recordingId };
  }

  async function album(slug: string, title: string) {
    const workId = await shelf.shelve({
      slug,
      title,
      kind: "album",
      by: [
        { name: "Ana Roy", role: "performer" },
        { name: "Bo Côté", role: "performer" },
        { name: "Lise Gagnon", role: "composer" },
        { name: "Max Dubé", role: "mixer" },
      ],
      subjects: ["Folk", "Trad"],
    });
    const coverId = await shelf.asset(workId, "cover", await picture(60, 60), { mediaType: "image/jpeg" });
    await db
      .updateTable("work")
      .set({ cover_id: coverId, published_on: "2026-03-02", rights: "© 2026 Ana Roy" })
      .where("id", "=", workId)
      .execute();
    return workId;
  }

  const keyOf = async (assetId: string) =>
    (await db.selectFrom("asset").select("storage_key").where("id", "=", assetId).executeTakeFirstOrThrow())
      .storage_key;

  return {
    ...shelf,
    house,
    folder,
    sound,
    addTrack,
    album,
    keyOf,
    read: async (assetId: string) => {
      const body = await storage.read(await keyOf(assetId));
      return Buffer.concat(await body.toArray());
    },
    /** A digest of the sound itself, decoded to 16 bits. */
    async heard(bytes: Buffer): Promise<string> {
      const path = join(folder, "heard");
      await writeFile(path, bytes);
      const { stdout } = await run(
        "ffmpeg",
        ["-nostdin", "-v", "error", "-i", path, "-map", "0:a:0", "-c:a", "pcm_s16le", "-f", "s16le", "-"],
        { encoding: "buffer" },
      );
      return createHash("sha256").update(stdout).digest("hex");
    },
    prepare: (scope: Scope, choice: Choice) => prepareParcel(db, house, { scope, choice }),
    parcel: (scope: Scope) => findParcel(db, scope),
    /** The jobs that were rung and not taken yet, taken from the queue. */
    async rung(): Promise<Job[]> {
      const { rows } = await sql<{ data: Job }>`
        delete from pgboss.job where name = 'make-format' and state = 'created' returning data`.execute(db);
      return rows.map(({ data }) => data).sort((one, other) => one.format.localeCompare(other.format));
    },
    make: async (jobs: readonly Job[]) => {
      for (const job of jobs) await makeFormatTask(db, house, job);
    },
    async close() {
      await shelf.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
