import type { Seeded } from "../seeded.ts";

/** Samples a second of everything here. */
export const RATE = 44100;

/** Frequency in Hz of a MIDI note (69 = 440 Hz). */
export function hertz(midi: number): number {
  return 440 * 2 ** ((midi - 69) / 12);
}

/** One mono note, peak about 1. `seconds` is how long it is held. */
export type Voice = (midi: number, seconds: number, random: Seeded) => Float32Array;

/** Adds a decaying sine, computed as a two-pole resonator: two multiplications a sample. */
export function ringing(out: Float32Array, freq: number, gain: number, decay: number, phase = 0): void {
  if (freq > RATE * 0.45) return;
  const w = (2 * Math.PI * freq) / RATE;
  const r = Math.exp(-1 / (decay * RATE));
  const a = 2 * r * Math.cos(w);
  const b = -r * r;
  let y1 = (gain * Math.sin(phase - w)) / r;
  let y2 = (gain * Math.sin(phase - 2 * w)) / (r * r);
  const length = Math.min(out.length, Math.ceil(decay * 7 * RATE));
  for (let i = 0; i < length; i++) {
    const y = a * y1 + b * y2;
    out[i]! += y;
    y2 = y1;
    y1 = y;
  }
}

/** Ramps of the first and last milliseconds, so that no note clicks. */
function edges(out: Float32Array, attack: number, release: number): Float32Array {
  const a = Math.min(out.length, Math.floor(attack * RATE));
  const b = Math.min(out.length, Math.floor(release * RATE));
  for (let i = 0; i < a; i++) out[i]! *= 0.5 - 0.5 * Math.cos((Math.PI * i) / a);
  for (let i = 0; i < b; i++) out[out.length - 1 - i]! *= 0.5 - 0.5 * Math.cos((Math.PI * i) / b);
  return out;
}

/**
 * A plucked string (Karplus and Strong): a burst of noise in a delay line that loses its highs at each turn.
 * `bright` 0..1 is the plectrum, `sustain` the seconds that the fundamental rings.
 */
export function plucked(bright: number, sustain: number, position = 0.18): Voice {
  return (midi, seconds, random) => {
    const freq = hertz(midi);
    const out = new Float32Array(Math.floor((seconds + 0.5) * RATE));
    // One turn lasts `size + 1 - part` samples in the line and `1 - soft` in the filter: together one period.
    const soft = 0.5 + 0.42 * bright;
    const turn = RATE / freq - (1 - soft);
    const size = Math.ceil(turn) - 1;
    const part = size + 1 - turn;
    const line = new Float32Array(size + 1);
    let low = 0;
    for (let i = 0; i <= size; i++) {
      low += (0.12 + 0.75 * bright) * (random() * 2 - 1 - low);
      line[i] = low;
    }
    // Plucking at a point of the string takes away the partials that have a node there.
    const comb = Math.max(1, Math.floor(size * position));
    const dry = line.slice();
    for (let i = 0; i <= size; i++) line[i] = dry[i]! - 0.85 * dry[(i + size + 1 - comb) % (size + 1)]!;
    const loss = 0.001 ** (1 / (freq * sustain * (0.55 + 0.45 * Math.min(1, 330 / freq))));
    let at = 0;
    let last = 0;
    for (let i = 0; i < out.length; i++) {
      const next = at + 1 > size ? 0 : at + 1;
      const tap = line[at]! * (1 - part) + line[next]! * part;
      const damped = (soft * tap + (1 - soft) * last) * loss;
      last = tap;
      line[at] = damped;
      out[i] = tap;
      at = next;
    }
    return edges(level(out), 0.0015, 0.45);
  };
}

function level(out: Float32Array): Float32Array {
  let peak = 1e-6;
  for (let i = 0; i < out.length; i++) if (Math.abs(out[i]!) > peak) peak = Math.abs(out[i]!);
  for (let i = 0; i < out.length; i++) out[i]! /= peak;
  return out;
}

/** A felted upright: a dozen partials, a little stretched, the high ones short; `soft` closes it. */
export function feltPiano(soft: number): Voice {
  return (midi, seconds, random) => {
    const freq = hertz(midi);
    const out = new Float32Array(Math.floor((seconds + 0.9) * RATE));
    const life = 5.2 * 2 ** (-(midi - 48) / 22);
    for (let k = 1; k <= 12; k++) {
      const partial = freq * k * Math.sqrt(1 + 0.00035 * k * k);
      const gain = k ** (-1.25 - soft) * (k % 7 === 0 ? 0.3 : 1);
      const decay = (life / (1 + 0.42 * (k - 1))) * 0.62;
      ringing(out, partial * 1.0004, gain * 0.6, decay);
      ringing(out, partial * 0.9993, gain * 0.4, decay * 1.9, random());
    }
    let low = 0;
    const knock = Math.floor(0.03 * RATE);
    for (let i = 0; i < knock && i < out.length; i++) {
      low += 0.08 * (random() * 2 - 1 - low);
      out[i]! += low * 0.5 * (1 - i / knock);
    }
    return edges(level(out), 0.003, 0.85);
  };
}

/** Struck glass or a small bell. */
export function glass(decay: number): Voice {
  return (midi, _seconds, random) => {
    const freq = hertz(midi);
    const out = new Float32Array(Math.floor(decay * 3.4 * RATE));
    const partials = [
      [1, 1, 1],
      [2.003, 0.22, 0.7],
      [2.76, 0.4, 0.45],
      [5.4, 0.16, 0.22],
      [8.93, 0.06, 0.1],
    ] as const;
    for (const [ratio, gain, life] of partials) ringing(out, freq * ratio, gain, decay * life, random());
    return edges(level(out), 0.004, 0.4);
  };
}

/** Wooden bars. */
export const marimba: Voice = (midi, _seconds, _random) => {
  const out = new Float32Array(Math.floor(1.2 * RATE));
  const freq = hertz(midi);
  ringing(out, freq, 1, 0.28);
  ringing(out, freq * 3.93, 0.32, 0.07);
  ringing(out, freq * 9.2, 0.12, 0.02);
  return edges(level(out), 0.001, 0.2);
};

/** A double bass, plucked with the flesh of the finger. */
export const doubleBass: Voice = (midi, seconds, random) => {
  const string = plucked(0.16, 2.6, 0.3)(midi, seconds, random);
  const body = new Float32Array(string.length);
  ringing(body, hertz(midi), 0.7, 0.5);
  ringing(body, hertz(midi) * 2, 0.28, 0.3);
  for (let i = 0; i < string.length; i++) string[i] = string[i]! * 0.55 + body[i]!;
  return edges(string, 0.006, 0.2);
};

/** One turn of a wave, for the voices that are held. */
export function waveTable(gains: readonly number[]): Float32Array {
  const table = new Float32Array(2049);
  for (let i = 0; i <= 2048; i++)
    for (const [k, gain] of gains.entries()) table[i]! += gain * Math.sin((2 * Math.PI * (k + 1) * i) / 2048);
  return level(table);
}

const reed = waveTable([1, 0.62, 0.5, 0.36, 0.3, 0.16, 0.14, 0.09, 0.08, 0.05]);
const bow = waveTable([1, 0.72, 0.52, 0.5, 0.3, 0.26, 0.2, 0.1, 0.12, 0.06, 0.05, 0.03]);
const warm = waveTable([1, 0.42, 0.22, 0.1, 0.06, 0.03]);
const hollow = waveTable([1, 0, 0.3, 0, 0.14, 0, 0.07, 0, 0.03]);

interface Held {
  table: Float32Array;
  /** Ratios of the copies that sound together. */
  detune: readonly number[];
  attack: number;
  release: number;
  vibrato?: number;
  /** Slow change of strength, 0..1. */
  breath?: number;
}

function held(how: Held): Voice {
  return (midi, seconds, random) => {
    const freq = hertz(midi);
    const out = new Float32Array(Math.floor((seconds + how.release) * RATE));
    const slow = 0.1 + random() * 0.15;
    const start = random() * 6.28;
    for (const ratio of how.detune) {
      let phase = random() * 2048;
      const step = (freq * ratio * 2048) / RATE;
      let bend = 1;
      for (let i = 0; i < out.length; i++) {
        // The ear does not need the vibrato more often than every 32 samples.
        if (how.vibrato && (i & 31) === 0)
          bend = 1 + how.vibrato * Math.min(1, i / 14000) * Math.sin((i / RATE) * 34.5);
        phase += step * bend;
        if (phase >= 2048) phase -= 2048;
        const at = phase | 0;
        const a = how.table[at]!;
        out[i]! += a + (how.table[at + 1]! - a) * (phase - at);
      }
    }
    if (how.breath)
      for (let i = 0; i < out.length; i++)
        out[i]! *= 1 - how.breath * (0.5 + 0.5 * Math.sin((i / RATE) * slow * 6.28 + start));
    return edges(level(out), how.attack, how.release);
  };
}

export const accordion = held({
  table: reed,
  detune: [1, 1.0052],
  attack: 0.035,
  release: 0.07,
  breath: 0.15,
});
export const fiddle = held({ table: bow, detune: [1, 1.0018], attack: 0.03, release: 0.06, vibrato: 0.0045 });
export const pad = held({
  table: warm,
  detune: [0.9965, 1, 1.0041],
  attack: 1.6,
  release: 2.2,
  breath: 0.45,
});
export const softPad = held({
  table: hollow,
  detune: [0.998, 1.0023],
  attack: 0.9,
  release: 1.4,
  breath: 0.3,
});
export const lead = held({
  table: hollow,
  detune: [1, 1.0035],
  attack: 0.012,
  release: 0.12,
  vibrato: 0.003,
});
export const subBass = held({ table: waveTable([1, 0.3, 0.08]), detune: [1], attack: 0.008, release: 0.06 });

/** A synthetic pluck: a bright wave whose lid closes fast. */
export const stab: Voice = (midi, seconds, random) => {
  const out = held({ table: bow, detune: [0.996, 1, 1.004], attack: 0.004, release: 0.15 })(
    midi,
    Math.min(seconds, 0.5),
    random,
  );
  let low = 0;
  for (let i = 0; i < out.length; i++) {
    low += (0.03 + 0.4 * Math.exp(-i / 4200)) * (out[i]! - low);
    out[i] = low * Math.exp(-i / 11000);
  }
  return level(out);
};
