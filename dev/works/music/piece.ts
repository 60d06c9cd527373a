import type { Seeded } from "../seeded.ts";
import { pick } from "../seeded.ts";
import type { Stereo } from "./mix.ts";
import { Mix } from "./mix.ts";

/** Composes and plays one piece; `place` is its number on the album, from 0. */
export type Piece = (random: Seeded, seconds: number, place: number) => Stereo;

export interface Clock {
  /** Seconds at a beat. */
  at: (beat: number) => number;
  beat: number;
  bars: number;
  beatsInBar: number;
  mix: Mix;
}

/** A whole number of four-bar phrases near the asked length, and a tail for the last notes to ring. */
export function clock(
  random: Seeded,
  seconds: number,
  tempo: number,
  beatsInBar: number,
  wobble = 0.008,
  tail = 3.5,
): Clock {
  const beat = 60 / tempo;
  const bars = Math.max(8, Math.round((seconds - tail) / (beat * beatsInBar * 4)) * 4);
  const total = bars * beatsInBar * beat + tail;
  const mix = new Mix(random, total);
  const sway = random() * 6;
  return {
    beat,
    bars,
    beatsInBar,
    mix,
    at: (b) =>
      0.15 + b * beat + Math.sin(b * 0.39 + sway) * beat * wobble * 3 + (random() - 0.5) * beat * wobble * 2,
  };
}

/** How strong a bar is in the whole: it opens softly, is fullest at two thirds, and closes. */
export function arc(bar: number, bars: number): number {
  const t = bar / bars;
  return 0.62 + 0.38 * Math.sin(Math.PI * Math.min(1, t * 0.75 + 0.08)) ** 1.4;
}

/** The place-th of a list, so that the pieces of an album differ; beyond its end, any. */
export function nth<T>(list: readonly T[], place: number, random: Seeded): T {
  return list[place] ?? pick(random, list);
}
