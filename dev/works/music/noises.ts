import type { Seeded } from "../seeded.ts";
import { RATE, ringing } from "./voices.ts";

/** A hit, `strength` apart: the mixer scales it. */
export type Hit = (random: Seeded) => Float32Array;

/** White noise through a one-pole low pass then a one-pole high pass (coefficients 0..1). */
function noise(
  random: Seeded,
  seconds: number,
  low: number,
  high: number,
  envelope: (t: number) => number,
): Float32Array {
  const out = new Float32Array(Math.floor(seconds * RATE));
  let a = 0;
  let b = 0;
  for (let i = 0; i < out.length; i++) {
    a += low * (random() * 2 - 1 - a);
    b += high * (a - b);
    out[i] = (a - b) * envelope(i / RATE);
  }
  return out;
}

export const kick: Hit = () => {
  const out = new Float32Array(Math.floor(0.4 * RATE));
  let phase = 0;
  for (let i = 0; i < out.length; i++) {
    const t = i / RATE;
    phase += (2 * Math.PI * (46 + 110 * Math.exp(-t * 32))) / RATE;
    out[i] = Math.sin(phase) * Math.exp(-t * 9.5);
  }
  return out;
};

export const hat: Hit = (random) => noise(random, 0.08, 0.95, 0.55, (t) => 0.8 * Math.exp(-t * 60));
export const openHat: Hit = (random) => noise(random, 0.3, 0.95, 0.5, (t) => 0.6 * Math.exp(-t * 13));
export const clap: Hit = (random) =>
  noise(random, 0.25, 0.45, 0.12, (t) => (t < 0.03 ? 0.5 + 0.5 * Math.cos(t * 600) : 1) * Math.exp(-t * 22));
/** A wire brush drawn over the skin. */
export const brush: Hit = (random) =>
  noise(random, 0.32, 0.42, 0.1, (t) => Math.min(1, t * 22) * Math.exp(-t * 12) * 0.9);
export const brushTap: Hit = (random) => noise(random, 0.12, 0.5, 0.08, (t) => Math.exp(-t * 38));

export const ride: Hit = (random) => {
  const out = noise(random, 0.9, 0.97, 0.6, (t) => 0.32 * Math.exp(-t * 6));
  for (const f of [3170, 4210, 5330, 6890])
    ringing(out, f * (1 + random() * 0.004), 0.05, 0.32, random() * 6);
  return out;
};

/** A foot on a wooden floor. */
export const stomp: Hit = (random) => {
  const out = noise(random, 0.14, 0.16, 0.01, (t) => 0.7 * Math.exp(-t * 55));
  ringing(out, 92, 0.7, 0.045);
  ringing(out, 187, 0.25, 0.02);
  return out;
};

/** Wood on wood, at a given pitch: the parts of a loom. */
export function clack(freq: number, decay: number): Hit {
  return (random) => {
    const out = noise(random, 0.12, 0.7, 0.2, (t) => 0.35 * Math.exp(-t * 130));
    ringing(out, freq, 0.6, decay);
    ringing(out, freq * 2.71, 0.35, decay * 0.5);
    ringing(out, freq * 5.13, 0.16, decay * 0.3);
    return out;
  };
}

/** Waves on a beach for `seconds`: noise whose strength and brightness come and go, one wave every `period` seconds. */
export function surf(random: Seeded, seconds: number, period: number, bright: number): Float32Array {
  const out = new Float32Array(Math.floor(seconds * RATE));
  const starts: { at: number; size: number }[] = [];
  for (let t = -period; t < seconds; t += period * (0.7 + random() * 0.6))
    starts.push({ at: t, size: 0.5 + random() * 0.5 });
  let low = 0;
  let lower = 0;
  let strength = 0;
  for (let i = 0; i < out.length; i++) {
    if (i % 64 === 0) {
      const t = i / RATE;
      strength = 0.1;
      for (const wave of starts) {
        const x = (t - wave.at) / period;
        // A wave swells slowly, breaks, and draws back with a long hiss.
        if (x > 0 && x < 1.9)
          strength += wave.size * (x < 0.45 ? (x / 0.45) ** 3 : Math.exp(-(x - 0.45) * 3));
      }
    }
    low += (0.02 + bright * 0.22 * Math.min(1, strength)) * (random() * 2 - 1 - low);
    lower += 0.004 * (low - lower);
    out[i] = (low - lower) * strength * 2.2;
  }
  return out;
}

/** The call of a bird that does not exist: a few chirps of gliding sine. */
export function bird(random: Seeded): Float32Array {
  const out = new Float32Array(Math.floor(1.3 * RATE));
  const base = 1900 + random() * 2200;
  const count = 2 + Math.floor(random() * 4);
  const up = random() > 0.5 ? 1 : -1;
  for (let k = 0; k < count; k++) {
    const start = Math.floor(k * (0.13 + random() * 0.08) * RATE);
    const length = Math.floor((0.05 + random() * 0.1) * RATE);
    let phase = 0;
    for (let i = 0; i < length && start + i < out.length; i++) {
      const t = i / length;
      phase += (2 * Math.PI * (base * (1 + up * 0.28 * t + 0.05 * Math.sin(t * 30)))) / RATE;
      out[start + i]! += Math.sin(phase) * Math.sin(Math.PI * t) ** 2 * 0.5;
    }
  }
  return out;
}

/** The breath of a radio between two stations. */
export function hiss(random: Seeded, seconds: number): Float32Array {
  const out = noise(
    random,
    seconds,
    0.3,
    0.02,
    (t) => 0.12 + 0.07 * Math.sin(t * 0.7) + 0.04 * Math.sin(t * 2.3),
  );
  for (let k = 0; k < seconds * 5; k++) {
    const at = Math.floor(random() * out.length);
    const size = random() ** 3 * 0.8;
    for (let i = 0; i < 40 && at + i < out.length; i++)
      out[at + i]! += size * (random() * 2 - 1) * (1 - i / 40);
  }
  return out;
}
