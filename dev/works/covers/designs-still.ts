import type { Design } from "./design.ts";
import type { Canvas, Point } from "./ink.ts";
import { blend, circle, group, leaf, line, polygon, rect, ring, route, shape, stroke } from "./ink.ts";

/** A cat on the middle of a bridge. */
export const cat: Design = {
  draw: (c) => {
    const { w, h, p } = c;
    const u = w / 100;
    let out = rect(0, 0, w, h, p.paper) + circle(w * 0.5, h * 0.55, w * 0.33, p.accent);
    const deck = h * 0.72;
    out += rect(0, deck, w, h - deck, p.ink);
    for (const k of [0, 1, 2]) {
      const x = w * (0.5 + (k - 1) * 0.42);
      out += shape(
        `M${x - w * 0.18} ${h * 0.93}L${x - w * 0.18} ${h * 0.87}A${w * 0.18} ${w * 0.18} 0 0 1 ${x + w * 0.18} ${h * 0.87}L${x + w * 0.18} ${h * 0.93}Z`,
        p.second,
      );
    }
    out += rect(0, h * 0.915, w, h * 0.085, p.second);
    for (let i = 0; i < 9; i++)
      out += stroke(
        `M${w * (0.02 + i * 0.115)} ${h * (0.94 + (i % 2) * 0.02)}q${2 * u} ${-1.6 * u} ${4 * u} 0t${4 * u} 0`,
        p.third,
        u * 0.5,
      );
    out += rect(0, deck - u * 1.2, w, u * 3.2, p.third);
    const s = u * 1.12;
    const x = w * 0.5;
    const y = deck - u * 1.2;
    out += shape(
      `M${x - 15 * s} ${y}C${x - 20 * s} ${y - 20 * s} ${x - 9 * s} ${y - 27 * s} ${x - 8 * s} ${y - 33 * s}C${x - 13 * s} ${y - 38 * s} ${x - 12.4 * s} ${y - 44 * s} ${x - 12 * s} ${y - 52 * s}L${x - 5 * s} ${y - 47 * s}Q${x} ${y - 48.4 * s} ${x + 5 * s} ${y - 47 * s}L${x + 12 * s} ${y - 52 * s}C${x + 12.4 * s} ${y - 44 * s} ${x + 13 * s} ${y - 38 * s} ${x + 8 * s} ${y - 33 * s}C${x + 9 * s} ${y - 27 * s} ${x + 20 * s} ${y - 20 * s} ${x + 15 * s} ${y}Z`,
      p.ink,
    );
    out += stroke(
      `M${x + 13 * s} ${y - 3 * s}C${x + 30 * s} ${y} ${x + 32 * s} ${y - 16 * s} ${x + 24 * s} ${y - 20 * s}`,
      p.ink,
      3.6 * s,
      'stroke-linecap="round"',
    );
    for (const side of [-1, 1]) {
      out += shape(
        `M${x + side * 2.6 * s} ${y - 40 * s}q${side * 2.6 * s} ${-3.2 * s} ${side * 5.2 * s} 0q${-side * 2.6 * s} ${2.4 * s} ${-side * 5.2 * s} 0Z`,
        p.paper,
      );
      for (let k = -1; k <= 1; k++)
        out += line(
          x + side * 3 * s,
          y - (36.4 + k * 0.6) * s,
          x + side * 15 * s,
          y - (36 + k * 2.4) * s,
          p.third,
          s * 0.28,
        );
      out += stroke(
        `M${x + side * 5 * s} ${y - 1 * s}q0 ${-9 * s} ${-side * 1.4 * s} ${-15 * s}`,
        p.paper,
        s * 0.4,
        'opacity="0.5"',
      );
    }
    out += polygon(
      [
        [x - 1.2 * s, y - 37.6 * s],
        [x + 1.2 * s, y - 37.6 * s],
        [x, y - 36.2 * s],
      ],
      p.accent,
    );
    for (let k = 0; k < 3; k++)
      out += stroke(
        `M${x - 4 * s} ${y - (30 - k * 3) * s}q${4 * s} ${2.4 * s} ${8 * s} 0`,
        p.accent,
        s * 0.9,
      );
    return out;
  },
  words: {
    x: 0.5,
    y: 0.03,
    width: 0.84,
    anchor: "middle",
    size: 0.14,
    weight: 800,
    lines: 2,
    fill: "ink",
    small: "ink",
    imprint: 0.985,
    imprintFill: "third",
  },
};

/** A frieze of leaves on three stems, as pressed in a herbarium. */
export const leaves: Design = {
  draw: (c) => {
    const { w, h, p, random } = c;
    let out = rect(0, 0, w, h, p.paper);
    const stem = (
      x: number,
      top: number,
      bottom: number,
      pairs: number,
      colour: string,
      fat: number,
      size: number,
    ) => {
      let s = stroke(
        `M${x} ${bottom}C${x - w * 0.012} ${bottom - (bottom - top) * 0.4} ${x + w * 0.012} ${top + (bottom - top) * 0.3} ${x} ${top}`,
        colour,
        w * 0.0055,
      );
      for (let i = 0; i < pairs; i++) {
        const t = (i + 0.5) / pairs;
        const y = bottom - (bottom - top) * (0.12 + t * 0.86);
        const length = size * (0.55 + 0.6 * Math.sin(Math.PI * (0.15 + t * 0.7))) * (0.95 + random() * 0.1);
        for (const side of [-1, 1])
          s += leaf(x, y, length, -Math.PI / 2 + side * (1.12 - t * 0.5), colour, p.paper, fat);
      }
      return s + leaf(x, top + h * 0.006, size * 0.8, -Math.PI / 2, colour, p.paper, fat);
    };
    out += stem(w * 0.22, h * 0.47, h * 0.9, 8, p.second, 0.13, w * 0.125);
    out += stem(w * 0.78, h * 0.45, h * 0.9, 11, p.ink, 0.2, w * 0.105);
    out += stem(w * 0.5, h * 0.455, h * 0.9, 6, p.accent, 0.26, w * 0.19);
    for (let i = 0; i < 9; i++) {
      const a = (i / 9) * Math.PI * 2;
      out += circle(
        w * 0.22 + Math.cos(a) * w * 0.034,
        h * 0.425 + Math.sin(a) * w * 0.034,
        w * 0.014,
        p.third,
      );
    }
    out +=
      circle(w * 0.22, h * 0.425, w * 0.019, p.ink) + rect(w * 0.09, h * 0.9, w * 0.82, h * 0.0016, p.ink);
    return out;
  },
  words: {
    x: 0.5,
    y: 0.06,
    width: 0.84,
    anchor: "middle",
    size: 0.125,
    weight: 400,
    italic: true,
    lines: 2,
    fill: "ink",
    small: "third",
    imprint: 0.945,
    imprintFill: "ink",
  },
};

/** A still life of six tiles. */
export const table: Design = {
  draw: (c: Canvas) => {
    const { w, h, p } = c;
    let out = rect(0, 0, w, h, p.paper);
    const s = w * 0.41;
    const tile = (col: number, row: number, back: string, content: string) => {
      const id = `t${col}${row}`;
      return `<defs><clipPath id="${id}"><rect width="${s}" height="${s}"/></clipPath></defs>${group(group(rect(0, 0, s, s, back) + content, `clip-path="url(#${id})"`), `transform="translate(${w * 0.09 + col * s} ${h * 0.375 + row * s})"`)}`;
    };
    const m = s / 2;
    const plate =
      circle(m, m, s * 0.42, p.paper) +
      ring(m, m, s * 0.33, p.ink, s * 0.008) +
      circle(m - s * 0.07, m + s * 0.04, s * 0.17, p.third) +
      circle(m + s * 0.13, m - s * 0.06, s * 0.13, p.accent) +
      leaf(m - s * 0.05, m + s * 0.2, s * 0.27, -0.5, p.second, p.paper, 0.2);
    let onion = shape(
      `M${m} ${s * 0.12}C${m + s * 0.06} ${s * 0.3} ${m + s * 0.4} ${s * 0.38} ${m + s * 0.34} ${s * 0.64}C${m + s * 0.3} ${s * 0.84} ${m - s * 0.3} ${s * 0.84} ${m - s * 0.34} ${s * 0.64}C${m - s * 0.4} ${s * 0.38} ${m - s * 0.06} ${s * 0.3} ${m} ${s * 0.12}Z`,
      p.accent,
    );
    for (const k of [-0.22, -0.1, 0.1, 0.22])
      onion += stroke(
        `M${m} ${s * 0.22}C${m + k * s} ${s * 0.38} ${m + k * 1.5 * s} ${s * 0.62} ${m + k * 0.5 * s} ${s * 0.785}`,
        p.paper,
        s * 0.01,
      );
    let lemon =
      circle(m, m, s * 0.36, p.third) + circle(m, m, s * 0.31, p.paper) + circle(m, m, s * 0.285, p.third);
    for (let i = 0; i < 8; i++)
      lemon += line(
        m,
        m,
        m + Math.cos((i * Math.PI) / 4) * s * 0.29,
        m + Math.sin((i * Math.PI) / 4) * s * 0.29,
        p.paper,
        s * 0.02,
      );
    let leek = "";
    for (let i = -3; i <= 3; i++)
      leek += leaf(
        m,
        s * 0.95,
        s * 0.8,
        -Math.PI / 2 + i * 0.2,
        i % 2 === 0 ? p.paper : blend(p.paper, p.second, 0.45),
        p.ink,
        0.07,
      );
    out +=
      tile(0, 0, p.ink, plate) +
      tile(1, 0, p.third, onion) +
      tile(0, 1, p.accent, lemon) +
      tile(1, 1, p.second, leek);
    return (
      out +
      rect(w * 0.09, h * 0.375, s * 2, s * 2, "none", `stroke="${p.ink}" stroke-width="${w * 0.005}"`) +
      line(w * 0.09 + s, h * 0.375, w * 0.09 + s, h * 0.375 + 2 * s, p.ink, w * 0.005) +
      line(w * 0.09, h * 0.375 + s, w * 0.91, h * 0.375 + s, p.ink, w * 0.005)
    );
  },
  words: {
    x: 0.09,
    y: 0.04,
    width: 0.82,
    size: 0.125,
    weight: 700,
    lines: 2,
    fill: "ink",
    small: "accent",
    imprint: 0.957,
    imprintFill: "ink",
  },
};

/** Somebody at the turn of the stairs, several times. */
export const steps: Design = {
  draw: (c) => {
    const { w, h, p } = c;
    let out = rect(0, 0, w, h, p.paper) + circle(w * 0.2, h * 0.57, w * 0.1, p.second);
    const points: Point[] = [];
    const count = 9;
    for (let i = 0; i < count; i++) {
      const x = w * (i / count);
      const y = h * (0.93 - (i / count) * 0.5);
      points.push([x, y], [x + w / count, y]);
    }
    out += polygon([...points, [w, h], [0, h]], p.accent);
    out += polygon([...points.map(([x, y]): Point => [x + w * 0.0, y + h * 0.05]), [w, h], [0, h]], p.third);
    out += polygon([...points.map(([x, y]): Point => [x, y + h * 0.14]), [w, h], [0, h]], p.ink);
    for (let i = 0; i < 6; i++) {
      const step = 1 + i * 1.35;
      const x = w * ((Math.floor(step) + 0.5) / count);
      const y = h * (0.93 - (Math.floor(step) / count) * 0.5);
      const s = w * 0.052;
      out +=
        circle(x, y - s * 2.25, s * 0.34, p.ink) +
        shape(
          `M${x - s * 0.4} ${y - s * 0.7}Q${x - s * 0.4} ${y - s * 1.8} ${x} ${y - s * 1.8}Q${x + s * 0.4} ${y - s * 1.8} ${x + s * 0.4} ${y - s * 0.7}Z`,
          i % 2 === 0 ? p.ink : p.third,
        );
      out += stroke(
        route([
          [x - s * 0.34, y],
          [x - s * 0.06, y - s * 0.8],
          [x + s * 0.32, y],
        ]),
        p.ink,
        s * 0.16,
        'stroke-linejoin="round"',
      );
    }
    return out;
  },
  words: {
    x: 0.09,
    y: 0.06,
    width: 0.78,
    size: 0.145,
    weight: 600,
    lines: 2,
    fill: "ink",
    small: "accent",
    imprint: 0.975,
    imprintFill: "paper",
  },
};

/** A plank with its grain, and little else. */
export const typographic: Design = {
  draw: (c) => {
    const { w, h, p, random } = c;
    let out = rect(0, 0, w, h, p.paper);
    const plank = { y: h * 0.66, h: h * 0.115 };
    out += rect(w * 0.06, plank.y, w * 0.88, plank.h, p.accent);
    out += `<defs><clipPath id="plank"><rect x="${w * 0.06}" y="${plank.y}" width="${w * 0.88}" height="${plank.h}"/></clipPath></defs>`;
    let grain = "";
    for (let i = 0; i < 13; i++) {
      const y = plank.y + (plank.h * (i + 0.5)) / 13;
      const knot = 0.3 + 0.34 * Math.sin(i);
      const bend = (i - 6) * h * 0.0035;
      grain += stroke(
        `M0 ${y}C${w * (knot - 0.1)} ${y} ${w * (knot - 0.07)} ${y + bend} ${w * knot} ${y + bend}S${w * (knot + 0.1)} ${y} ${w} ${y + h * 0.004 * random()}`,
        blend(p.accent, p.ink, 0.35),
        w * 0.0026,
      );
    }
    for (const [x, a] of [
      [0.2, 0.3],
      [0.24, -0.2],
      [0.7, 0.5],
      [0.83, -0.4],
      [0.52, 0.1],
    ] as const)
      grain += line(w * x, plank.y - h * 0.004, w * (x + a * 0.05), plank.y + h * 0.02, p.ink, w * 0.006);
    out += group(grain, 'clip-path="url(#plank)"');
    for (const x of [0.14, 0.76])
      out += polygon(
        [
          [w * x, plank.y + plank.h],
          [w * (x + 0.1), plank.y + plank.h],
          [w * (x + 0.085), h * 0.92],
          [w * (x + 0.015), h * 0.92],
        ],
        p.ink,
      );
    out += rect(w * 0.2, h * 0.865, w * 0.6, h * 0.02, p.ink);
    // A plane left on the bench.
    out += polygon(
      [
        [w * 0.38, plank.y],
        [w * 0.38, plank.y - h * 0.034],
        [w * 0.44, plank.y - h * 0.046],
        [w * 0.66, plank.y - h * 0.046],
        [w * 0.68, plank.y],
      ],
      p.ink,
    );
    out +=
      circle(w * 0.42, plank.y - h * 0.056, w * 0.022, p.third) +
      polygon(
        [
          [w * 0.52, plank.y - h * 0.046],
          [w * 0.55, plank.y - h * 0.086],
          [w * 0.575, plank.y - h * 0.086],
          [w * 0.555, plank.y - h * 0.046],
        ],
        p.third,
      );
    for (let i = 0; i < 3; i++)
      out += stroke(
        `M${w * (0.36 - i * 0.055)} ${plank.y - w * 0.004}a${w * 0.02} ${w * 0.02} 0 1 1 ${w * 0.017} ${-w * 0.024}`,
        p.accent,
        w * 0.0062,
      );
    return out;
  },
  words: {
    x: 0.08,
    y: 0.06,
    width: 0.84,
    size: 0.2,
    weight: 800,
    lines: 3,
    fill: "ink",
    small: "accent",
    imprint: 0.962,
    imprintFill: "ink",
  },
};
