import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ffmpeg, input } from "./ffmpeg.ts";

export type Preview = {
  path: string;
  mediaType: "audio/mpeg";
  durationMs: number;
  startMs: number;
  peaks: number[];
  loudness: number | null;
};

const SECONDS = 45;
/** Where streaming shops meet; a quiet piece is raised, a loud one lowered, so that no preview shouts at the next. */
const LUFS = -16;
/** −1.5 dB of full scale, as a factor. */
const PEAK = 0.84;
/** A file that would need more than this is noise or silence. */
const MOST_GAIN = 20;
const PEAKS = 200;
const PEAK_RATE = 8_000;

/**
 * At most 45 seconds of a track in MP3 (every browser plays it), from where it has begun to sing: a fifth of the way in,
 * faded at both cuts, at −16 LUFS; and 200 numbers from 0 to 1 to draw its wave. Throws `NoFfmpeg`, `FfmpegFailed`.
 */
export async function makePreview(
  file: { path: string; mediaType: string; durationMs: number | null },
  { ffmpegPath, workDir }: { ffmpegPath: string; workDir: string },
): Promise<Preview> {
  const { start, length, fades } = excerptOf(file.durationMs);
  const opened = [
    ...(start > 0 ? ["-ss", String(start)] : []),
    ...input(file.path, file.mediaType),
    "-t",
    String(length),
  ];
  const loudness = await measure(ffmpegPath, opened, workDir);
  const target = join(workDir, "preview.mp3");
  const filters = `aresample=44100,aformat=sample_fmts=fltp,${levelOf(loudness)}${fades}anull`;
  const codec = [
    "-ac",
    "2",
    "-ar",
    "44100",
    "-c:a",
    "libmp3lame",
    "-b:a",
    "128k",
    "-write_xing",
    "1",
    "-id3v2_version",
    "0",
    "-fflags",
    "+bitexact",
  ];
  await ffmpeg(
    ffmpegPath,
    ["-v", "error", ...opened, "-af", filters, ...codec, "-f", "mp3", target],
    workDir,
  );
  const { peaks, seconds } = await peaksOf(ffmpegPath, target, workDir);
  return {
    path: target,
    mediaType: "audio/mpeg",
    durationMs: Math.round(seconds * 1000),
    startMs: Math.round(start * 1000),
    peaks,
    loudness,
  };
}

function excerptOf(durationMs: number | null): { start: number; length: number; fades: string } {
  const whole = durationMs === null ? null : durationMs / 1000;
  const start = whole === null || whole <= SECONDS ? 0 : Math.min(whole * 0.2, whole - SECONDS);
  const length = whole === null ? SECONDS : Math.min(SECONDS, whole);
  const isCut = whole === null || whole > SECONDS;
  const fades = [
    ...(start > 0 ? [`afade=t=in:d=0.5`] : []),
    ...(isCut && whole !== null ? [`afade=t=out:st=${length - 3}:d=3`] : []),
  ];
  return { start, length, fades: fades.map((fade) => `${fade},`).join("") };
}

/** EBU R 128 integrated loudness of the excerpt, in LUFS. Null for silence, which no gain makes audible. */
async function measure(ffmpegPath: string, opened: string[], workDir: string): Promise<number | null> {
  const args = ["-v", "info", "-nostats", ...opened, "-af", "ebur128=framelog=verbose", "-f", "null", "-"];
  const { stderr } = await ffmpeg(ffmpegPath, args, workDir);
  const loudness = Number(
    /Integrated loudness:\s+I:\s+(-?\d+(?:\.\d+)?) LUFS/.exec(stderr)?.[1] ?? Number.NaN,
  );
  return Number.isFinite(loudness) && loudness > -69 ? loudness : null;
}

/**
 * One gain for the whole excerpt, so that its own louds and softs stay, and a limiter for the peaks that it raises too far.
 * (`loudnorm` does the same through 192 kHz, for nine times the processor: 45 s of stereo, ffmpeg 5.1, November 2026.)
 */
function levelOf(loudness: number | null): string {
  if (loudness === null) return "";
  const gain = Math.max(-MOST_GAIN, Math.min(MOST_GAIN, LUFS - loudness));
  return `volume=${gain.toFixed(2)}dB,alimiter=limit=${PEAK}:level=false,`;
}

async function peaksOf(
  ffmpegPath: string,
  path: string,
  workDir: string,
): Promise<{ peaks: number[]; seconds: number }> {
  const raw = join(workDir, "preview.pcm");
  await ffmpeg(
    ffmpegPath,
    ["-v", "error", ...input(path, "audio/mpeg"), "-ac", "1", "-ar", String(PEAK_RATE), "-f", "s16le", raw],
    workDir,
  );
  const bytes = await readFile(raw);
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 2));
  return { peaks: wave(samples, PEAKS), seconds: samples.length / PEAK_RATE };
}

/** The loudest sample of each of `count` equal stretches, the loudest of all being 1. */
export function wave(samples: Int16Array, count: number): number[] {
  const peaks = Array.from({ length: count }, (_, index) => {
    let peak = 0;
    const end = Math.floor(((index + 1) * samples.length) / count);
    for (let at = Math.floor((index * samples.length) / count); at < end; at += 1)
      peak = Math.max(peak, Math.abs(samples[at] ?? 0));
    return peak;
  });
  const loudest = Math.max(1, ...peaks);
  return peaks.map((peak) => Math.round((peak / loudest) * 1000) / 1000);
}
