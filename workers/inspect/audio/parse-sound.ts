/**
 * music-metadata, completed where version 12.1.0 is wrong or silent: FLAC in Ogg (no tag read), RF64 (not known), text of
 * AIFF (accents lost), WAVE of more than 16 bits (codec unnamed), FLAC and Opus in MP4 (unnamed), sound behind a few
 * kilobytes of nothing, FLAC that was streamed and Ogg that is several (length).
 */
import { type IAudioMetadata, type IFormat, parseBlob, parseBuffer } from "music-metadata";
import { Unacceptable } from "../inspection.ts";
import type { Reading } from "../reading.ts";
import { aiffTexts } from "./aiff-texts.ts";
import { FileInBlocks } from "./file-in-blocks.ts";
import { flacSeconds } from "./flac-length.ts";
import { chainSeconds } from "./ogg-chain.ts";
import { nativeHead } from "./ogg-flac.ts";
import { waveCodec, waveOfRf64 } from "./wave.ts";

const OPTIONS = { duration: true, skipPostHeaders: false, includeChapters: false };

/** Refuses with `unreadable` whatever the parser throws: its errors are of many classes, and none is a defect of ours. */
export async function parseSound(reading: Reading): Promise<IAudioMetadata> {
  const file = new FileInBlocks(reading.path);
  try {
    const metadata = await parse(reading, file);
    return await completed(metadata, reading, file);
  } catch (problem) {
    if (problem instanceof Unacceptable) throw problem;
    throw new Unacceptable(
      "unreadable",
      problem instanceof Error ? `${problem.name}: ${problem.message}` : undefined,
    );
  } finally {
    file.close();
  }
}

/** By the type that its first bytes told us: links have no extension, and we have looked further than the parser would. */
async function parse({ path, sniffed, notes }: Reading, file: FileInBlocks): Promise<IAudioMetadata> {
  const { mediaType } = sniffed;
  if (mediaType === "audio/wav") {
    const wave = await waveOfRf64(path, file);
    if (wave) return parseBlob(wave, { ...OPTIONS });
  }
  try {
    return await parseBlob(file.asBlob(mediaType), { ...OPTIONS });
  } catch (problem) {
    // A picture written in letters (Vorbis) with one that is none: the parser gives up the file, we give up the picture.
    if (!(problem instanceof Error) || problem.name !== "InvalidCharacterError") throw problem;
    notes.warn("cover_unreadable");
    return parseBlob(file.asBlob(mediaType), { ...OPTIONS, skipCovers: true });
  }
}

async function completed(
  metadata: IAudioMetadata,
  reading: Reading,
  file: FileInBlocks,
): Promise<IAudioMetadata> {
  const { mediaType } = reading.sniffed;
  if (mediaType === "audio/ogg" || mediaType === "audio/opus") {
    const whole = mediaType === "audio/ogg" ? await withOggFlac(metadata, file) : metadata;
    return withSeconds(whole, await chainSeconds(file, file.size));
  }
  if (mediaType === "audio/flac" && !metadata.format.duration)
    return withSeconds(metadata, await flacSeconds(file, file.size));
  if (mediaType === "audio/aiff" && metadata.native.AIFF)
    return withTexts(metadata, await aiffTexts(file, file.size));
  const { codec, trackInfo } = metadata.format;
  if (mediaType === "audio/wav" && codec?.startsWith("non-PCM"))
    return withFormat(metadata, await waveCodec(file));
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

async function withOggFlac(metadata: IAudioMetadata, file: FileInBlocks): Promise<IAudioMetadata> {
  const head = await nativeHead(file, file.size);
  if (!head) return metadata;
  const tags = await parseBuffer(head, { mimeType: "audio/flac", size: head.length }, { ...OPTIONS });
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
