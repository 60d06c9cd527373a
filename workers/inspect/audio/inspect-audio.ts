import { closeSync, openSync, readSync } from "node:fs";
import { type IAudioMetadata, type IFormat, selectCover } from "music-metadata";
import { cleanLine } from "#domain/metadata/clean-text.ts";
import type { AudioFacts } from "#domain/metadata/inspection.ts";
import { placeInName } from "#domain/metadata/track-place.ts";
import { inMemory } from "../image/measure.ts";
import { Unacceptable } from "../inspection.ts";
import type { Reading } from "../reading.ts";
import { behindId3, mpegFramesIn } from "../sniff.ts";
import { parseSound } from "./parse-sound.ts";
import { noteTags } from "./record-of-tags.ts";
import { refuseSwarm } from "./refuse-swarm.ts";
import { sourceOf } from "./sources.ts";

/** Longer than any piece of music or audiobook file; a header that says more is lying. */
const LONGEST_MS = 48 * 3_600_000;
/** Bytes in which sound must begin behind the tag: the parser would walk a whole file of noise byte by byte. */
const SOUND_WITHIN = 131_072;

export async function inspectAudio(reading: Reading): Promise<void> {
  const { path, size, sniffed, notes } = reading;
  if (sniffed.mediaType === "audio/mpeg") await refuseNoise(path, size);
  refuseSwarm(path, size, sniffed.mediaType);
  const metadata = await parseSound(reading);
  const { format, common } = metadata;
  if (format.trackInfo.some(({ video }) => video !== undefined) || format.hasVideo)
    throw new Unacceptable("video");
  if (/^drm|^enca/i.test(format.codec ?? "")) throw new Unacceptable("drm", format.codec);
  notes.audio = factsOf(format, sniffed.mediaType);
  if (notes.audio.durationMs === null)
    notes.warn((format.duration ?? 0) > 0 ? "duration_absurd" : "duration_unknown");
  if (metadata.quality.warnings.length > 0 && !harmless(metadata))
    notes.warn("tags_damaged", metadata.quality.warnings[0]?.message);
  noteTags(metadata, notes);
  if (!notes.has("trackTitle")) {
    notes.warn("title_missing");
    noteTrackName(reading);
  }
  reading.recordRead();
  const cover = selectCover(common.picture);
  if (cover && cover.data.length > 0)
    await reading.keepCover(inMemory(cover.data), sourceOf(metadata.native, "picture"));
}

/** « CD1/03 - À la claire fontaine.wav »: the last resort of those who tag nothing. */
function noteTrackName({ fileName, notes }: Reading): void {
  const { number, title } = placeInName(cleanLine(fileName, 255));
  notes.note("trackTitle", cleanLine(title), "file-name");
  if (number !== null && !notes.has("trackNumber")) notes.note("trackNumber", number, "file-name");
}

async function refuseNoise(path: string, size: number): Promise<void> {
  const file = openSync(path, "r");
  try {
    const readAt = async (offset: number, length: number) => {
      const piece = Buffer.allocUnsafe(length);
      return piece.subarray(0, readSync(file, piece, 0, length, offset));
    };
    const start = await behindId3(readAt);
    if (start >= size) throw new Unacceptable("no_audio", "the tag says that it is longer than the file");
    // Sound nearly always begins at once; the rest is read only when it does not.
    if (mpegFramesIn(await readAt(start, 8_192), 4_096)) return;
    if (!mpegFramesIn(await readAt(start, SOUND_WITHIN), SOUND_WITHIN)) throw new Unacceptable("no_audio");
  } finally {
    closeSync(file);
  }
}

function factsOf(format: IFormat, mediaType: string): AudioFacts {
  const milliseconds = Math.round((format.duration ?? 0) * 1000);
  const positive = (value: number | undefined) =>
    value !== undefined && Number.isFinite(value) && value > 0 ? Math.round(value) : null;
  return {
    durationMs:
      Number.isFinite(milliseconds) && milliseconds > 0 && milliseconds < LONGEST_MS ? milliseconds : null,
    codec: cleanLine(format.codec ?? "", 60),
    container: cleanLine(format.container ?? mediaType, 60),
    // AIFF-C is told as lossy by the parser, whatever it holds.
    lossless: format.lossless === true || /^(?:PCM|\d+-bit floating)/.test(format.codec ?? ""),
    sampleRate: positive(format.sampleRate),
    ...(positive(format.bitsPerSample) ? { bitDepth: positive(format.bitsPerSample) as number } : {}),
    channels: positive(format.numberOfChannels),
    bitrate: positive(format.bitrate),
  };
}

/**
 * Notes of the parser that say nothing about the file's health: the padding of an ID3 tag read as nameless frames, down
 * to its last bytes, and the length that programmes write when they stream a WAV and do not know its end yet.
 */
function harmless({ quality }: IAudioMetadata): boolean {
  const kinds = quality.warnings.map(({ message }) => HARMLESS.findIndex((pattern) => pattern.test(message)));
  return !kinds.includes(-1) && (!kinds.includes(LAST_BYTES) || kinds.includes(PADDING));
}

const LAST_BYTES = 0;
const PADDING = 1;
const HARMLESS = [
  /^Illegal ID3v2 tag length$/,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: padding is made of NUL bytes
  /(?:frame-header-ID: |empty tag type=)[\s\u0000]*$/,
  /^Data chunk (?:size exceeds|length exceeding) file (?:size|length)$/i,
  /unknown|not supported|no 'common' mapping|skip|ignore chunk/i,
];
