import { pick } from "../seeded.ts";
import type { Key } from "./harmony.ts";
import { bars, chord, degree, scales, tune } from "./harmony.ts";
import { Mix } from "./mix.ts";
import { bird, brush, brushTap, hiss, ride, surf } from "./noises.ts";
import type { Piece } from "./piece.ts";
import { arc, clock, nth } from "./piece.ts";
import { doubleBass, feltPiano, glass, pad, softPad } from "./voices.ts";

const felt = feltPiano(0.9);
const open = feltPiano(0.25);
const bell = glass(1.6);
const drop = glass(0.5);
const buoy = glass(2.6);

/** A piano at night: wide left hand, few notes above, time that breathes. */
export const piano: Piece = (random, seconds, place) => {
  const key: Key = nth(
    [
      { tonic: 45, scale: scales.minor },
      { tonic: 41, scale: scales.lydian },
      { tonic: 38, scale: scales.dorian },
      { tonic: 48, scale: scales.major },
    ],
    place,
    random,
  );
  const three = place % 2 === 1;
  const c = clock(random, seconds, nth([66, 74, 58, 88], place, random), three ? 3 : 4, 0.028, 5.5);
  const harmony = bars(
    nth(
      [
        [0, 5, 2, 6],
        [0, 1, 0, 4],
        [0, 3, 5, 4, 0, 3, 6, 4],
        [0, 2, 3, 4],
      ],
      place,
      random,
    ),
    c.bars,
  );
  harmony.forEach((root, bar) => {
    const start = bar * c.beatsInBar;
    const gain = arc(bar, c.bars);
    const steps = [0, 4, 7, 9, 11, 9, 7, 4].slice(0, c.beatsInBar * 2);
    if (bar < c.bars - 1)
      steps.forEach((d, i) => {
        c.mix.note(felt, degree(key, root + d), c.at(start + i / 2), c.beat * 1.6, {
          gain: (i === 0 ? 0.34 : 0.2) * gain,
          pan: -0.3 + i * 0.05,
          send: 0.4,
        });
      });
    if (bar % 2 === 0)
      c.mix.note(felt, degree(key, root) - 12, c.at(start), c.beat * 3.5, {
        gain: 0.3 * gain,
        pan: -0.3,
        send: 0.35,
      });
  });
  const rhythms = three
    ? [[2, 1], [-1, 1, 1], [3]]
    : [
        [-1, 1, 2],
        [2, 1, 1],
        [3, 1],
        [-2, 1, 1],
      ];
  for (const n of tune(random, harmony, c.beatsInBar, rhythms, 14, 22)) {
    const bar = Math.floor(n.at / c.beatsInBar);
    if (bar < 2) continue;
    const gain = 0.36 * n.strength * arc(bar, c.bars);
    c.mix.note(felt, degree(key, n.degree), c.at(n.at), n.beats * c.beat + 1, { gain, pan: 0.2, send: 0.5 });
    if (bar > c.bars * 0.55 && n.at % 2 === 0)
      c.mix.note(felt, degree(key, n.degree + 7), c.at(n.at) + 0.02, n.beats * c.beat + 1, {
        gain: gain * 0.4,
        pan: 0.3,
        send: 0.55,
      });
  }
  [0, 4, 7, 9, 14].forEach((d, i) => {
    c.mix.note(felt, degree(key, d), c.at(c.bars * c.beatsInBar) + i * 0.16, 4, { gain: 0.24, send: 0.5 });
  });
  return c.mix.master(0.62, 3.5);
};

/** A trio: walking bass, brushes, a piano that swings and leaves room. */
export const jazz: Piece = (random, seconds, place) => {
  const key: Key = nth(
    [
      { tonic: 46, scale: scales.major },
      { tonic: 43, scale: scales.dorian },
      { tonic: 41, scale: scales.major },
      { tonic: 48, scale: scales.dorian },
    ],
    place,
    random,
  );
  const c = clock(random, seconds, nth([138, 112, 160, 96], place, random), 4, 0.006, 3);
  const harmony = bars(
    nth(
      [
        [1, 4, 0, 5],
        [0, 0, 3, 3, 0, 5, 1, 4],
        [0, 5, 1, 4],
        [0, 3, 6, 2],
      ],
      place,
      random,
    ),
    c.bars,
  );
  // Off-beats come at two thirds of the beat.
  const swing = (beat: number) => (beat % 1 === 0.5 ? Math.floor(beat) + 0.645 : beat);
  harmony.forEach((root, bar) => {
    const start = bar * 4;
    const next = harmony[bar + 1] ?? 0;
    const gain = arc(bar, c.bars);
    const walk = [
      root,
      root + pick(random, [2, 4]),
      root + pick(random, [4, 6, 5]),
      next + pick(random, [1, -1]),
    ];
    walk.forEach((d, i) => {
      c.mix.note(doubleBass, degree(key, d) - 12, c.at(start + i), c.beat * 0.95, {
        gain: 0.46 * (i % 2 === 0 ? 1 : 0.88),
        pan: -0.1,
        send: 0.1,
      });
    });
    for (const b of [0, 1, 1.5, 2, 3, 3.5])
      c.mix.hit(ride, c.at(start + swing(b)), {
        gain: (b % 2 === 1 ? 0.17 : 0.11) * gain,
        pan: 0.4,
        send: 0.15,
      });
    for (const b of [1, 3]) c.mix.hit(brush, c.at(start + b), { gain: 0.17, pan: 0.2, send: 0.15 });
    if (random() < 0.4)
      c.mix.hit(brushTap, c.at(start + swing(pick(random, [0.5, 2.5, 3.5]))), { gain: 0.13, pan: 0.15 });
    for (const b of pick(random, [[0, 2.5], [1.5], [0.5, 3], [1.5, 3.5]]))
      for (const d of chord(root + 7, 4).slice(1))
        c.mix.note(open, degree(key, d), c.at(start + swing(b)), 0.4, {
          gain: 0.13 * gain,
          pan: -0.25,
          send: 0.22,
        });
  });
  const rhythms = [
    [0.5, 0.5, 1, 0.5, 0.5, 1],
    [-1, 0.5, 0.5, 1.5, 0.5],
    [1.5, 0.5, 1, 1],
    [-0.5, 0.5, 0.5, 0.5, 2],
    [1, 0.5, 0.5, 0.5, 1.5],
  ];
  for (const n of tune(random, harmony, 4, rhythms, 13, 23)) {
    const bar = Math.floor(n.at / 4);
    if (bar < 4) continue;
    // For four bars in each sixteen the bass sings the tune.
    const bassTurn = bar % 16 >= 12;
    c.mix.note(
      bassTurn ? doubleBass : open,
      degree(key, n.degree) - (bassTurn ? 12 : 0),
      c.at(swing(n.at)),
      n.beats * c.beat,
      {
        gain: (bassTurn ? 0.4 : 0.34) * n.strength * arc(bar, c.bars),
        pan: bassTurn ? -0.1 : 0.12,
        send: 0.24,
      },
    );
  }
  return c.mix.master(0.36, 2.2);
};

/** Very slow chords that come out of a hiss. */
export const ambient: Piece = (random, seconds, place) => {
  const mix = new Mix(random, seconds);
  const key: Key = nth(
    [
      { tonic: 38, scale: scales.lydian },
      { tonic: 41, scale: scales.minor },
      { tonic: 36, scale: scales.major },
    ],
    place,
    random,
  );
  mix.lay(hiss(random, seconds), 0, { gain: place === 1 ? 0.1 : 0.2, pan: -0.25, send: 0.2 });
  mix.lay(hiss(random, seconds), 0, { gain: 0.14, pan: 0.35, send: 0.2 });
  const progression = nth(
    [
      [0, 4, 2, 5],
      [0, 5, 3, 6],
      [0, 3, 1, 4],
    ],
    place,
    random,
  );
  const step = 8.5;
  for (let i = 0; i * step < seconds - 4; i++) {
    const root = progression[i % progression.length] as number;
    const swell = 0.5 + 0.5 * Math.sin(Math.PI * Math.min(1, (i * step) / seconds + 0.12));
    mix.note(pad, degree(key, root), i * step, step + 1, { gain: 0.3 * swell, send: 0.6 });
    [7, 11, 13, 16].forEach((d, k) => {
      mix.note(k % 2 === 0 ? pad : softPad, degree(key, root + d), i * step + k * 0.9, step, {
        gain: 0.12 * swell,
        pan: -0.6 + k * 0.4,
        send: 0.8,
      });
    });
    for (let k = 0; k < 3; k++)
      if (i > 0 && random() < 0.75)
        mix.note(
          bell,
          degree(key, root + pick(random, [14, 18, 20, 21, 23])),
          i * step + 1 + random() * 6.5,
          2,
          { gain: 0.07 + random() * 0.07, pan: random() * 1.4 - 0.7, send: 1 },
        );
  }
  return mix.master(0.94, 6);
};

/** Rain under a glass roof, drop by drop. */
export const glassRoom: Piece = (random, seconds, place) => {
  const mix = new Mix(random, seconds);
  const key: Key = nth(
    [
      { tonic: 43, scale: scales.lydian },
      { tonic: 40, scale: scales.minor },
      { tonic: 45, scale: scales.major },
      { tonic: 38, scale: scales.dorian },
    ],
    place,
    random,
  );
  const chords = nth(
    [
      [0, 4, 1, 5],
      [0, 5, 2, 6],
      [0, 3, 5, 4],
      [0, 6, 3, 4],
    ],
    place,
    random,
  );
  const step = 7;
  const beat = nth([0.28, 0.35, 0.24, 0.3], place, random);
  for (let i = 0; i * step < seconds - 3; i++) {
    const root = chords[i % chords.length] as number;
    for (const [k, d] of [0, 7, 9, 11].entries())
      mix.note(softPad, degree(key, root + d), i * step, step, {
        gain: k === 0 ? 0.17 : 0.085,
        pan: -0.5 + k * 0.33,
        send: 0.6,
      });
  }
  const pattern = Array.from({ length: 12 }, () =>
    random() < 0.55 ? pick(random, [14, 16, 18, 21, 23]) : null,
  );
  for (let t = 2, i = 0; t < seconds - 4; t += beat, i++) {
    const density = Math.sin((Math.PI * t) / seconds) ** 0.7;
    const d = random() < 0.14 ? pick(random, [14, 16, 18, 20, 25]) : (pattern[i % 12] ?? null);
    const root = chords[Math.floor(t / step) % chords.length] as number;
    if (d !== null && random() < 0.35 + density * 0.6)
      mix.note(
        random() < 0.7 ? drop : bell,
        degree(key, d + (root > 3 ? root - 7 : root)),
        t + random() * 0.02,
        1,
        { gain: (0.1 + 0.12 * random()) * density, pan: random() * 1.6 - 0.8, send: 0.7 },
      );
  }
  return mix.master(0.9, 5);
};

/** A beach that does not exist: waves, birds, wind, and a bell far off. */
export const tides: Piece = (random, seconds, place) => {
  const mix = new Mix(random, seconds);
  const period = nth([9, 6, 8, 10], place, random);
  mix.lay(surf(random, seconds, period, nth([0.5, 0.9, 0.45, 0.35], place, random)), 0, {
    gain: 0.8,
    pan: -0.4,
    send: 0.1,
  });
  mix.lay(surf(random, seconds, period * 1.27, 0.55), 0, { gain: 0.7, pan: 0.45, send: 0.1 });
  const birds = nth([9, 4, 16, 0], place, random);
  for (let i = 0; i < birds; i++) {
    const call = bird(random);
    const pan = random() * 1.6 - 0.8;
    const at = 3 + random() * (seconds - 8);
    for (let k = 0; k < 1 + Math.floor(random() * 3); k++)
      mix.lay(call, at + k * (1.2 + random()), { gain: 0.06 + random() * 0.07, pan, send: 0.9 });
  }
  if (place === 3 || place === 0)
    for (let t = 4; t < seconds - 4; t += 3.5 + random() * 3.4)
      mix.note(buoy, pick(random, [57, 57, 62]), t, 2, {
        gain: place === 3 ? 0.13 : 0.05,
        pan: 0.5,
        send: 0.9,
      });
  const key: Key = { tonic: nth([38, 40, 43, 36], place, random), scale: scales.lydian };
  for (let t = 5; t < seconds - 9; t += 11)
    for (const [k, d] of [0, 7, 11, 15].entries())
      mix.note(pad, degree(key, d + (t % 22 < 11 ? 0 : 1)), t + k, 8, {
        gain: 0.07,
        pan: -0.5 + k * 0.33,
        send: 0.8,
      });
  return mix.master(0.86, 5);
};
