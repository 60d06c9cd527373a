import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findUpload, listUploads } from "#domain/uploads/queries.server.ts";
import { receiveUpload } from "#domain/uploads/receive-upload.server.ts";
import { removeUpload } from "#domain/uploads/remove-upload.server.ts";
import { signParts } from "#domain/uploads/sign-parts.server.ts";
import { sweepUploads } from "#domain/uploads/sweep-uploads.server.ts";
import { uploadsHouse } from "./uploads-house.ts";

const MiB = 1_048_576;
const DAY = 86_400_000;
let at: Awaited<ReturnType<typeof uploadsHouse>>;
beforeAll(async () => {
  at = await uploadsHouse();
});
afterAll(() => at.close());

const mine = (uploadId: string) => ({ personId: at.ana.personId, uploadId });
const content = (bytes: number) => randomBytes(bytes);

describe("sending", () => {
  it("goes on after a cut with the parts that are missing, from another tab", async () => {
    const workId = await at.start("album");
    const bytes = content(20 * MiB);
    const { uploadId } = await at.open(workId, "été.flac", bytes.length);
    expect(await at.sendParts(uploadId, bytes, 1)).toBe(1);

    const again = await at.open(workId, "été.flac", bytes.length);
    expect(again).toEqual({ uploadId, resumed: true });
    const { received, parts, partCount } = await signParts(at.db, at.house, mine(uploadId));
    expect({ received, partCount, left: parts.map(({ number }) => number) }).toEqual({
      received: 8 * MiB,
      partCount: 3,
      left: [2, 3],
    });
    await expect(receiveUpload(at.db, at.house, mine(uploadId))).rejects.toMatchObject({
      code: "upload_incomplete",
    });

    await at.sendParts(uploadId, bytes);
    expect(await receiveUpload(at.db, at.house, mine(uploadId))).toEqual({ state: "received" });
    const { db } = at;
    const { storage_key: key } = await db
      .selectFrom("upload")
      .select("storage_key")
      .where("id", "=", uploadId)
      .executeTakeFirstOrThrow();
    const kept = Buffer.concat(await (await at.house.storage.read(key)).toArray());
    expect(kept.equals(bytes)).toBe(true);
    expect(key).not.toMatch(/flac|t%C3|été/);
  });

  it("asks once for the reading, however often it is told that all has come", async () => {
    const workId = await at.start("book");
    const bytes = content(1_000);
    const { uploadId } = await at.open(workId, "livre.epub", bytes.length);
    await at.sendParts(uploadId, bytes);
    await Promise.all([
      receiveUpload(at.db, at.house, mine(uploadId)),
      receiveUpload(at.db, at.house, mine(uploadId)),
    ]);
    await receiveUpload(at.db, at.house, mine(uploadId));
    expect(await at.jobs(uploadId)).toEqual(["inspect-asset"]);
  });

  it("finishes what a crash left between the storage and the database", async () => {
    const workId = await at.start("book");
    const bytes = content(1_000);
    const { uploadId } = await at.open(workId, "livre.epub", bytes.length);
    await at.sendParts(uploadId, bytes);
    const upload = await at.db
      .selectFrom("upload")
      .selectAll()
      .where("id", "=", uploadId)
      .executeTakeFirstOrThrow();
    const parts = await at.house.storage.listParts(upload.storage_key, upload.multipart_id as string);
    await at.house.storage.completeMultipart(upload.storage_key, upload.multipart_id as string, parts);
    expect(await receiveUpload(at.db, at.house, mine(uploadId))).toEqual({ state: "received" });
  });

  it("opens the multipart that a crash did not", async () => {
    const workId = await at.start("book");
    const { uploadId } = await at.open(workId, "livre.epub", 10);
    await at.db.updateTable("upload").set({ multipart_id: null }).where("id", "=", uploadId).execute();
    expect(await at.open(workId, "livre.epub", 10)).toEqual({ uploadId, resumed: true });
    expect((await signParts(at.db, at.house, mine(uploadId))).parts).toHaveLength(1);
  });

  it("refuses what may not be sent, before a byte is", async () => {
    const [book, album] = [await at.start("book"), await at.start("album")];
    await expect(at.open(book, "chanson.mp3", 10)).rejects.toMatchObject({ code: "upload_kind" });
    await expect(at.open(album, "livre.epub", 10)).rejects.toMatchObject({ code: "upload_kind" });
    await expect(at.open(book, "virus.exe", 10)).rejects.toMatchObject({ code: "upload_kind" });
    await expect(at.open(book, "livre.epub", 0)).rejects.toMatchObject({ code: "upload_empty" });
    await expect(at.open(book, "livre.epub", 600 * MiB)).rejects.toMatchObject({ code: "upload_too_large" });
    for (let i = 0; i < 52; i += 1)
      await at.open(album, `${i}.wav`, i < 51 ? 2_000 * MiB : 1).catch(() => {});
    await expect(at.open(album, "trop.wav", 2_000 * MiB)).rejects.toMatchObject({ code: "upload_quota" });
    await at.db.deleteFrom("upload").where("work_id", "=", album).execute();
  });

  it("does not exist for anybody else", async () => {
    const workId = await at.start("book");
    const { uploadId } = await at.open(workId, "livre.epub", 10);
    const others = { personId: at.ben.personId, uploadId };
    for (const verb of [
      () => signParts(at.db, at.house, others),
      () => receiveUpload(at.db, at.house, others),
      () => removeUpload(at.db, at.house, others),
    ]) {
      await expect(verb()).rejects.toMatchObject({ code: "not_found" });
    }
    expect(await findUpload(at.db, others)).toBeNull();
    expect(await listUploads(at.db, { personId: at.ben.personId, workId })).toEqual([]);
    expect(await findUpload(at.db, mine(uploadId))).toMatchObject({
      state: "open",
      fileName: "livre.epub",
      bytes: 10,
      reasons: [],
    });
  });
});

describe("the sweep", () => {
  it("receives what a tab closed after its last part left, and expires the rest after a week", async () => {
    const workId = await at.start("book");
    const bytes = content(500);
    const whole = (await at.open(workId, "entier.epub", 500)).uploadId;
    const half = (await at.open(workId, "moitie.epub", 12 * MiB)).uploadId;
    await at.sendParts(whole, bytes);
    await at.sendParts(half, content(12 * MiB), 1);
    expect(await sweepUploads(at.db, at.house)).toMatchObject({ expired: 0 });
    expect((await findUpload(at.db, mine(whole)))?.state).toBe("open");

    at.clock.advance(11 * 60_000);
    await sweepUploads(at.db, at.house);
    expect((await findUpload(at.db, mine(whole)))?.state).toBe("received");
    expect((await findUpload(at.db, mine(half)))?.state).toBe("open");
    expect(await at.jobs(whole)).toEqual(["inspect-asset"]);

    at.clock.advance(8 * DAY);
    await sweepUploads(at.db, at.house);
    expect((await findUpload(at.db, mine(half)))?.state).toBe("expired");
    await expect(signParts(at.db, at.house, mine(half))).rejects.toMatchObject({ code: "upload_over" });
  });

  it("asks again for a reading that was lost, and takes away the bytes of what was refused", async () => {
    const workId = await at.start("book");
    const lost = await at.send(workId, "perdu.epub", content(300));
    const refused = await at.send(workId, "refuse.epub", content(300));
    await at.db
      .updateTable("upload")
      .set({ state: "refused", state_at: at.clock.now() })
      .where("id", "=", refused)
      .execute();
    at.clock.advance(21 * 60_000);
    expect(await sweepUploads(at.db, at.house)).toMatchObject({ removed: 0 });
    expect(await at.jobs(lost)).toEqual(["inspect-asset", "inspect-asset"]);

    const key = `works/${workId}/uploads/${refused}/original`;
    expect(await at.house.storage.head(key)).not.toBeNull();
    at.clock.advance(8 * DAY);
    expect((await sweepUploads(at.db, at.house)).removed).toBe(1);
    expect(await at.house.storage.head(key)).toBeNull();
    expect((await sweepUploads(at.db, at.house)).removed).toBe(0);
  });
});
