import type { Seeded } from "../seeded.ts";
import type { Hit } from "./noises.ts";
import type { Voice } from "./voices.ts";
import { RATE } from "./voices.ts";

export interface Stereo {
  left: Float32Array;
  right: Float32Array;
}

interface Where {
  /** 0..1 */
  gain: number;
  /** -1 left .. 1 right */
  pan?: number;
  /** Part sent to the room, 0..1. */
  send?: number;
}

/** A table on which notes are laid at their times; `master` adds the room and gives the finished sound. */
export class Mix {
  readonly random: Seeded;
  readonly seconds: number;
  private readonly left: Float32Array;
  private readonly right: Float32Array;
  private readonly room: Float32Array;
  /** The same note of the same voice is computed once in a piece, in three slightly different takes. */
  private readonly takes = new Map<string, Float32Array>();
  private readonly names = new Map<Voice | Hit, number>();

  constructor(random: Seeded, seconds: number) {
    this.random = random;
    this.seconds = seconds;
    const length = Math.ceil((seconds + 0.1) * RATE);
    this.left = new Float32Array(length);
    this.right = new Float32Array(length);
    this.room = new Float32Array(length);
  }

  note(voice: Voice, midi: number, at: number, seconds: number, where: Where): void {
    const held = Math.max(0.1, Math.round(seconds * 8) / 8);
    const key = `${this.nameOf(voice)}/${midi}/${held}/${Math.floor(this.random() * 2)}`;
    let sound = this.takes.get(key);
    if (!sound) {
      sound = voice(midi, held, this.random);
      this.takes.set(key, sound);
    }
    this.lay(sound, at, where);
  }

  hit(hit: Hit, at: number, where: Where): void {
    const key = `${this.nameOf(hit)}/${Math.floor(this.random() * 3)}`;
    let sound = this.takes.get(key);
    if (!sound) {
      sound = hit(this.random);
      this.takes.set(key, sound);
    }
    this.lay(sound, at, where);
  }

  lay(sound: Float32Array, at: number, { gain, pan = 0, send = 0.25 }: Where): void {
    const start = Math.max(0, Math.floor(at * RATE));
    const end = Math.min(this.left.length, start + sound.length);
    const l = gain * Math.cos(((pan + 1) * Math.PI) / 4);
    const r = gain * Math.sin(((pan + 1) * Math.PI) / 4);
    const s = gain * send;
    for (let i = start, k = 0; i < end; i++, k++) {
      const v = sound[k]!;
      this.left[i]! += v * l;
      this.right[i]! += v * r;
      this.room[i]! += v * s;
    }
  }

  /** Room, level (about -19 dBFS RMS, peaks under -1), fade out over `fade` seconds. */
  master(size: number, fade: number): Stereo {
    reverb(this.room, this.left, this.right, size);
    const { left, right } = this;
    let power = 0;
    for (let i = 0; i < left.length; i++) power += left[i]! ** 2 + right[i]! ** 2;
    const gain = 0.112 / Math.max(1e-6, Math.sqrt(power / (2 * left.length)));
    const end = Math.floor(this.seconds * RATE);
    const fadeLength = Math.floor(fade * RATE);
    for (let i = 0; i < left.length; i++) {
      const out =
        i > end ? 0 : i > end - fadeLength ? 0.5 - 0.5 * Math.cos((Math.PI * (end - i)) / fadeLength) : 1;
      left[i] = limit(left[i]! * gain) * out;
      right[i] = limit(right[i]! * gain) * out;
    }
    return { left: left.subarray(0, end), right: right.subarray(0, end) };
  }

  private nameOf(voice: Voice | Hit): number {
    let name = this.names.get(voice);
    if (name === undefined) {
      name = this.names.size;
      this.names.set(voice, name);
    }
    return name;
  }
}

/** Straight under 0.6, then bends towards 0.89. */
function limit(x: number): number {
  const a = Math.abs(x);
  if (a < 0.6) return x;
  return Math.sign(x) * (0.6 + 0.29 * Math.tanh((a - 0.6) / 0.29));
}

/** Schroeder's room as Moorer and Jezar tuned it: six damped combs and three all-passes for each ear. */
function reverb(input: Float32Array, left: Float32Array, right: Float32Array, size: number): void {
  const combs = [1116, 1188, 1277, 1356, 1422, 1557];
  const passes = [556, 441, 341];
  for (const [out, spread] of [
    [left, 0],
    [right, 23],
  ] as const) {
    const wet = new Float32Array(input.length);
    for (const length of combs) {
      const line = new Float32Array(length + spread);
      const feed = 0.7 + 0.27 * size;
      let at = 0;
      let damp = 0;
      for (let i = 0; i < input.length; i++) {
        const y = line[at]!;
        damp = y * 0.72 + damp * 0.28;
        line[at] = input[i]! + damp * feed;
        wet[i]! += y;
        if (++at === line.length) at = 0;
      }
    }
    for (const length of passes) {
      const line = new Float32Array(length + spread);
      let at = 0;
      for (let i = 0; i < wet.length; i++) {
        const y = line[at]!;
        const x = wet[i]!;
        line[at] = x + y * 0.5;
        wet[i] = y - x;
        if (++at === line.length) at = 0;
      }
    }
    for (let i = 0; i < wet.length; i++) out[i]! += wet[i]! * 0.13;
  }
}
