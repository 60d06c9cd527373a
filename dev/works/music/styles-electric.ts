import { pick } from "../seeded.ts";
import type { Key } from "./harmony.ts";
import { bars, chord, degree, scales, tune } from "./harmony.ts";
import { clack, clap, hat, kick, openHat } from "./noises.ts";
import type { Piece } from "./piece.ts";
import { clock, nth } from "./piece.ts";
import { fiddle, lead, marimba, softPad, stab, subBass } from "./voices.ts";

/** What sounds in a bar of sixteen, as a part of the whole: layers come in one after the other and leave before the end. */
function layers(
  bar: number,
  count: number,
): { drums: boolean; bass: boolean; chords: boolean; tune: boolean } {
  const t = bar / count;
  return {
    drums: bar >= 4 && t < 0.92,
    bass: bar >= 2 && !(t > 0.5 && t < 0.58),
    chords: bar >= 0,
    tune: bar >= 8 && t < 0.95,
  };
}

/** To dance to while sitting down. */
export const electro: Piece = (random, seconds, place) => {
  const key: Key = nth(
    [
      { tonic: 45, scale: scales.minor },
      { tonic: 43, scale: scales.dorian },
      { tonic: 41, scale: scales.minor },
      { tonic: 48, scale: scales.mixolydian },
    ],
    place,
    random,
  );
  const c = clock(random, seconds, nth([116, 104, 122, 98], place, random), 4, 0, 3);
  const harmony = bars(
    nth(
      [
        [0, 0, 5, 3],
        [0, 3, 6, 4],
        [0, 5, 2, 6],
        [0, 6, 3, 3],
      ],
      place,
      random,
    ),
    c.bars,
  );
  const groove = pick(random, [
    [0, 3, 6, 10, 12],
    [0, 3, 8, 11, 14],
    [0, 2, 6, 8, 11, 14],
  ]);
  const strum = pick(random, [
    [2, 6, 10, 14],
    [0, 3, 6, 11],
    [3, 6, 12, 14],
  ]);
  harmony.forEach((root, bar) => {
    const on = layers(bar, c.bars);
    const start = bar * 4;
    const at = (sixteenth: number) => c.at(start + sixteenth / 4);
    if (on.drums)
      for (let s = 0; s < 16; s++) {
        if (s % 4 === 0) c.mix.hit(kick, at(s), { gain: 0.62, send: 0.02 });
        if (s % 8 === 4) c.mix.hit(clap, at(s), { gain: 0.26, pan: 0.1, send: 0.35 });
        if (s % 4 === 2) c.mix.hit(s === 14 ? openHat : hat, at(s), { gain: 0.2, pan: -0.25, send: 0.1 });
        else if (random() < 0.55) c.mix.hit(hat, at(s), { gain: 0.07, pan: 0.3, send: 0.1 });
      }
    if (on.bass)
      for (const s of groove)
        c.mix.note(subBass, degree(key, s === 14 || s === 11 ? root + 4 : root) - 12, at(s), c.beat * 0.42, {
          gain: 0.4,
          send: 0.02,
        });
    for (const s of strum)
      for (const [k, d] of chord(root + 7, 4).entries())
        c.mix.note(stab, degree(key, d), at(s), 0.4, { gain: 0.14, pan: -0.45 + k * 0.3, send: 0.42 });
    if (bar % 2 === 0)
      for (const d of [7, 11])
        c.mix.note(softPad, degree(key, root + d), c.at(start), c.beat * 7, {
          gain: 0.09,
          pan: d === 7 ? -0.6 : 0.6,
          send: 0.6,
        });
  });
  const voice = place === 1 ? fiddle : lead;
  for (const n of tune(
    random,
    harmony,
    4,
    [
      [1, 0.5, 0.5, 2],
      [0.5, 0.5, 1, 1, 1],
      [1.5, 1.5, 1],
      [-1, 1, 0.5, 1.5],
    ],
    13,
    22,
  )) {
    const bar = Math.floor(n.at / 4);
    if (!layers(bar, c.bars).tune || (bar % 16 > 11 && place !== 1)) continue;
    const gain = 0.19 * n.strength;
    c.mix.note(voice, degree(key, n.degree), c.at(n.at), n.beats * c.beat * 0.9, {
      gain,
      pan: 0.1,
      send: 0.4,
    });
    // An echo, three sixteenths later on the other side.
    c.mix.note(voice, degree(key, n.degree), c.at(n.at + 0.75), n.beats * c.beat * 0.6, {
      gain: gain * 0.33,
      pan: -0.5,
      send: 0.6,
    });
  }
  return c.mix.master(0.5, 3);
};

const bis = clack(420, 0.03);
const tan = clack(262, 0.05);
const claque = clack(760, 0.02);
const pan = clack(150, 0.09);

/** A loom that has been left to invent the rest: bis, tan, claque, pan. */
export const loom: Piece = (random, seconds, place) => {
  const key: Key = nth(
    [
      { tonic: 45, scale: scales.dorian },
      { tonic: 40, scale: scales.minor },
      { tonic: 43, scale: scales.mixolydian },
      { tonic: 38, scale: scales.dorian },
    ],
    place,
    random,
  );
  const c = clock(random, seconds, nth([108, 96, 126, 88], place, random), 4, 0.002, 3.5);
  const harmony = bars(
    nth(
      [
        [0, 0, 3, 3, 6, 6, 0, 0],
        [0, 5, 0, 6],
        [0, 6, 4, 3],
        [0, 3],
      ],
      place,
      random,
    ),
    c.bars,
  );
  // Two cycles that do not have the same length: the cloth comes from their meeting.
  const weft = Array.from({ length: nth([7, 5, 9, 11], place, random) }, () =>
    pick(random, [14, 16, 18, 19, 21, null]),
  );
  const warp = Array.from({ length: nth([12, 16, 10, 12], place, random) }, () =>
    pick(random, [7, 9, 11, null, null]),
  );
  let thread = 0;
  harmony.forEach((root, bar) => {
    const on = layers(bar, c.bars);
    const t = bar / c.bars;
    for (let s = 0; s < 16; s++) {
      const at = c.at(bar * 4 + s / 4);
      const beat = s % 8;
      if (beat === 0) c.mix.hit(bis, at, { gain: 0.3, pan: -0.5, send: 0.2 });
      if (beat === 2) c.mix.hit(tan, at, { gain: 0.28, pan: -0.15, send: 0.2 });
      if (beat === 3 || beat === 5)
        c.mix.hit(claque, at, { gain: beat === 3 ? 0.22 : 0.1, pan: 0.5, send: 0.25 });
      if (beat === 6) c.mix.hit(pan, at, { gain: 0.34, pan: 0.1, send: 0.25 });
      if (on.drums && s % 4 === 0) c.mix.hit(kick, at, { gain: 0.46, send: 0.02 });
      if (on.drums && t > 0.35 && s % 2 === 1)
        c.mix.hit(hat, at, { gain: 0.06, pan: s % 4 === 1 ? 0.4 : -0.4 });
      const up = weft[thread % weft.length];
      const down = warp[thread % warp.length];
      if (on.bass && up != null)
        c.mix.note(marimba, degree(key, up + (root > 4 ? root - 7 : root)), at, 0.4, {
          gain: 0.18 + 0.06 * random(),
          pan: 0.35,
          send: 0.3,
        });
      if (down != null)
        c.mix.note(marimba, degree(key, down + (root > 4 ? root - 7 : root)), at, 0.4, {
          gain: 0.2,
          pan: -0.35,
          send: 0.3,
        });
      thread++;
    }
    if (on.bass)
      for (const b of [0, 1.5, 3])
        c.mix.note(subBass, degree(key, root) - 12, c.at(bar * 4 + b), c.beat * 0.8, {
          gain: 0.36,
          send: 0.02,
        });
    if (bar % 4 === 0 && t > 0.2)
      for (const [k, d] of chord(root + 7).entries())
        c.mix.note(softPad, degree(key, d), c.at(bar * 4), c.beat * 15, {
          gain: 0.08,
          pan: -0.6 + k * 0.6,
          send: 0.7,
        });
  });
  return c.mix.master(0.46, 3);
};
