import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { SoundFormat } from "#domain/delivery/formats.ts";
import { type Bounds, FfmpegFailed, ffmpeg, input } from "../inspect/derivatives/ffmpeg.ts";

export type Container = "flac" | "mp4" | "wav" | "aiff" | "mp3" | "ogg";
export type Encoded = { path: string; mediaType: string; container: Container };
/** A received sound on disk. `bitDepth` and `channels` are null where its file does not say. */
export type ReceivedSound = {
  path: string;
  mediaType: string;
  bitDepth: number | null;
  channels: number | null;
};

/**
 * An hour of sound in the slowest (AAC: 54 min at 18 times its own speed, ffmpeg 5.1, November 2026), inside the time that a job has;
 * and more bytes than a WAV can count are not written.
 */
const BOUNDS: Bounds = { seconds: 180, fileBytes: 4_294_967_295 };

const CONTAINERS: Record<Container, { muxer: string[]; extension: string }> = {
  flac: { muxer: ["-f", "flac"], extension: "flac" },
  // Not « faststart »: the tags are written behind the sound (tag-mp4.ts).
  mp4: { muxer: ["-f", "ipod"], extension: "m4a" },
  wav: { muxer: ["-f", "wav"], extension: "wav" },
  aiff: { muxer: ["-f", "aiff"], extension: "aiff" },
  mp3: {
    muxer: ["-id3v2_version", "0", "-write_id3v1", "0", "-write_xing", "1", "-f", "mp3"],
    extension: "mp3",
  },
  ogg: { muxer: ["-f", "ogg"], extension: "ogg" },
};

/** Of what is delivered as it was received. */
const CONTAINER_OF: Record<string, Container> = {
  "audio/mpeg": "mp3",
  "audio/flac": "flac",
  "audio/ogg": "ogg",
  "audio/opus": "ogg",
  "audio/wav": "wav",
  "audio/aiff": "aiff",
  "audio/mp4": "mp4",
};

/**
 * Makes this sound in `format`, in `workDir`, without a tag and always with the same bytes. Neither its length nor its level is
 * touched. Throws `NoFfmpeg`, `FfmpegFailed`.
 */
export async function encode(
  sound: ReceivedSound,
  format: SoundFormat,
  { ffmpegPath, workDir }: { ffmpegPath: string; workDir: string },
): Promise<Encoded> {
  const { container, mediaType, codec } = recipe(sound, format);
  const { muxer, extension } = CONTAINERS[container];
  const path = join(workDir, `sound.${extension}`);
  const exact = ["-map_chapters", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"];
  const args = ["-v", "error", ...input(sound.path, sound.mediaType), ...codec, ...exact, ...muxer, path];
  await ffmpeg(ffmpegPath, args, workDir, BOUNDS);
  if ((await stat(path)).size === 0) throw new FfmpegFailed("nothing was written");
  return { path, mediaType, container };
}

type Recipe = { container: Container; mediaType: string; codec: string[] };

function recipe(sound: ReceivedSound, format: SoundFormat): Recipe {
  // What was recorded finer than 16 bits stays so; 32 bits and floating point come as 24, which no ear tells apart.
  const fine = sound.bitDepth === null || sound.bitDepth > 16;
  const stereo = sound.channels !== null && sound.channels > 2 ? ["-ac", "2"] : [];
  const mp3 = (...quality: string[]): Recipe => ({
    container: "mp3",
    mediaType: "audio/mpeg",
    codec: ["-c:a", "libmp3lame", ...quality, ...stereo],
  });
  switch (format) {
    case "flac":
      return {
        container: "flac",
        mediaType: "audio/flac",
        codec: ["-c:a", "flac", "-compression_level", "8", "-sample_fmt", fine ? "s32" : "s16"],
      };
    case "alac":
      return {
        container: "mp4",
        mediaType: "audio/mp4",
        codec: ["-c:a", "alac", "-sample_fmt", fine ? "s32p" : "s16p"],
      };
    case "wav":
      return { container: "wav", mediaType: "audio/wav", codec: ["-c:a", fine ? "pcm_s24le" : "pcm_s16le"] };
    case "aiff":
      return {
        container: "aiff",
        mediaType: "audio/aiff",
        codec: ["-c:a", fine ? "pcm_s24be" : "pcm_s16be"],
      };
    case "mp3-v0":
      return mp3("-q:a", "0");
    case "mp3-320":
      return mp3("-b:a", "320k");
    case "mp3-128":
      return mp3("-b:a", "128k");
    case "aac":
      return { container: "mp4", mediaType: "audio/mp4", codec: ["-c:a", "aac", "-b:a", "256k", ...stereo] };
    case "vorbis":
      return {
        container: "ogg",
        mediaType: "audio/ogg",
        codec: ["-c:a", "libvorbis", "-q:a", "6", ...stereo],
      };
    case "opus":
      return {
        container: "ogg",
        mediaType: "audio/opus",
        codec: ["-c:a", "libopus", "-b:a", "160k", "-vbr", "on", ...stereo],
      };
    case "kept": {
      const container = CONTAINER_OF[sound.mediaType];
      if (!container) throw new FfmpegFailed(`no container for ${sound.mediaType}`);
      return { container, mediaType: sound.mediaType, codec: ["-c:a", "copy"] };
    }
  }
}
