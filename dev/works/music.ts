import type { Stereo } from "./music/mix.ts";
import type { Piece } from "./music/piece.ts";
import { electro, loom } from "./music/styles-electric.ts";
import { ambient, glassRoom, jazz, piano, tides } from "./music/styles-rooms.ts";
import { chanson, folk, harp, trad, waltz } from "./music/styles-strings.ts";
import { RATE } from "./music/voices.ts";
import type { Style, TrackPlan } from "./plan.ts";
import { seeded } from "./seeded.ts";

const pieces: Record<Style, Piece> = {
  folk,
  trad,
  piano,
  ambient,
  tides,
  electro,
  chanson,
  jazz,
  loom,
  harp,
  glass: glassRoom,
  waltz,
};

/** The track composed and played: stereo at 44.1 kHz. The same plan gives the same samples. */
export function playTrack(style: Style, track: TrackPlan, place: number): Stereo {
  return pieces[style](seeded(track.seed), track.seconds, place);
}

/** 16-bit stereo WAV without tags. Dithered with triangular noise of one step, from a fixed row. */
export function wav({ left, right }: Stereo): Buffer {
  const bytes = left.length * 4;
  const out = Buffer.alloc(44 + bytes);
  out.write("RIFF", 0, "latin1");
  out.writeUInt32LE(36 + bytes, 4);
  out.write("WAVEfmt ", 8, "latin1");
  out.writeUInt32LE(16, 16);
  out.writeUInt16LE(1, 20);
  out.writeUInt16LE(2, 22);
  out.writeUInt32LE(RATE, 24);
  out.writeUInt32LE(RATE * 4, 28);
  out.writeUInt16LE(4, 32);
  out.writeUInt16LE(16, 34);
  out.write("data", 36, "latin1");
  out.writeUInt32LE(bytes, 40);
  const samples = new Int16Array(out.buffer, out.byteOffset + 44, left.length * 2);
  const random = seeded(7);
  for (let i = 0; i < left.length; i++) {
    samples[i * 2] = Math.round(left[i]! * 32000 + random() - 0.5);
    samples[i * 2 + 1] = Math.round(right[i]! * 32000 + random() - 0.5);
  }
  return out;
}
