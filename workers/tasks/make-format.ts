import { stat } from "node:fs/promises";
import { trackToMake } from "#domain/delivery/format-queries.server.ts";
import { soundFormats } from "#domain/delivery/formats.ts";
import { recordFormat, recordNoFormat } from "#domain/delivery/record-format.server.ts";
import { makeFormat } from "../formats/make-format.ts";
import { FfmpegFailed, NoFfmpeg } from "../inspect/derivatives/ffmpeg.ts";
import type { Task } from "./task.ts";
import { inTemporaryFolder } from "./temporary-folder.ts";

/** Makes one track in one format. What it is made from gives its key, so that another record is another object. */
export const makeFormatTask: Task<"make-format"> = async (db, house, { sourceId, ...asked }) => {
  const format = soundFormats.find((each) => each === asked.format);
  const track = format && (await trackToMake(db, { sourceId, format }));
  if (!track) return;
  await inTemporaryFolder(async (folder) => {
    try {
      const { path, mediaType } = await makeFormat(house, track, format, folder);
      const { workId, fingerprint } = track;
      const storageKey = `formats/${sourceId}/${format}-${fingerprint.slice(0, 32)}`;
      await house.storage.write(storageKey, path, { contentType: mediaType });
      const { size: bytes } = await stat(path);
      await recordFormat(db, house, { sourceId, format, workId, fingerprint, storageKey, mediaType, bytes });
    } catch (problem) {
      const reason = problem instanceof NoFfmpeg ? "no_ffmpeg" : "not_made";
      await recordNoFormat(db, house, { sourceId, format, reason });
      // The page says so; what may pass, such as a bucket that is away, is tried again, and a success takes it back.
      if (!(problem instanceof NoFfmpeg || problem instanceof FfmpegFailed)) throw problem;
    }
  });
};
