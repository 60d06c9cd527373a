import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TrackToMake } from "#domain/delivery/format-queries.server.ts";
import type { SoundFormat } from "#domain/delivery/formats.ts";
import { tagsOf } from "#domain/delivery/tags.ts";
import type { House } from "#domain/house.ts";
import { type Encoded, encode } from "./encode.ts";
import { id3 } from "./id3.ts";
import { inFront } from "./in-front.ts";
import { tagChunks } from "./tag-chunks.ts";
import { tagFlac } from "./tag-flac.ts";
import { tagMp4 } from "./tag-mp4.ts";
import { tagOgg } from "./tag-ogg.ts";

/** A track in one format, with its record and cover in it, in `folder`. Throws `NoFfmpeg`, `FfmpegFailed`. */
export async function makeFormat(
  house: Pick<House, "settings" | "storage">,
  track: TrackToMake,
  format: SoundFormat,
  folder: string,
): Promise<Encoded> {
  const original = join(folder, "original");
  await house.storage.download(track.storageKey, original);
  const made = await encode({ ...track, path: original }, format, {
    ffmpegPath: house.settings.ffmpegPath,
    workDir: folder,
  });
  await tag(made, track, await coverOf(house, track, folder));
  return made;
}

/** The JPEG that the house made of the cover. */
async function coverOf({ storage }: Pick<House, "storage">, { coverKey }: TrackToMake, folder: string) {
  if (!coverKey) return null;
  const path = join(folder, "cover.jpg");
  await storage.download(coverKey, path);
  return readFile(path);
}

async function tag(
  { path, container }: Encoded,
  { record }: TrackToMake,
  cover: Buffer | null,
): Promise<void> {
  const tags = tagsOf(record);
  if (container === "flac") await tagFlac(path, tags, cover);
  else if (container === "ogg") await tagOgg(path, tags, cover);
  else if (container === "mp4") await tagMp4(path, tags, cover);
  else if (container === "mp3") await inFront(path, id3(tags, cover), 0);
  else await tagChunks(path, container, tags, cover);
}
