import type { Design } from "./design.ts";
import type { Point } from "./ink.ts";
import {
  blend,
  blob,
  circle,
  ground,
  group,
  leaf,
  line,
  polygon,
  rect,
  ridge,
  shape,
  stroke,
} from "./ink.ts";

/** A winter road between two fields, towards a low disc. */
export const road: Design = {
  draw: (c) => {
    const { w, h, p, random } = c;
    const y = h * 0.56;
    let out = rect(0, 0, w, h, p.paper) + circle(w * 0.62, y - h * 0.015, w * 0.16, p.accent);
    out += ground(ridge(random, w, y - h * 0.012, h * 0.012), w, h, p.third) + rect(0, y, w, h - y, p.second);
    const vanish: Point = [w * 0.44, y];
    out += polygon(
      [vanish, [w * 0.455, y], [w * 0.98, h], [w * 0.02, h]],
      p.ink === "#26241f" ? "#3a3833" : "#1a242b",
    );
    for (let i = 0; i < 9; i++) {
      const near = (t: number): Point => [vanish[0] + w * 0.008 + (w * 0.5 - vanish[0]) * t, y + (h - y) * t];
      const a = near((i / 9) ** 2.1);
      const b = near(((i + 0.55) / 9) ** 2.1);
      const wide = (t: number) => w * 0.018 * t + 1;
      out += polygon(
        [
          [a[0] - wide((i / 9) ** 2), a[1]],
          [a[0] + wide((i / 9) ** 2), a[1]],
          [b[0] + wide(((i + 0.5) / 9) ** 2), b[1]],
          [b[0] - wide(((i + 0.5) / 9) ** 2), b[1]],
        ],
        "#f3ecdc",
      );
    }
    for (let i = 0; i < 13; i++) {
      const t = ((i + 1) / 13) ** 2;
      for (const side of [-1, 1]) {
        const x = vanish[0] + side * w * (0.02 + 0.62 * t);
        const foot = y + (h - y) * t * 0.86;
        out += line(x, foot, x, foot - h * (0.01 + 0.13 * t), p.ink, 1 + w * 0.006 * t);
      }
    }
    for (let i = 0; i < 260; i++)
      out += circle(
        w * random(),
        y + (h - y) * random(),
        w * (0.0012 + random() * 0.002),
        p.paper,
        'opacity="0.75"',
      );
    return out;
  },
  words: {
    x: 0.09,
    y: 0.08,
    width: 0.82,
    size: 0.18,
    weight: 800,
    lines: 2,
    fill: "ink",
    small: "accent",
    imprint: 0.505,
    imprintFill: "ink",
  },
};

/** A boat cut in wood: rays, waves and hatching in two inks. */
export const woodcut: Design = {
  draw: (c) => {
    const { w, h, p } = c;
    let out = rect(0, 0, w, h, p.paper);
    const box = { x: w * 0.09, y: h * 0.36, w: w * 0.82, h: h * 0.56 };
    out += `<defs><clipPath id="box"><rect x="${box.x}" y="${box.y}" width="${box.w}" height="${box.h}"/></clipPath></defs>`;
    let inside = rect(box.x, box.y, box.w, box.h, p.ink);
    const sun: Point = [w * 0.66, h * 0.53];
    for (let i = 0; i < 72; i++) {
      const a = (i / 72) * Math.PI * 2;
      const half = 0.012 + (i % 2) * 0.006;
      const at = (angle: number, r: number): Point => [
        sun[0] + Math.cos(angle) * r,
        sun[1] + Math.sin(angle) * r,
      ];
      inside += polygon(
        [at(a, w * (0.15 + (i % 3) * 0.014)), at(a - half, w * 1.1), at(a + half, w * 1.1)],
        p.paper,
      );
    }
    inside += circle(sun[0], sun[1], w * 0.135, p.ink) + circle(sun[0], sun[1], w * 0.12, p.accent);
    const sea = h * 0.7;
    inside += rect(box.x, sea, box.w, box.h, p.ink);
    // The boat stands before the sun, on the first wave.
    const u = w / 100;
    inside += polygon(
      [
        [30 * u, sea - 8 * u],
        [33 * u, sea - 37 * u],
        [34.4 * u, sea - 37 * u],
        [34.4 * u, sea - 8 * u],
      ],
      p.ink,
    );
    inside += shape(
      `M${35.4 * u} ${sea - 36 * u}Q${57 * u} ${sea - 24 * u} ${55 * u} ${sea - 10 * u}L${35.4 * u} ${sea - 11 * u}Z`,
      p.paper,
      `stroke="${p.ink}" stroke-width="${u}"`,
    );
    for (let i = 0; i < 7; i++)
      inside += line(
        36.4 * u,
        sea - (33 - i * 3.2) * u,
        (44 + i * 1.5) * u,
        sea - (27 - i * 2.5) * u,
        p.ink,
        u * 0.34,
      );
    inside += shape(
      `M${31.6 * u} ${sea - 34 * u}Q${20 * u} ${sea - 24 * u} ${19 * u} ${sea - 11 * u}L${30.6 * u} ${sea - 11 * u}Z`,
      p.third,
      `stroke="${p.ink}" stroke-width="${u}"`,
    );
    inside += shape(
      `M${14 * u} ${sea - 8.6 * u}Q${38 * u} ${sea - 5 * u} ${64 * u} ${sea - 11 * u}Q${58 * u} ${sea + 4 * u} ${50 * u} ${sea + 4 * u}L${24 * u} ${sea + 4 * u}Q${16 * u} ${sea} ${14 * u} ${sea - 8.6 * u}Z`,
      p.accent,
      `stroke="${p.ink}" stroke-width="${u}"`,
    );
    for (let i = 0; i < 3; i++)
      inside += stroke(
        `M${(17 + i) * u} ${sea - (5.6 - i * 2.6) * u}Q${38 * u} ${sea - (2.4 - i * 2.6) * u} ${(60 - i * 2) * u} ${sea - (7.4 - i * 2.7) * u}`,
        p.ink,
        u * 0.5,
      );
    for (let row = 0; row < 11; row++) {
      const y = sea + (2 + row * 3.4) * u;
      let d = "";
      for (let k = 0; k < 10; k++) {
        const x = (row % 2 === 0 ? 0 : -5.5) * u + k * 11 * u;
        d += `M${x} ${y}q${5.5 * u} ${-5 * u} ${11 * u} 0q${-5.5 * u} ${-3 * u} ${-11 * u} 0Z`;
      }
      inside += shape(d, row % 3 === 2 ? p.third : p.paper);
    }
    out +=
      group(inside, 'clip-path="url(#box)"') +
      rect(box.x, box.y, box.w, box.h, "none", `stroke="${p.ink}" stroke-width="${u * 1.1}"`);
    return out;
  },
  words: {
    x: 0.09,
    y: 0.05,
    width: 0.82,
    size: 0.135,
    weight: 800,
    lines: 2,
    fill: "ink",
    small: "accent",
    imprint: 0.955,
    imprintFill: "ink",
  },
};

/** Three fish on a tray of scales. */
export const fish: Design = {
  draw: (c) => {
    const { w, h, p } = c;
    const u = w / 100;
    let out = rect(0, 0, w, h, p.paper);
    const one = (y: number, flip: number, body: string, tail: string) => {
      const d = `M${-36 * u} 0C${-28 * u} ${-15 * u} ${4 * u} ${-17 * u} ${23 * u} ${-2.4 * u}L${36 * u} ${-10 * u}Q${32 * u} 0 ${36 * u} ${10 * u}L${23 * u} ${2.4 * u}C${4 * u} ${17 * u} ${-28 * u} ${15 * u} ${-36 * u} 0Z`;
      const id = `f${Math.round(y)}`;
      let scales = rect(-40 * u, -20 * u, 80 * u, 40 * u, body);
      for (let row = -5; row <= 5; row++)
        for (let k = 0; k < 9; k++)
          scales += stroke(
            `M${(-17 + k * 4.4 + (row % 2 === 0 ? 0 : 2.2)) * u} ${(row * 2.9 - 1.45) * u}q${-2.6 * u} ${1.45 * u} 0 ${2.9 * u}`,
            p.paper,
            u * 0.42,
            'opacity="0.85"',
          );
      scales +=
        shape(
          `M${-40 * u} ${-20 * u}L${-22 * u} ${-20 * u}Q${-16 * u} 0 ${-22 * u} ${20 * u}L${-40 * u} ${20 * u}Z`,
          p.ink,
        ) +
        polygon(
          [
            [23 * u, -20 * u],
            [40 * u, -20 * u],
            [40 * u, 20 * u],
            [23 * u, 20 * u],
          ],
          tail,
        );
      for (let k = 0; k < 5; k++)
        scales += line(24 * u, (k - 2) * 1.1 * u, 36 * u, (k - 2) * 4 * u, p.paper, u * 0.36);
      scales += circle(-28 * u, -2.2 * u, u * 2, p.paper) + circle(-28 * u, -2.2 * u, u * 0.9, p.ink);
      return group(
        `<defs><clipPath id="${id}"><path d="${d}"/></clipPath></defs>${group(scales, `clip-path="url(#${id})"`)}`,
        `transform="translate(${w / 2} ${y}) scale(${flip} 1)"`,
      );
    };
    out +=
      one(h * 0.49, 1, p.second, p.accent) +
      one(h * 0.655, -1, p.accent, p.second) +
      one(h * 0.82, 1, p.third, p.accent);
    for (const [x, y, a] of [
      [0.12, 0.575, 0.3],
      [0.86, 0.74, 2.9],
    ] as const)
      for (let k = -2; k <= 2; k++)
        out += leaf(w * x, h * y, w * 0.085, a + k * 0.42, p.second, p.paper, 0.16);
    return out;
  },
  words: {
    x: 0.5,
    y: 0.045,
    width: 0.82,
    anchor: "middle",
    size: 0.135,
    weight: 700,
    lines: 2,
    fill: "ink",
    small: "accent",
    imprint: 0.95,
    imprintFill: "ink",
  },
};

/** The frames of a hull on the stocks, seen from the bow. */
export const hull: Design = {
  draw: (c) => {
    const { w, h, p } = c;
    let out = rect(0, 0, w, h, p.paper);
    const keel = h * 0.87;
    const x = w / 2;
    for (let i = 11; i >= 0; i--) {
      const t = i / 11;
      const half = w * (0.05 + 0.37 * t);
      const top = h * (0.64 - 0.2 * t);
      const d = `M${x - half} ${top}C${x - half * 1.02} ${h * 0.72} ${x - half * 0.55} ${keel - h * 0.02} ${x} ${keel}C${x + half * 0.55} ${keel - h * 0.02} ${x + half * 1.02} ${h * 0.72} ${x + half} ${top}`;
      out += stroke(
        d,
        i % 4 === 3 ? p.third : blend(p.accent, p.second, t),
        w * 0.0125,
        'stroke-linecap="round"',
      );
    }
    out += rect(x - w * 0.011, h * 0.42, w * 0.022, keel - h * 0.42 + h * 0.02, p.ink);
    for (let i = 0; i < 6; i++)
      out += line(
        w * (0.1 + i * 0.02),
        keel + h * (0.012 + i * 0.009),
        w * (0.9 - i * 0.02),
        keel + h * (0.012 + i * 0.009),
        p.ink,
        w * 0.003,
      );
    for (const side of [-1, 1])
      out += line(x + side * w * 0.46, keel + h * 0.01, x + side * w * 0.36, h * 0.56, p.ink, w * 0.007);
    return out;
  },
  words: {
    x: 0.5,
    y: 0.07,
    width: 0.84,
    anchor: "middle",
    size: 0.115,
    weight: 600,
    lines: 2,
    fill: "ink",
    small: "accent",
    imprint: 0.955,
    imprintFill: "ink",
  },
};

/** Lines of level around two shoals, as on a chart. */
export const contours: Design = {
  draw: (c) => {
    const { w, h, p, random } = c;
    let out = rect(0, 0, w, h, p.paper);
    const phases = [random() * 6, random() * 6, random() * 6];
    const island = (cx: number, cy: number, r: number, squash: number) => {
      const points: Point[] = [];
      for (let i = 0; i < 48; i++) {
        const a = (i / 48) * Math.PI * 2;
        const k =
          1 +
          0.16 * Math.sin(a * 2 + phases[0]!) +
          0.09 * Math.sin(a * 3 + phases[1]!) +
          0.05 * Math.sin(a * 5 + phases[2]!);
        points.push([cx + Math.cos(a) * r * k, cy + Math.sin(a) * r * k * squash]);
      }
      return blob(points);
    };
    for (let i = 22; i >= 0; i--) {
      const r = w * (0.07 + i * 0.052);
      const fill = i > 13 ? "none" : blend(p.accent, p.paper, i / 14);
      out += shape(
        island(w * 0.56, h * 0.66, r, 1.08),
        fill,
        `stroke="${p.ink}" stroke-opacity="${i % 4 === 0 ? 0.85 : 0.35}" stroke-width="${w * (i % 4 === 0 ? 0.0028 : 0.0014)}"`,
      );
    }
    out += shape(island(w * 0.56, h * 0.66, w * 0.055, 1.08), p.third);
    for (let i = 0; i <= 10; i++)
      out += line(
        w * 0.06,
        h * (0.42 + i * 0.05),
        w * (i % 5 === 0 ? 0.1 : 0.08),
        h * (0.42 + i * 0.05),
        p.ink,
        w * 0.0026,
      );
    out += rect(0, 0, w, h * 0.355, p.paper) + rect(w * 0.09, h * 0.355, w * 0.82, h * 0.0016, p.ink);
    return out;
  },
  words: {
    x: 0.09,
    y: 0.06,
    width: 0.82,
    size: 0.14,
    weight: 400,
    lines: 2,
    fill: "ink",
    small: "accent",
    imprint: 0.956,
    imprintFill: "ink",
  },
};
