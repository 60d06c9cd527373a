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
const TRUE_PEAK = -1.5;
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
  const measured = await measure(ffmpegPath, opened, workDir);
  const level = measured ? `,loudnorm=I=${LUFS}:TP=${TRUE_PEAK}:LRA=20:linear=true:${measured.settings}` : "";
  const target = join(workDir, "preview.mp3");
  const filters = `aformat=sample_fmts=fltp,aresample=44100${level}${fades},aresample=44100`;
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
    loudness: measured?.loudness ?? null,
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
  return { start, length, fades: fades.map((fade) => `,${fade}`).join("") };
}

type Measured = { loudness: number; settings: string };

/** First pass of the two: how loud the excerpt is. Undefined for silence, which no gain makes audible. */
async function measure(ffmpegPath: string, opened: string[], workDir: string): Promise<Measured | undefined> {
  const filter = `aformat=sample_fmts=fltp,aresample=44100,loudnorm=I=${LUFS}:TP=${TRUE_PEAK}:LRA=20:print_format=json`;
  const { stderr } = await ffmpeg(
    ffmpegPath,
    ["-v", "info", "-nostats", ...opened, "-af", filter, "-f", "null", "-"],
    workDir,
  );
  const json = /\{[^{}]*"input_i"[^{}]*\}/.exec(stderr)?.[0];
  if (!json) return undefined;
  const said = JSON.parse(json) as Record<string, string>;
  const number = (key: string) => Number(said[key]);
  const [i, tp, lra, threshold, offset] = [
    "input_i",
    "input_tp",
    "input_lra",
    "input_thresh",
    "target_offset",
  ].map(number);
  if (i === undefined || !Number.isFinite(i) || i < -69 || !Number.isFinite(tp)) return undefined;
  return {
    loudness: i,
    settings: `measured_I=${i}:measured_TP=${tp}:measured_LRA=${lra}:measured_thresh=${threshold}:offset=${offset}`,
  };
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
