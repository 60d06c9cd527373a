import { pick } from "../seeded.ts";
import type { Key } from "./harmony.ts";
import { bars, chord, degree, scales, tune } from "./harmony.ts";
import { brush, stomp } from "./noises.ts";
import type { Piece } from "./piece.ts";
import { arc, clock, nth } from "./piece.ts";
import { accordion, doubleBass, feltPiano, fiddle, pad, plucked } from "./voices.ts";

const guitar = plucked(0.42, 3.6);
const bouzouki = plucked(0.7, 2.2, 0.1);
const harpString = plucked(0.5, 4.6, 0.35);
const nylon = plucked(0.25, 2.8, 0.22);
const upright = feltPiano(0.35);

/** Finger-picked guitar: a thumb that alternates, an arpeggio, and a tune on the high strings. */
export const folk: Piece = (random, seconds, place) => {
  const keys: Key[] = [
    { tonic: 48, scale: scales.major },
    { tonic: 45, scale: scales.minor },
    { tonic: 43, scale: scales.mixolydian },
    { tonic: 41, scale: scales.major },
  ];
  const key = nth(keys, place, random);
  const three = place === 2;
  const c = clock(random, seconds, nth([92, 84, 104, 76], place, random), three ? 3 : 4);
  const progression = nth(
    [
      [0, 5, 3, 4],
      [0, 5, 2, 4],
      [0, 6, 3, 0],
      [0, 2, 3, 4, 5, 3, 4, 4],
    ],
    place,
    random,
  );
  const harmony = bars(progression, c.bars);
  const pattern = three ? [0, 1, 2, 3, 2, 1] : [0, 2, 1, 3, 0, 2, 3, 1];
  for (let bar = 0; bar < c.bars; bar++) {
    const root = harmony[bar] as number;
    const gain = 0.3 * arc(bar, c.bars);
    const notes = [...chord(root + 7), root + 14];
    const beats = c.beatsInBar;
    if (bar === c.bars - 1) {
      [root, root + 4, root + 7, root + 9, root + 14].forEach((d, i) => {
        c.mix.note(guitar, degree(key, d), c.at(bar * beats) + i * 0.07, 4, { gain, pan: -0.15, send: 0.35 });
      });
      break;
    }
    for (let b = 0; b < beats; b += 2)
      c.mix.note(
        guitar,
        degree(key, b % 4 === 0 ? root : root + (b === 2 && root < 2 ? 4 : 0)),
        c.at(bar * beats + b),
        1.6,
        { gain: gain * 1.05, pan: -0.2 },
      );
    pattern.forEach((k, i) => {
      if (random() < 0.9)
        c.mix.note(guitar, degree(key, notes[k] as number), c.at(bar * beats + i / 2), 1.2, {
          gain: gain * (i % 2 === 0 ? 0.5 : 0.62),
          pan: -0.05,
          send: 0.3,
        });
    });
  }
  const rhythms = three
    ? [
        [2, 1],
        [1, 1, 1],
        [1.5, 0.5, 1],
      ]
    : [
        [1.5, 0.5, 2],
        [1, 1, 2],
        [-1, 1, 1, 1],
        [2, 1.5, 0.5],
      ];
  for (const n of tune(random, harmony, c.beatsInBar, rhythms, 14, 22)) {
    const bar = Math.floor(n.at / c.beatsInBar);
    if (bar < 4 || bar >= c.bars - 1) continue;
    c.mix.note(guitar, degree(key, n.degree), c.at(n.at), n.beats * c.beat + 0.8, {
      gain: 0.42 * n.strength * arc(bar, c.bars),
      pan: 0.22,
      send: 0.4,
    });
  }
  return c.mix.master(0.45, 2.5);
};

/** A tune for dancing: fiddle, bouzouki, feet on the floor, and a mist underneath. */
export const trad: Piece = (random, seconds, place) => {
  const key: Key = nth(
    [
      { tonic: 50, scale: scales.mixolydian },
      { tonic: 45, scale: scales.dorian },
      { tonic: 43, scale: scales.major },
      { tonic: 52, scale: scales.dorian },
    ],
    place,
    random,
  );
  const six = place === 3 || place === 1;
  const c = clock(random, seconds, nth([104, 84, 112, 100], place, random), six ? 3 : 4, 0.005, 3);
  const harmony = bars(
    nth(
      [
        [0, 0, 6, 0, 0, 3, 6, 0],
        [0, 6, 0, 4, 0, 6, 3, 0],
        [0, 3, 0, 4, 5, 3, 4, 0],
        [0, 6, 3, 0],
      ],
      place,
      random,
    ),
    c.bars,
  );
  const reel = [
    [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
    [1, 0.5, 0.5, 0.5, 0.5, 1],
    [0.5, 0.5, 1, 0.5, 0.5, 0.5, 0.5],
  ];
  const jig = [
    [0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
    [1, 0.5, 1, 0.5],
    [1, 0.5, 0.5, 0.5, 0.5],
  ];
  const air = tune(random, harmony, c.beatsInBar, six ? jig : reel, 7, 17);
  for (const n of air) {
    const bar = Math.floor(n.at / c.beatsInBar);
    const gain = 0.3 * n.strength * arc(bar, c.bars);
    const long = n.beats * c.beat * (random() < 0.2 ? 0.62 : 0.94);
    c.mix.note(fiddle, degree(key, n.degree), c.at(n.at), long, { gain, pan: 0.12, send: 0.34 });
    // A double string now and then, on the beat.
    if (n.at % 2 === 0 && random() < 0.4)
      c.mix.note(fiddle, degree(key, n.degree - 4), c.at(n.at), long, {
        gain: gain * 0.45,
        pan: 0.16,
        send: 0.3,
      });
    if (bar >= c.bars / 2)
      c.mix.note(bouzouki, degree(key, n.degree), c.at(n.at), long + 0.3, { gain: gain * 0.4, pan: -0.35 });
  }
  for (let bar = 0; bar < c.bars; bar++) {
    const root = harmony[bar] as number;
    const start = bar * c.beatsInBar;
    if (bar % 4 === 0)
      for (const d of [0, 4, 7])
        c.mix.note(pad, degree(key, d), Math.max(0, c.at(start) - 0.8), c.beat * c.beatsInBar * 4, {
          gain: 0.05 + (d === 0 ? 0.03 : 0),
          pan: d === 4 ? -0.6 : 0.5,
          send: 0.7,
        });
    if (bar < 4 && place !== 0) continue;
    for (let b = 0; b < c.beatsInBar; b++) {
      c.mix.hit(stomp, c.at(start + b), { gain: b % 2 === 0 ? 0.34 : 0.2, pan: -0.05, send: 0.12 });
      if (!six) c.mix.hit(stomp, c.at(start + b + 0.75), { gain: 0.11, pan: 0.05, send: 0.12 });
      if (b % 2 === 1 || six)
        for (const [i, d] of chord(root + 7).entries())
          c.mix.note(bouzouki, degree(key, d), c.at(start + b) + i * 0.012, 0.5, { gain: 0.13, pan: -0.4 });
      if (b % 2 === 0)
        c.mix.note(bouzouki, degree(key, root), c.at(start + b), 0.9, { gain: 0.24, pan: -0.3 });
    }
  }
  return c.mix.master(0.55, 2.2);
};

/** A harp: broken chords that climb the stairs, and a tune in the middle of them. */
export const harp: Piece = (random, seconds, place) => {
  const key: Key = nth(
    [
      { tonic: 45, scale: scales.dorian },
      { tonic: 48, scale: scales.major },
      { tonic: 43, scale: scales.minor },
      { tonic: 50, scale: scales.dorian },
      { tonic: 41, scale: scales.lydian },
    ],
    place,
    random,
  );
  const three = place % 2 === 1;
  const c = clock(random, seconds, nth([96, 80, 116, 88, 70], place, random), three ? 3 : 4, 0.012, 4.5);
  const harmony = bars(
    nth(
      [
        [0, 3, 6, 4],
        [0, 4, 5, 3],
        [0, 6, 5, 6],
        [0, 2, 3, 6],
        [0, 1, 0, 4],
      ],
      place,
      random,
    ),
    c.bars,
  );
  harmony.forEach((root, bar) => {
    const start = bar * c.beatsInBar;
    const gain = 0.3 * arc(bar, c.bars);
    const run = bar % 8 === 7;
    const steps = c.beatsInBar * 2;
    const shape = run
      ? Array.from({ length: steps * 2 }, (_, i) => root + i)
      : [0, 4, 7, 9, 11, 9, 7, 4].slice(0, steps).map((d) => root + d);
    shape.forEach((d, i) => {
      const beat = run ? i / 4 : i / 2;
      c.mix.note(harpString, degree(key, d), c.at(start + beat), 1.9, {
        gain: gain * (i === 0 ? 1 : 0.55) * (run ? 0.7 : 1),
        pan: -0.4 + i * 0.07,
        send: 0.42,
      });
    });
  });
  const rhythms = three
    ? [[2, 1], [1, 1, 1], [3]]
    : [
        [2, 2],
        [1.5, 0.5, 1, 1],
        [1, 1, 2],
      ];
  for (const n of tune(random, harmony, c.beatsInBar, rhythms, 14, 23)) {
    const bar = Math.floor(n.at / c.beatsInBar);
    if (bar >= 2 && bar % 8 !== 7)
      c.mix.note(harpString, degree(key, n.degree), c.at(n.at), 2.4, {
        gain: 0.4 * n.strength * arc(bar, c.bars),
        pan: 0.2,
        send: 0.45,
      });
  }
  [0, 4, 7, 11, 14].forEach((d, i) => {
    c.mix.note(harpString, degree(key, d), c.at(c.bars * c.beatsInBar) + i * 0.11, 3.5, {
      gain: 0.26,
      send: 0.5,
    });
  });
  return c.mix.master(0.66, 3);
};

/** A song whose voice has been left to the listener: guitar and piano, bass, a brush. */
export const chanson: Piece = (random, seconds, place) => {
  const key: Key = nth(
    [
      { tonic: 48, scale: scales.major },
      { tonic: 43, scale: scales.major },
      { tonic: 50, scale: scales.major },
      { tonic: 45, scale: scales.minor },
    ],
    place,
    random,
  );
  const c = clock(random, seconds, nth([88, 96, 108, 72], place, random), place === 3 ? 3 : 4);
  const harmony = bars(
    nth(
      [
        [0, 4, 5, 3],
        [0, 5, 1, 4],
        [0, 3, 0, 4, 0, 3, 1, 4],
        [0, 5, 3, 4],
      ],
      place,
      random,
    ),
    c.bars,
  );
  harmony.forEach((root, bar) => {
    const start = bar * c.beatsInBar;
    const gain = arc(bar, c.bars);
    c.mix.note(doubleBass, degree(key, root) - 12, c.at(start), c.beat * 1.8, {
      gain: 0.42 * gain,
      send: 0.08,
    });
    if (c.beatsInBar === 4)
      c.mix.note(doubleBass, degree(key, root + 4) - 12, c.at(start + 2), c.beat * 1.4, {
        gain: 0.32 * gain,
        send: 0.08,
      });
    for (let half = 0; half < c.beatsInBar * 2; half++) {
      const notes = chord(root + 7);
      c.mix.note(nylon, degree(key, notes[half % 3] as number), c.at(start + half / 2), 0.9, {
        gain: 0.24 * gain * (half % 2 === 0 ? 1 : 0.7),
        pan: -0.4,
      });
    }
    if (bar >= 4 && bar < c.bars - 1) {
      c.mix.hit(brush, c.at(start + 1), { gain: 0.12, pan: 0.25 });
      if (c.beatsInBar === 4) c.mix.hit(brush, c.at(start + 3), { gain: 0.14, pan: 0.25 });
    }
    if (bar % 2 === 0)
      for (const d of chord(root + 7))
        c.mix.note(upright, degree(key, d), c.at(start), c.beat * 3, {
          gain: 0.12 * gain,
          pan: 0.3,
          send: 0.35,
        });
  });
  const rhythms =
    c.beatsInBar === 4
      ? [
          [1, 1, 1.5, 0.5],
          [1.5, 0.5, 1, 1],
          [0.5, 0.5, 1, 2],
        ]
      : [
          [2, 1],
          [1, 1, 1],
          [1.5, 0.5, 1],
        ];
  for (const n of tune(random, harmony, c.beatsInBar, rhythms, 13, 21)) {
    const bar = Math.floor(n.at / c.beatsInBar);
    if (bar < 2) continue;
    const second = Math.floor(bar / 4) % 4 === 2;
    c.mix.note(second ? nylon : upright, degree(key, n.degree), c.at(n.at), n.beats * c.beat + 0.4, {
      gain: (second ? 0.46 : 0.34) * n.strength * arc(bar, c.bars),
      pan: second ? -0.2 : 0.2,
      send: 0.35,
    });
  }
  return c.mix.master(0.5, 2.5);
};

/** A waltz for the pocket. */
export const waltz: Piece = (random, seconds, place) => {
  const key: Key = nth(
    [
      { tonic: 45, scale: scales.minor },
      { tonic: 48, scale: scales.major },
      { tonic: 50, scale: scales.minor },
      { tonic: 43, scale: scales.major },
      { tonic: 45, scale: scales.dorian },
    ],
    place,
    random,
  );
  const c = clock(random, seconds, nth([152, 168, 140, 160, 126], place, random), 3, 0.014, 3);
  const harmony = bars(
    nth(
      [
        [0, 0, 3, 4, 0, 5, 4, 4],
        [0, 5, 1, 4],
        [0, 3, 6, 2, 5, 1, 4, 4],
        [0, 4, 4, 0],
        [0, 6, 5, 4],
      ],
      place,
      random,
    ),
    c.bars,
  );
  harmony.forEach((root, bar) => {
    const start = bar * 3;
    const gain = arc(bar, c.bars);
    c.mix.note(doubleBass, degree(key, bar % 2 === 0 ? root : root + 4) - 12, c.at(start), c.beat * 1.5, {
      gain: 0.42 * gain,
      send: 0.08,
    });
    for (const b of [1, 2])
      for (const d of chord(root + 7))
        c.mix.note(place % 2 === 0 ? nylon : upright, degree(key, d), c.at(start + b), 0.35, {
          gain: 0.13 * gain,
          pan: -0.3,
        });
    if (bar > 7) c.mix.hit(brush, c.at(start + 1), { gain: 0.08, pan: 0.3 });
  });
  for (const n of tune(
    random,
    harmony,
    3,
    [[1, 1, 1], [2, 1], [1.5, 0.5, 1], [0.5, 0.5, 1, 1], [3]],
    13,
    22,
  )) {
    const bar = Math.floor(n.at / 3);
    const gain = n.strength * arc(bar, c.bars);
    c.mix.note(accordion, degree(key, n.degree), c.at(n.at), n.beats * c.beat * 0.94, {
      gain: 0.25 * gain,
      pan: 0.15,
      send: 0.28,
    });
    if (bar >= 8 && bar % 8 > 3)
      c.mix.note(accordion, degree(key, n.degree - 2), c.at(n.at), n.beats * c.beat * 0.9, {
        gain: 0.12 * gain,
        pan: 0.25,
        send: 0.28,
      });
    if (place % 2 === 1 && random() < 0.5)
      c.mix.note(pick(random, [upright]), degree(key, n.degree + 7), c.at(n.at), 0.6, {
        gain: 0.1 * gain,
        pan: -0.2,
      });
  }
  return c.mix.master(0.42, 2);
};
