/**
 * In what a track can be taken home. `kept` is the very sound that was received, not encoded again, with the record of today
 * written in it; `original` is the file as it was received, untouched.
 */
export const soundFormats = [
  "flac",
  "alac",
  "wav",
  "aiff",
  "mp3-v0",
  "mp3-320",
  "mp3-128",
  "aac",
  "vorbis",
  "opus",
  "kept",
] as const;
export type SoundFormat = (typeof soundFormats)[number];
export const choices = [...soundFormats, "original"] as const;
export type Choice = (typeof choices)[number];

/** Bits per second, about, of two channels: what a V0 or a quality setting comes to. Lossless formats have none. */
const rates: Partial<Record<SoundFormat, number>> = {
  "mp3-v0": 245_000,
  "mp3-320": 320_000,
  "mp3-128": 128_000,
  aac: 256_000,
  vorbis: 192_000,
  opus: 160_000,
};
export const losslessFormats: readonly SoundFormat[] = ["flac", "alac", "wav", "aiff"];

/** What is known of a received sound; `bitrate` in bits per second, null where the file does not say. */
export type SourceSound = { lossless: boolean; bitrate: number | null };

/**
 * What a sound can honestly become. From a lossless one, everything. From one that was compressed before it reached us, never a
 * lossless file, which would promise what is gone, nor a compressed one about as large or larger, which would lose for nothing: only
 * itself, and what is smaller by a fifth at least.
 */
export function formatsFrom({ lossless, bitrate }: SourceSound): SoundFormat[] {
  if (lossless) return soundFormats.filter((format) => format !== "kept");
  const most = (bitrate ?? 0) * 0.8;
  return soundFormats.filter((format) => format === "kept" || (rates[format] ?? Infinity) <= most);
}

/** What this track comes in when that was chosen for its album: where it cannot honestly, as it was received. */
export function formatOf(sound: SourceSound, choice: Choice): Choice {
  return choice === "original" || formatsFrom(sound).includes(choice) ? choice : "kept";
}

/** What may be chosen for all of these together, in the order of the list; a choice that fits one is offered. */
export function choicesFor(sounds: readonly SourceSound[]): Choice[] {
  const possible = new Set<Choice>(sounds.flatMap(formatsFrom));
  return choices.filter((choice) => choice === "original" || possible.has(choice));
}

/** Where nobody has chosen yet: what plays everywhere; of what was received compressed, itself. */
export function usualChoice(offered: readonly Choice[]): Choice {
  if (offered.includes("flac")) return "mp3-v0";
  return offered.includes("kept") ? "kept" : "original";
}
