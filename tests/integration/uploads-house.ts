/** What the tests of uploads stand on: a database of their own, a real storage double, a clock that is moved, one member. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { startS3 } from "#dev/emulators/s3/server.ts";
import { startWork } from "#domain/catalogue/start-work.server.ts";
import { foundCoop } from "#domain/coops/found-coop.server.ts";
import type { House } from "#domain/house.ts";
import { admitMember } from "#domain/membership/admit-member.server.ts";
import { openUpload } from "#domain/uploads/open-upload.server.ts";
import { receiveUpload } from "#domain/uploads/receive-upload.server.ts";
import { signParts } from "#domain/uploads/sign-parts.server.ts";
import { setClock } from "#gateways/clock.ts";
import { createStorage } from "#gateways/storage.ts";
import { freshDatabase } from "#tests/database.ts";

export async function uploadsHouse() {
  const folder = await mkdtemp(join(tmpdir(), "uploads-"));
  const scratch = await freshDatabase();
  const keys = { accessKeyId: "clef", secretAccessKey: "secret" };
  const server = await startS3({ dataDir: join(folder, "s3"), region: "ca-central-1", ...keys });
  const storage = createStorage({
    endpoint: server.url,
    region: "ca-central-1",
    bucket: "oeuvres",
    forcePathStyle: true,
    ...keys,
  });
  await storage.ensureBucket(["https://ventes.test"]);
  const clock = setClock("2026-11-22T10:00:00Z");
  const settings = { ffmpegPath: "ffmpeg" } as House["settings"];
  const house = { clock, storage, queue: scratch.queue, settings } as House & { clock: typeof clock };
  const { db } = scratch;
  const { id: coopId } = await foundCoop(db, house, {
    slug: "fleuve",
    name: "Fleuve",
    legalForm: "coop_qc",
    place: "CA-QC",
  });
  const ana = await admitMember(db, house, { coopId, email: "ana@exemple.coop", name: "Ana Roy" });
  const ben = await admitMember(db, house, { coopId, email: "ben@exemple.coop", name: "Ben Côté" });

  /** PUTs the parts that a browser would be given, all of them or the first few. */
  async function sendParts(
    uploadId: string,
    content: Buffer,
    most = Number.POSITIVE_INFINITY,
  ): Promise<number> {
    const { parts } = await signParts(db, house, { personId: ana.personId, uploadId });
    for (const { url, start, end } of parts.slice(0, most)) {
      const answer = await fetch(url, { method: "PUT", body: new Uint8Array(content.subarray(start, end)) });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    }
    return Math.min(parts.length, most);
  }
  const open = (workId: string, fileName: string, bytes: number, lastModified = 1) =>
    openUpload(db, house, { personId: ana.personId, workId, fileName, bytes, type: "", lastModified });

  return {
    db,
    house,
    clock,
    coopId,
    ana,
    ben,
    open,
    sendParts,
    start: async (kind: "book" | "album", title?: string) =>
      (await startWork(db, house, { ...ana, kind, ...(title ? { title } : {}) })).workId,
    /** A whole file, from the browser to « received ». */
    async send(workId: string, fileName: string, content: Buffer): Promise<string> {
      const { uploadId } = await open(workId, fileName, content.length);
      await sendParts(uploadId, content);
      await receiveUpload(db, house, { personId: ana.personId, uploadId });
      return uploadId;
    },
    /** Names of the jobs that wait, for one upload. */
    async jobs(uploadId: string): Promise<string[]> {
      const { rows } = await sql<{ name: string }>`
        select name from pgboss.job where data ->> 'uploadId' = ${uploadId} order by created_on`.execute(db);
      return rows.map(({ name }) => name);
    },
    async close() {
      storage.close();
      await server.close();
      await scratch.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
