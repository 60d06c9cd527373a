import { stat } from "node:fs/promises";
import { join } from "node:path";
import { recordNoStream, recordStream, type StreamFile } from "#domain/delivery/record-stream.server.ts";
import { streamToMake } from "#domain/delivery/stream-queries.server.ts";
import { streamTypes } from "#domain/delivery/streams.ts";
import { makeStream } from "../formats/make-stream.ts";
import { FfmpegFailed, NoFfmpeg } from "../inspect/derivatives/ffmpeg.ts";
import type { Task } from "./task.ts";
import { inTemporaryFolder } from "./temporary-folder.ts";

/** Makes what is heard of one track: two encodings and their shape. What it is made from gives the keys. */
export const makeStreamTask: Task<"make-stream"> = async (db, house, { sourceId, extent }) => {
  const wanted = await streamToMake(db, { sourceId, extent });
  if (!wanted) return;
  const { workId, fingerprint, mediaType } = wanted;
  await inTemporaryFolder(async (workDir) => {
    try {
      const path = join(workDir, "original");
      await house.storage.download(wanted.storageKey, path);
      const { ffmpegPath } = house.settings;
      const made = await makeStream({ path, mediaType }, extent, { ffmpegPath, workDir });
      const { seconds, loudness, truePeak, gain } = made;
      const facts = { seconds, loudness, truePeak, gain };
      const keep = async (name: string, file: string, type: string): Promise<StreamFile> => {
        const storageKey = `streams/${sourceId}/${extent}-${fingerprint.slice(0, 32)}.${name}`;
        await house.storage.write(storageKey, file, { contentType: type });
        return { storageKey, mediaType: type, bytes: (await stat(file)).size, facts };
      };
      const files = {
        opus: await keep("ogg", made.opus, streamTypes.opus.mediaType),
        aac: await keep("m4a", made.aac, streamTypes.aac.mediaType),
        peaks: await keep("json", made.peaks, "application/json"),
      };
      files.peaks.facts = { ...facts, bars: made.bars };
      await recordStream(db, house, { sourceId, extent, workId, fingerprint, files });
    } catch (problem) {
      const reason = problem instanceof NoFfmpeg ? "no_ffmpeg" : "not_made";
      await recordNoStream(db, house, { sourceId, extent, reason });
      // What may pass, such as a bucket that is away, is tried again.
      if (!(problem instanceof NoFfmpeg || problem instanceof FfmpegFailed)) throw problem;
    }
  });
};
