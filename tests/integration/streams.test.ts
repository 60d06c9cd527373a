import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findHeardFile, findHearing } from "#domain/delivery/hearing-queries.server.ts";
import { setHearing } from "#domain/delivery/set-hearing.server.ts";
import type { Extent } from "#domain/delivery/streams.ts";
import { sweepFormats } from "#domain/delivery/sweep-formats.server.ts";
import { sweepStreams } from "#domain/delivery/sweep-streams.server.ts";
import { wantStreams } from "#domain/delivery/want-streams.server.ts";
import { makeStreamTask } from "#workers/tasks/make-stream.ts";
import { formatsShelf } from "./formats-shelf.ts";

const run = promisify(execFile);
let at: Awaited<ReturnType<typeof formatsShelf>>;
let album: string;
let track: { assetId: string; recordingId: string };
beforeAll(async () => {
  at = await formatsShelf();
  album = await at.album("marees", "Marées");
  track = await at.addTrack(album, 1, "Jusant", {
    bytes: await louds(8),
    mediaType: "audio/flac",
    facts: {},
  });
});
afterAll(() => at.close());

/** Quiet, with sharp peaks: what a gain alone would push over. Its second half is louder. */
async function louds(seconds: number): Promise<Buffer> {
  const beats = `(if(lt(mod(t\\,0.5)\\,0.002)\\,0.9\\,0.12)*sin(2*PI*1500*t)+if(gt(t\\,${seconds / 2})\\,0.05\\,0.02)*sin(2*PI*440*t))`;
  const path = join(at.folder, "louds.flac");
  const source = ["-f", "lavfi", "-i", `aevalsrc=${beats}|${beats}:s=44100:d=${seconds}`];
  await run("ffmpeg", ["-nostdin", "-y", "-v", "error", ...source, path]);
  return readFile(path);
}

type Job = { sourceId: string; extent: Extent };
async function rung(): Promise<Job[]> {
  const { rows } = await sql<{ data: Job }>`
    delete from pgboss.job where name = 'make-stream' and state = 'created' returning data`.execute(at.db);
  return rows.map(({ data }) => data);
}
const make = async () => {
  for (const job of await rung()) await makeStreamTask(at.db, at.house, job);
};
const bytesOf = async (key: string) =>
  Buffer.concat(await (await at.house.storage.read(key)).toArray()) as Buffer;
const hear = (as: "opus" | "aac" | "peaks", personId: string | null = null) =>
  findHeardFile(at.db, { recordingId: track.recordingId, as, personId });
const look = (personId: string | null = null) => findHearing(at.db, { slug: "marees", personId });

async function measured(bytes: Buffer): Promise<{ loudness: number; peak: number; seconds: number }> {
  const path = join(at.folder, "measured");
  await writeFile(path, bytes);
  const { stderr } = await run("ffmpeg", [
    "-nostdin",
    "-i",
    path,
    "-af",
    "ebur128=peak=true",
    "-f",
    "null",
    "-",
  ]);
  const [loudness, peak] = [/I:\s+(-?[\d.]+) LUFS\s+Threshold/, /Peak:\s+(-?[\d.]+) dBFS/].map((pattern) =>
    Number(stderr.slice(stderr.lastIndexOf("Summary")).match(pattern)?.[1]),
  );
  const [, minutes, seconds] = /time=\d+:(\d+):([\d.]+)(?![\s\S]*time=)/.exec(stderr) ?? [];
  return { loudness: loudness!, peak: peak!, seconds: Number(minutes) * 60 + Number(seconds) };
}

describe("what is heard before buying", () => {
  it("is nothing until it is made, then each track in full, twice, at one loudness, no peak too high", async () => {
    expect(await look()).toMatchObject({
      policy: "full",
      freePlays: 3,
      held: false,
      tracks: [{ sources: [] }],
    });
    expect(await hear("opus")).toBeNull();
    expect(await wantStreams(at.db, at.house, { workId: album })).toBe(1);
    expect(await wantStreams(at.db, at.house)).toBe(0);
    await make();
    expect((await look())?.tracks[0]).toMatchObject({
      id: track.recordingId,
      heardSeconds: 8,
      hasPeaks: true,
      sources: [
        { as: "opus", type: "audio/ogg; codecs=opus" },
        { as: "aac", type: "audio/mp4; codecs=mp4a.40.2" },
      ],
    });
    for (const as of ["opus", "aac"] as const) {
      const file = (await hear(as))!;
      expect(file).toMatchObject({ held: false, freePlays: 3, media: { shared: false } });
      const bytes = await bytesOf(file.media.storageKey);
      expect(bytes.length).toBe(file.media.bytes);
      const { loudness, peak, seconds } = await measured(bytes);
      expect(Math.abs(loudness + 16), as).toBeLessThan(1);
      expect(peak, as).toBeLessThanOrEqual(-1);
      expect(seconds).toBeCloseTo(8, 0);
      // A player begins before the end has come: what says where things are stands in front.
      if (as === "aac") expect(bytes.indexOf("moov")).toBeLessThan(bytes.indexOf("mdat"));
    }
    const shape = JSON.parse((await bytesOf((await hear("peaks"))!.media.storageKey)).toString());
    expect(shape.seconds).toBe(8);
    expect(shape.peaks).toHaveLength(1000);
    expect(Math.max(...shape.peaks)).toBe(1);
  }, 240_000);

  it("is made once, and the same bytes again from the same sound", async () => {
    expect(await wantStreams(at.db, at.house, { workId: album })).toBe(0);
    const job = { sourceId: track.assetId, extent: "whole" as const };
    const before = await bytesOf((await hear("opus"))!.media.storageKey);
    await makeStreamTask(at.db, at.house, job);
    await at.db
      .updateTable("track_stream")
      .set({ opus_id: null, aac_id: null, peaks_id: null, made_from: null })
      .execute();
    await makeStreamTask(at.db, at.house, job);
    expect(before.equals(await bytesOf((await hear("opus"))!.media.storageKey))).toBe(true);
  }, 240_000);

  it("is the beginning alone where the artist says so; who bought it hears all of it", async () => {
    const path = join(at.folder, "long.wav");
    await run("ffmpeg", ["-nostdin", "-y", "-v", "error", "-f", "lavfi", "-i", "sine=r=8000:d=95", path]);
    const long = await at.album("etales", "Étales");
    const bytes = await readFile(path);
    const { recordingId } = await at.addTrack(long, 1, "Étale", { bytes, mediaType: "audio/wav", facts: {} });
    const buyer = await at.person("lise@exemple.org");
    await at.sold(long, { email: "lise@exemple.org", personId: buyer });
    const mine = { personId: at.ana.personId, workId: long };
    const heard = (personId: string | null) => findHeardFile(at.db, { recordingId, as: "aac", personId });
    const shown = (personId: string | null) => findHearing(at.db, { slug: "etales", personId });
    await setHearing(at.db, at.house, { ...mine, policy: "start", freePlays: null });
    expect(await wantStreams(at.db, at.house, { workId: long })).toBe(2);
    await make();
    expect(await shown(null)).toMatchObject({
      policy: "start",
      freePlays: null,
      tracks: [{ heardSeconds: 90 }],
    });
    expect(await shown(buyer)).toMatchObject({ held: true, freePlays: null, tracks: [{ heardSeconds: 95 }] });
    const start = (await heard(null))!.media;
    expect((await heard(buyer))!.media.storageKey).not.toBe(start.storageKey);
    expect((await measured(await bytesOf(start.storageKey))).seconds).toBeCloseTo(90, 0);

    await setHearing(at.db, at.house, { ...mine, policy: "none", freePlays: 5 });
    expect(await shown(null)).toMatchObject({ policy: "none", tracks: [{ sources: [], hasPeaks: false }] });
    expect(await heard(null)).toBeNull();
    expect(await heard(buyer)).toMatchObject({ held: true, freePlays: null });

    // The beginning is put aside, and leaves the bucket a day later.
    expect(await sweepStreams(at.db, at.house)).toBe(1);
    expect(await sweepFormats(at.db, at.house)).toBe(0);
    at.clock.advance(86_400_000);
    expect(await sweepFormats(at.db, at.house)).toBe(3);
    expect(await at.house.storage.head(start.storageKey)).toBeNull();
  }, 240_000);

  it("is for nobody but its own people before it is in the shop, and of a number that makes sense", async () => {
    const mine = { personId: at.ana.personId, workId: album, policy: "full" as const };
    await expect(setHearing(at.db, at.house, { ...mine, freePlays: 0 })).rejects.toMatchObject({
      code: "free_plays",
    });
    const other = await at.person("max@exemple.org");
    await expect(
      setHearing(at.db, at.house, { ...mine, personId: other, freePlays: 3 }),
    ).rejects.toMatchObject({ code: "not_found" });
    await setHearing(at.db, at.house, { ...mine, freePlays: 3 });
    await at.db.updateTable("work").set({ state: "submitted" }).where("id", "=", album).execute();
    expect([await look(), await hear("opus"), await look(other)]).toEqual([null, null, null]);
    expect(await hear("opus", at.ana.personId)).toMatchObject({ held: false });
  });

  it("says so where a sound cannot be read, and does not ask again for the same", async () => {
    const broken = await at.addTrack(album, 2, "Étale", {
      bytes: Buffer.from("rien"),
      mediaType: "audio/flac",
      facts: {},
    });
    await wantStreams(at.db, at.house, { workId: album });
    await make();
    const row = await at.db
      .selectFrom("track_stream")
      .select(["reason", "made_from"])
      .where("source_id", "=", broken.assetId)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ reason: "not_made", made_from: null });
    expect(await wantStreams(at.db, at.house, { workId: album })).toBe(0);
  });
});
