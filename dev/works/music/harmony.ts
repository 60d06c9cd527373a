import type { Seeded } from "../seeded.ts";
import { pick } from "../seeded.ts";

export const scales = {
  major: [0, 2, 4, 5, 7, 9, 11],
  minor: [0, 2, 3, 5, 7, 8, 10],
  dorian: [0, 2, 3, 5, 7, 9, 10],
  mixolydian: [0, 2, 4, 5, 7, 9, 10],
  lydian: [0, 2, 4, 6, 7, 9, 11],
} as const;

export interface Key {
  /** MIDI note of the first degree, in the octave of the bass (about 40-52). */
  tonic: number;
  scale: readonly number[];
}

/** MIDI note of a degree counted from 0; 7 is an octave higher, negative ones are lower. */
export function degree(key: Key, d: number): number {
  const octave = Math.floor(d / 7);
  return key.tonic + octave * 12 + (key.scale[d - octave * 7] as number);
}

/** Degrees of the chord on a degree: three, or four with the seventh. */
export function chord(root: number, notes: 3 | 4 = 3): number[] {
  return [root, root + 2, root + 4, root + 6].slice(0, notes);
}

export interface Sung {
  /** In beats from the start of the tune. */
  at: number;
  beats: number;
  degree: number;
  /** 0..1 */
  strength: number;
}

/**
 * A tune over one chord for each bar: phrases of four bars in the form A A B A, each built on one rhythm, moving by
 * steps, landing on chord notes, resting at its end. `rhythms` are beats of one bar each.
 */
export function tune(
  random: Seeded,
  chords: readonly number[],
  beatsInBar: number,
  rhythms: readonly (readonly number[])[],
  low: number,
  high: number,
): Sung[] {
  const motif = [pick(random, rhythms), pick(random, rhythms)];
  const other = [pick(random, rhythms), pick(random, rhythms)];
  const moves = Array.from({ length: 24 }, () => pick(random, [-1, -1, 1, 1, 1, -1, 2, -2, 0]));
  const out: Sung[] = [];
  let at = Math.round((low + high) / 2);
  for (let bar = 0; bar < chords.length; bar++) {
    const phrase = Math.floor(bar / 4) % 4;
    const root = chords[bar] as number;
    const inPhrase = bar % 4;
    const cadence = inPhrase === 3;
    const bank = phrase === 2 ? other : motif;
    const rhythm = cadence ? [beatsInBar * 0.75] : (bank[inPhrase % 2] as readonly number[]);
    if (inPhrase === 0) at = Math.round((low + high) / 2) + (phrase === 2 ? 2 : 0);
    let beat = bar * beatsInBar;
    rhythm.forEach((beats, i) => {
      if (i === 0) at = nearest(at, root, low, high, cadence && phrase !== 2);
      else at += moves[(inPhrase * 7 + i + (phrase === 2 ? 11 : 0)) % moves.length] as number;
      if (at > high) at -= 3;
      if (at < low) at += 3;
      // A negative length is a silence.
      if (beats > 0)
        out.push({ at: beat, beats, degree: at, strength: i === 0 ? 1 : 0.74 + random() * 0.16 });
      beat += Math.abs(beats);
    });
  }
  return out;
}

/** The degree closest to `from` that belongs to the chord (its root only, when the phrase closes). */
function nearest(from: number, root: number, low: number, high: number, closing: boolean): number {
  let best = from;
  let distance = 99;
  for (let d = low; d <= high; d++) {
    const place = (((d - root) % 7) + 7) % 7;
    const fits = closing ? place === 0 : place === 0 || place === 2 || place === 4;
    if (fits && Math.abs(d - from) < distance) {
      best = d;
      distance = Math.abs(d - from);
    }
  }
  return best;
}

/** As many bars of a turning progression as asked; the last bar comes home. */
export function bars(progression: readonly number[], count: number): number[] {
  const out = Array.from({ length: count }, (_, i) => progression[i % progression.length] as number);
  out[count - 1] = 0;
  return out;
}
