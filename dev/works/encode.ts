import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { AudioFormat } from "./plan.ts";
import type { Claims } from "./tags/claims.ts";
import { id3, wavWithId3 } from "./tags/id3.ts";
import { tagMp4 } from "./tags/mp4.ts";
import { metadataFile, tagFlac } from "./tags/vorbis.ts";

const run = promisify(execFile);

/** Path of ffmpeg (`FFMPEG_PATH`, else the one on the PATH), or null where there is none. */
export async function findFfmpeg(): Promise<string | null> {
  const path = process.env.FFMPEG_PATH ?? "ffmpeg";
  try {
    await run(path, ["-hide_banner", "-version"]);
    return path;
  } catch {
    return null;
  }
}

const settings: Record<AudioFormat, string[]> = {
  flac: ["-c:a", "flac", "-compression_level", "5", "-f", "flac"],
  mp3: ["-c:a", "libmp3lame", "-q:a", "2", "-id3v2_version", "0", "-f", "mp3"],
  ogg: ["-c:a", "libvorbis", "-q:a", "6", "-f", "ogg"],
  opus: ["-c:a", "libopus", "-b:a", "128k", "-f", "opus"],
  m4a: ["-c:a", "aac", "-b:a", "192k", "-f", "ipod"],
};

export const mediaTypes = {
  flac: "audio/flac",
  mp3: "audio/mpeg",
  ogg: "audio/ogg",
  opus: "audio/ogg",
  m4a: "audio/mp4",
  wav: "audio/wav",
} as const;

/**
 * Writes the sound, encoded and tagged, at `base` + its extension, and returns that path. Without ffmpeg it is a WAV with the
 * same tags: the demo then still has its music.
 */
export async function encodeTrack(
  ffmpeg: string | null,
  sound: Buffer,
  format: AudioFormat,
  claims: Claims,
  cover: Buffer,
  side: number,
  base: string,
): Promise<string> {
  if (!ffmpeg) {
    const path = `${base}.wav`;
    await writeFile(path, wavWithId3(sound, id3(claims, cover)));
    return path;
  }
  const path = `${base}.${format}`;
  const source = `${base}.source.wav`;
  const words = `${base}.words.txt`;
  await writeFile(source, sound);
  const ogg = format === "ogg" || format === "opus";
  if (ogg) await writeFile(words, metadataFile(claims, cover, side));
  try {
    const input = ogg
      ? ["-i", source, "-f", "ffmetadata", "-i", words, "-map_metadata", "1"]
      : ["-i", source, "-map_metadata", "-1"];
    await run(ffmpeg, [
      "-hide_banner",
      "-loglevel",
      "error",
      "-nostdin",
      "-y",
      "-threads",
      "1",
      ...input,
      "-map",
      "0:a",
      "-fflags",
      "+bitexact",
      "-flags:a",
      "+bitexact",
      ...settings[format],
      path,
    ]);
    const plain = await readFile(path);
    if (format === "flac") await writeFile(path, tagFlac(plain, claims, cover, side));
    if (format === "mp3") await writeFile(path, Buffer.concat([id3(claims, cover), plain]));
    if (format === "m4a") await writeFile(path, tagMp4(plain, claims, cover));
  } finally {
    await rm(source, { force: true });
    await rm(words, { force: true });
  }
  return path;
}

/** A file name from a title, for the album's folder: « 01 Jusant ». */
export function trackFileName(directory: string, place: number, title: string): string {
  const safe = title
    .normalize("NFC")
    .replace(/[/\\:*?"<>|]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return join(directory, `${String(place + 1).padStart(2, "0")} ${safe}`);
}
