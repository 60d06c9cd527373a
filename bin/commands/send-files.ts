import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Pool } from "pg";
import type { Database } from "#db/connection.ts";
import { openQueue } from "#db/queue.ts";
import { jobs } from "#domain/jobs.ts";
import { openUpload } from "#domain/uploads/open-upload.server.ts";
import { listUploads } from "#domain/uploads/queries.server.ts";
import { receiveUpload } from "#domain/uploads/receive-upload.server.ts";
import { signParts } from "#domain/uploads/sign-parts.server.ts";
import { realClock } from "#gateways/clock.ts";
import { readEnv } from "#gateways/env.ts";
import { createStorage } from "#gateways/storage.ts";

export type Sender = {
  /** `there`: the work has this file already. Throws the refusals of an upload. */
  send: (workId: string, path: string) => Promise<"taken" | "there">;
  close: () => Promise<void>;
};

/** Sends files as the browser of the work's own member does, by signed parts; the worker then reads them as any other. */
export async function openSender(db: Database, pool: Pool): Promise<Sender> {
  const storage = createStorage(readEnv().storage);
  const queue = await openQueue({ pool, work: false, names: Object.keys(jobs), onError: console.error });
  const house = { clock: realClock, storage, queue };

  async function send(workId: string, path: string): Promise<"taken" | "there"> {
    const { personId } = await db
      .selectFrom("work")
      .innerJoin("member", "member.id", "work.member_id")
      .select("member.person_id as personId")
      .where("work.id", "=", workId)
      .executeTakeFirstOrThrow();
    const fileName = basename(path);
    const { size: bytes, mtimeMs } = await stat(path);
    const known = await listUploads(db, { personId, workId });
    if (known.some((each) => each.fileName === fileName && each.bytes === bytes && each.state !== "open"))
      return "there";
    const { uploadId } = await openUpload(db, house, {
      ...{ personId, workId, fileName, bytes, type: "application/octet-stream" },
      lastModified: Math.round(mtimeMs),
    });
    const file = await open(path);
    try {
      for (;;) {
        const { parts } = await signParts(db, house, { personId, uploadId });
        if (parts.length === 0) break;
        for (const { url, start, end } of parts) {
          const body = Buffer.alloc(end - start);
          await file.read(body, 0, body.length, start);
          const answer = await fetch(url, { method: "PUT", body });
          if (!answer.ok) throw new Error(`${fileName}: the bucket answered ${answer.status}`);
        }
      }
    } finally {
      await file.close();
    }
    await receiveUpload(db, house, { personId, uploadId });
    return "taken";
  }

  return {
    send,
    async close() {
      await queue.close();
      storage.close();
    },
  };
}
