/**
 * music-metadata, completed where version 12.1.0 is wrong or silent: FLAC in Ogg (no tag read), RF64 (not known), text of
 * AIFF (accents lost), WAVE of more than 16 bits (codec unnamed), FLAC and Opus in MP4 (unnamed), sound behind a few
 * kilobytes of nothing, FLAC that was streamed and Ogg that is several (length).
 */
import { openAsBlob } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { type IAudioMetadata, type IFormat, parseBlob, parseBuffer, parseFile } from "music-metadata";
import { Unacceptable } from "../inspection.ts";
import type { Reading } from "../reading.ts";
import { aiffTexts } from "./aiff-texts.ts";
import { flacSeconds } from "./flac-length.ts";
import { chainSeconds } from "./ogg-chain.ts";
import { nativeHead } from "./ogg-flac.ts";
import { waveCodec, waveOfRf64 } from "./wave.ts";

const OPTIONS = { duration: true, skipPostHeaders: false, includeChapters: false };

/** Refuses with `unreadable` whatever the parser throws: its errors are of many classes, and none is a defect of ours. */
export async function parseSound(reading: Reading): Promise<IAudioMetadata> {
  try {
    const metadata = await parse(reading);
    return await completed(metadata, reading);
  } catch (problem) {
    if (problem instanceof Unacceptable) throw problem;
    throw new Unacceptable(
      "unreadable",
      problem instanceof Error ? `${problem.name}: ${problem.message}` : undefined,
    );
  }
}

async function parse({ path, sniffed, notes }: Reading): Promise<IAudioMetadata> {
  const { mediaType } = sniffed;
  if (mediaType === "audio/wav") {
    const wave = await waveOfRf64(path);
    if (wave) return parseBlob(wave, OPTIONS);
  }
  try {
    return await parseFile(path, OPTIONS);
  } catch (problem) {
    // A picture written in letters (Vorbis) with one that is none: the parser gives up the file, we give up the picture.
    if (problem instanceof Error && problem.name === "InvalidCharacterError") {
      notes.warn("cover_unreadable");
      return parseFile(path, { ...OPTIONS, skipCovers: true });
    }
    // It knows files by their first bytes or their extension; we have looked further, and links have no extension.
    if (!(problem instanceof Error) || !/FileType/.test(problem.name)) throw problem;
    return parseBlob(await openAsBlob(path, { type: mediaType }), OPTIONS);
  }
}

async function completed(metadata: IAudioMetadata, reading: Reading): Promise<IAudioMetadata> {
  const { mediaType } = reading.sniffed;
  if (mediaType === "audio/ogg" || mediaType === "audio/opus") {
    const whole = mediaType === "audio/ogg" ? await withOggFlac(metadata, reading) : metadata;
    return withSeconds(whole, await withFile(reading, (file) => chainSeconds(file, reading.size)));
  }
  if (mediaType === "audio/flac" && !metadata.format.duration)
    return withSeconds(metadata, await withFile(reading, (file) => flacSeconds(file, reading.size)));
  if (mediaType === "audio/aiff" && metadata.native.AIFF)
    return withTexts(metadata, await withFile(reading, (file) => aiffTexts(file, reading.size)));
  const { codec, trackInfo } = metadata.format;
  if (mediaType === "audio/wav" && codec?.startsWith("non-PCM"))
    return withFormat(metadata, await withFile(reading, waveCodec));
  if (mediaType === "audio/mp4" && !codec)
    return withFormat(metadata, MP4_CODECS[trackInfo[0]?.codecName ?? ""]);
  return metadata;
}

/** Told where the parser knows no length, or that of a part. */
function withSeconds(metadata: IAudioMetadata, seconds: number | undefined): IAudioMetadata {
  return withFormat(metadata, seconds === undefined ? undefined : { duration: seconds });
}

const MP4_CODECS: Record<string, Partial<IFormat>> = {
  "<fLaC>": { codec: "FLAC", lossless: true },
  "<Opus>": { codec: "Opus", lossless: false },
};

function withFormat(metadata: IAudioMetadata, format: Partial<IFormat> | undefined): IAudioMetadata {
  return format ? { ...metadata, format: { ...metadata.format, ...format } } : metadata;
}

async function withFile<T>({ path }: Reading, read: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, "r");
  return read(file).finally(() => file.close());
}

async function withOggFlac(metadata: IAudioMetadata, reading: Reading): Promise<IAudioMetadata> {
  const head = await withFile(reading, (file) => nativeHead(file, reading.size));
  if (!head) return metadata;
  const tags = await parseBuffer(head, { mimeType: "audio/flac", size: head.length }, OPTIONS);
  const ogg = { codec: "FLAC", container: "Ogg", lossless: true };
  return { ...tags, format: { ...tags.format, ...defined(metadata.format), ...ogg } };
}

function defined(format: IFormat): Partial<IFormat> {
  return Object.fromEntries(Object.entries(format).filter(([, value]) => value !== undefined && value !== 0));
}

function withTexts(metadata: IAudioMetadata, texts: { title?: string; artist?: string; copyright?: string }) {
  const { common, native, format } = metadata;
  // An ID3 chunk, where there is one, says more and was read well.
  if (Object.keys(native).some((type) => type.startsWith("ID3"))) return metadata;
  const { artist } = texts;
  const said = { ...texts, ...(artist ? { artists: [artist] } : {}) };
  return { ...metadata, common: { ...common, ...said }, format };
}
