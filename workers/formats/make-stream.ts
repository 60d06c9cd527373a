import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { soundBars } from "#domain/catalogue/sound-bars.ts";
import { type Extent, startSeconds, streamTypes } from "#domain/delivery/streams.ts";
import { type Bounds, FfmpegFailed, ffmpeg, opened, soundAlone } from "../inspect/derivatives/ffmpeg.ts";
import { peaksOf } from "./peaks.ts";

/** Files in the working folder; `loudness` in LUFS and `truePeak` in dB of the source (null: silence), `gain` in dB. */
export type Stream = {
  opus: string;
  aac: string;
  peaks: string;
  /** The shape in few numbers, for a page. */
  bars: number[];
  seconds: number;
  loudness: number | null;
  truePeak: number | null;
  gain: number;
};

/** As the excerpts: the player goes from one to the other. */
const LUFS = -16;
/** No true peak above −1 dB: what the encoders add to a peak is about one more. */
const HIGHEST = -2;
/** What would need more than this is noise or silence. */
const MOST_GAIN = 20;
const PEAKS = 1000;
const PEAK_RATE = 8_000;
/** One hour of sound, both encodings, in the time that a job has. */
const BOUNDS: Bounds = { seconds: 210, fileBytes: 1_073_741_824 };

/**
 * What is heard of a track before it is bought, and by its buyers in the browser: Opus and AAC of all of it or of its beginning, at one
 * loudness (EBU R 128, measured over all that is heard, then one gain, so that its own louds and softs stay), and the shape of its
 * sound. Always the same bytes from the same sound. Throws `NoFfmpeg`, `FfmpegFailed`.
 */
export async function makeStream(
  sound: { path: string; mediaType: string },
  extent: Extent,
  { ffmpegPath, workDir }: { ffmpegPath: string; workDir: string },
): Promise<Stream> {
  const source = [
    ...(extent === "start" ? ["-t", String(startSeconds)] : []),
    ...opened(sound.path, sound.mediaType),
  ];
  const raw = join(workDir, "stream.pcm");
  const measured = [
    ...["-v", "info", "-nostats", ...source],
    ...["-map", "0:a:0", ...soundAlone, "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"],
    ...["-map", "0:a:0", ...soundAlone, "-ac", "1", "-ar", String(PEAK_RATE), "-f", "s16le", raw],
  ];
  const { stderr } = await ffmpeg(ffmpegPath, measured, workDir, BOUNDS);
  const { peaks, samples } = await peaksOf(raw, PEAKS);
  if (samples === 0) throw new FfmpegFailed("no sound");
  const seconds = Math.round((samples / PEAK_RATE) * 1000) / 1000;
  const { loudness, truePeak } = levelsIn(stderr);
  const gain =
    loudness === null
      ? 0
      : Math.round(Math.max(-MOST_GAIN, Math.min(MOST_GAIN, LUFS - loudness)) * 100) / 100;

  const files = { opus: join(workDir, "stream.ogg"), aac: join(workDir, "stream.m4a") };
  const isCut = extent === "start" && seconds >= startSeconds - 0.1;
  const filters = [
    "aformat=channel_layouts=mono|stereo",
    ...(gain === 0 ? [] : [`volume=${gain}dB`]),
    ...limited(truePeak, gain),
    "aresample=48000",
    ...(isCut ? [`afade=t=out:st=${startSeconds - 3}:d=3`] : []),
    "asplit=2[opus][aac]",
  ];
  const exact = [...soundAlone, "-map_chapters", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"];
  const encoded = [
    ...["-v", "error", ...source, "-filter_complex", `[0:a:0]${filters.join(",")}`],
    ...["-map", "[opus]", "-c:a", "libopus", "-b:a", String(streamTypes.opus.bitrate), "-vbr", "on"],
    ...[...exact, "-f", "ogg", files.opus],
    ...["-map", "[aac]", "-c:a", "aac", "-b:a", String(streamTypes.aac.bitrate)],
    ...[...exact, "-movflags", "+faststart", "-f", "ipod", files.aac],
  ];
  await ffmpeg(ffmpegPath, encoded, workDir, BOUNDS);
  for (const path of [files.opus, files.aac])
    if ((await stat(path)).size === 0) throw new FfmpegFailed("nothing was written");
  const shape = join(workDir, "stream.json");
  await writeFile(shape, JSON.stringify({ seconds, peaks }));
  return { ...files, peaks: shape, bars: soundBars(peaks), seconds, loudness, truePeak, gain };
}

/** What the filter says at its end; null for silence, which no gain makes audible. */
function levelsIn(told: string): { loudness: number | null; truePeak: number | null } {
  const number = (pattern: RegExp, least: number) => {
    const found = Number(pattern.exec(told)?.[1] ?? Number.NaN);
    return Number.isFinite(found) && found > least ? found : null;
  };
  return {
    loudness: number(/Integrated loudness:\s+I:\s+(-?\d+(?:\.\d+)?) LUFS/, -69),
    truePeak: number(/True peak:\s+Peak:\s+(-?\d+(?:\.\d+)?) dBFS/, -100),
  };
}

/** Only what would pass the mark is limited, and seen four times as finely as it is heard, where true peaks show. */
function limited(truePeak: number | null, gain: number): string[] {
  if (truePeak === null || truePeak + gain <= HIGHEST) return [];
  const limit = 10 ** (HIGHEST / 20);
  return ["aresample=192000", `alimiter=limit=${limit.toFixed(4)}:level=false`];
}
