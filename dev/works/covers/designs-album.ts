import type { Design } from "./design.ts";
import type { Point } from "./ink.ts";
import { blend, blob, circle, group, line, polygon, rect, ring, route, shape, stroke } from "./ink.ts";

/** The ebb, drawn line under line, with two buoys. */
export const tideline: Design = {
  draw: ({ w, h, p, random }) => {
    let out = rect(0, 0, w, h, p.paper);
    const phase = random() * 6;
    const lines = 46;
    for (let i = 0; i < lines; i++) {
      const t = i / (lines - 1);
      const points: Point[] = [];
      for (let k = 0; k <= 90; k++) {
        const x = k / 90;
        const swell = Math.exp(-((x - 0.62) ** 2) / 0.03) * Math.sin(t * 9 + phase) * 0.045;
        points.push([
          x * w,
          h *
            (0.4 +
              t ** 1.25 * 0.62 +
              Math.sin(x * 7 + t * 3 + phase) * 0.011 * (1 + t) +
              swell * (1 - t * 0.3)),
        ]);
      }
      out += stroke(
        route(points),
        t < 0.35 ? p.second : t < 0.7 ? p.third : p.ink,
        w * (0.0016 + 0.0042 * t),
      );
    }
    return (
      out + circle(w * 0.24, h * 0.545, w * 0.034, p.accent) + circle(w * 0.815, h * 0.69, w * 0.05, p.accent)
    );
  },
  words: { x: 0.08, y: 0.07, width: 0.84, size: 0.16, weight: 400, lines: 1, fill: "ink", small: "accent" },
};

/** A rosette of rings that pass into each other. */
export const knots: Design = {
  draw: ({ w, h, p }) => {
    let out = rect(0, 0, w, h, p.paper);
    const cx = w * 0.5;
    const cy = h * 0.625;
    const count = 10;
    for (const [radius, spread, colour] of [
      [0.18, 0.18, p.second],
      [0.135, 0.12, p.accent],
      [0.09, 0.24, p.third],
    ] as const)
      for (let i = 0; i < count; i++) {
        const a = (i / count) * Math.PI * 2;
        const x = cx + Math.cos(a) * w * spread;
        const y = cy + Math.sin(a) * w * spread;
        out += ring(x, y, w * radius, p.paper, w * 0.017) + ring(x, y, w * radius, colour, w * 0.0085);
      }
    return out + circle(cx, cy, w * 0.028, p.ink);
  },
  words: {
    x: 0.5,
    y: 0.045,
    width: 0.88,
    anchor: "middle",
    size: 0.105,
    weight: 600,
    lines: 1,
    fill: "ink",
    small: "accent",
  },
};

/** A keyboard reduced to nine doors, one of them open. */
export const keys: Design = {
  draw: ({ w, h, p }) => {
    let out = rect(0, 0, w, h, p.paper);
    const top = h * 0.4;
    const s = (w * 0.84) / 9;
    for (let i = 0; i < 9; i++) {
      const x = w * 0.08 + i * s;
      out += rect(
        x,
        top,
        s,
        h * 0.6,
        i === 5 ? p.third : i % 2 === 0 ? p.paper : blend(p.paper, p.second, 0.5),
        `stroke="${p.ink}" stroke-width="${w * 0.003}"`,
      );
      if (![2, 6].includes(i) && i < 8) out += rect(x + s * 0.7, top, s * 0.6, h * 0.34, p.ink);
      out += circle(x + s * 0.22, h * 0.86, s * 0.06, p.ink);
    }
    return out;
  },
  words: { x: 0.08, y: 0.08, width: 0.84, size: 0.14, weight: 300, lines: 1, fill: "ink", small: "third" },
};

/** A light that arrives slowly. */
export const orb: Design = {
  draw: ({ w, h, p }) => {
    const glow = (id: string, inner: string, outer: string) =>
      `<radialGradient id="${id}"><stop offset="0" stop-color="${inner}"/><stop offset="0.55" stop-color="${inner}" stop-opacity="0.75"/><stop offset="1" stop-color="${outer}" stop-opacity="0"/></radialGradient>`;
    let out = `<defs>${glow("g1", p.accent, p.accent)}${glow("g2", p.second, p.second)}${glow("g3", p.third, p.third)}</defs>`;
    out +=
      rect(0, 0, w, h, p.paper) +
      circle(w * 0.34, h * 0.66, w * 0.5, "url(#g2)") +
      circle(w * 0.66, h * 0.5, w * 0.34, "url(#g1)") +
      circle(w * 0.42, h * 0.78, w * 0.2, "url(#g3)", 'opacity="0.65"');
    for (let i = 0; i < 58; i++) out += rect(0, (h * i) / 58, w, h * 0.0032, p.paper, 'opacity="0.5"');
    return out;
  },
  words: { x: 0.08, y: 0.07, width: 0.84, size: 0.125, weight: 300, lines: 1, fill: "ink", small: "third" },
};

/** Rain rings on still water. */
export const ripples: Design = {
  draw: ({ w, h, p }) => {
    let out = rect(0, 0, w, h, p.paper);
    const drops = [
      [0.3, 0.63, 9, p.accent],
      [0.74, 0.82, 6, p.second],
      [0.79, 0.49, 4, p.third],
    ] as const;
    for (const [x, y, count, colour] of drops)
      for (let i = 0; i < count; i++)
        out += `<ellipse cx="${w * x}" cy="${h * y}" rx="${w * (0.012 + i * 0.042)}" ry="${w * (0.007 + i * 0.025)}" fill="${i === 0 ? colour : "none"}" stroke="${colour}" stroke-width="${w * (0.009 - i * 0.0007)}"/>`;
    return out;
  },
  words: {
    x: 0.08,
    y: 0.06,
    width: 0.84,
    size: 0.105,
    weight: 400,
    italic: true,
    lines: 1,
    fill: "ink",
    small: "accent",
  },
};

/** A rowing boat on a sea of current. */
export const bolts: Design = {
  draw: ({ w, h, p }) => {
    let out = rect(0, 0, w, h, p.paper) + circle(w * 0.74, h * 0.54, w * 0.14, p.accent);
    const zig = (y: number, step: number, height: number) => {
      const points: Point[] = [];
      for (let i = -1; i * step <= w + step; i++) points.push([i * step, y + (i % 2 === 0 ? 0 : height)]);
      return route(points);
    };
    out += polygon(
      [
        [w * 0.14, h * 0.6],
        [w * 0.66, h * 0.6],
        [w * 0.57, h * 0.73],
        [w * 0.23, h * 0.73],
      ],
      p.ink,
    );
    out += polygon(
      [
        [w * 0.42, h * 0.35],
        [w * 0.3, h * 0.51],
        [w * 0.385, h * 0.51],
        [w * 0.34, h * 0.62],
        [w * 0.49, h * 0.46],
        [w * 0.405, h * 0.46],
        [w * 0.47, h * 0.35],
      ],
      p.third,
      `stroke="${p.ink}" stroke-width="${w * 0.008}" stroke-linejoin="round"`,
    );
    for (let i = 0; i < 8; i++)
      out += stroke(
        zig(h * (0.71 + i * 0.047), w / 18, h * 0.036),
        i % 2 === 0 ? p.ink : p.accent,
        w * 0.0145,
        'stroke-linejoin="miter"',
      );
    return out;
  },
  words: { x: 0.07, y: 0.04, width: 0.88, size: 0.11, weight: 800, lines: 2, fill: "ink", small: "ink" },
};

/** A window on the bay, the curtain blown in. */
export const window: Design = {
  draw: ({ w, h, p, random }) => {
    let out = rect(0, 0, w, h, p.paper);
    const x = w * 0.3;
    const y = h * 0.31;
    const ww = w * 0.52;
    const hh = h * 0.6;
    out +=
      rect(x, y, ww, hh * 0.6, blend(p.accent, p.third, 0.55)) +
      circle(x + ww * 0.68, y + hh * 0.46, w * 0.08, p.second) +
      rect(x, y + hh * 0.56, ww, hh * 0.44, p.accent);
    for (let i = 0; i < 16; i++)
      out += rect(
        x + ww * (0.5 + random() * 0.2),
        y + hh * (0.59 + i * 0.024),
        ww * (0.08 + random() * 0.16),
        h * 0.004,
        p.second,
      );
    const frame = w * 0.014;
    out +=
      rect(x, y, ww, hh, "none", `stroke="${p.ink}" stroke-width="${frame * 1.4}"`) +
      rect(x + ww / 2 - frame / 2, y, frame, hh, p.ink) +
      rect(x, y + hh * 0.33, ww, frame, p.ink) +
      rect(x - w * 0.04, y + hh, ww + w * 0.08, h * 0.026, p.ink);
    const folds = (k: number) =>
      `M${x - w * 0.05} ${y - h * 0.02}C${x + w * (0.1 - k * 0.03)} ${y + hh * 0.2} ${x - w * (0.02 + k * 0.04)} ${y + hh * 0.5} ${x + w * (0.13 - k * 0.075)} ${y + hh * (0.97 + k * 0.015)}`;
    out += shape(
      `${folds(0)}L${x - w * 0.2} ${y + hh * 1.03}C${x - w * 0.12} ${y + hh * 0.5} ${x - w * 0.1} ${y + hh * 0.2} ${x - w * 0.05} ${y - h * 0.02}Z`,
      p.third,
    );
    for (let k = 1; k < 5; k++) out += stroke(folds(k), blend(p.third, p.ink, 0.25), w * 0.0025);
    return out + line(x - w * 0.1, y - h * 0.022, x + ww + w * 0.1, y - h * 0.022, p.ink, w * 0.008);
  },
  words: {
    x: 0.08,
    y: 0.05,
    width: 0.86,
    size: 0.115,
    weight: 400,
    italic: true,
    lines: 1,
    fill: "ink",
    small: "accent",
  },
};

/** Three voices in cut paper. */
export const cutouts: Design = {
  draw: ({ w, h, p, random }) => {
    let out =
      rect(0, 0, w, h, p.paper) +
      rect(0, h * 0.34, w * 0.36, h * 0.66, p.accent) +
      rect(w * 0.36, h * 0.62, w * 0.64, h * 0.38, p.second) +
      rect(w * 0.36, h * 0.34, w * 0.64, h * 0.28, p.third);
    const frond = (cx: number, cy: number, r: number, lobes: number, fill: string, turn: number) => {
      const points: Point[] = [];
      for (let i = 0; i < lobes * 4; i++) {
        const a = turn + (i / (lobes * 4)) * Math.PI * 2;
        const k = i % 4 < 2 ? 1 + random() * 0.1 : 0.36;
        points.push([cx + Math.cos(a) * r * k, cy + Math.sin(a) * r * k]);
      }
      return shape(blob(points), fill);
    };
    out +=
      frond(w * 0.9, h * 0.4, w * 0.07, 4, p.accent, 0.9) +
      frond(w * 0.75, h * 0.81, w * 0.17, 5, p.ink, 0.5);
    out += circle(w * 0.66, h * 0.48, w * 0.1, p.paper) + circle(w * 0.66, h * 0.48, w * 0.035, p.third);
    // A double bass, in one line.
    const u = w / 100;
    const bx = 19.5 * u;
    const by = h * 0.785;
    out += group(
      shape(
        `M0 ${-14 * u}C${5 * u} ${-14 * u} ${7 * u} ${-9 * u} ${5 * u} ${-5 * u}C${4 * u} ${-2 * u} ${9 * u} ${0} ${9 * u} ${6 * u}C${9 * u} ${12 * u} ${4 * u} ${14 * u} 0 ${14 * u}C${-4 * u} ${14 * u} ${-9 * u} ${12 * u} ${-9 * u} ${6 * u}C${-9 * u} 0 ${-4 * u} ${-2 * u} ${-5 * u} ${-5 * u}C${-7 * u} ${-9 * u} ${-5 * u} ${-14 * u} 0 ${-14 * u}Z`,
        p.second,
      ) +
        rect(-0.9 * u, -32 * u, 1.8 * u, 34 * u, p.ink) +
        circle(0, -33 * u, 1.8 * u, p.ink) +
        line(-3 * u, 6 * u, 3 * u, 6 * u, p.ink, u),
      `transform="translate(${bx} ${by}) rotate(-8) scale(1.42)"`,
    );
    return out;
  },
  words: { x: 0.07, y: 0.05, width: 0.88, size: 0.13, weight: 700, lines: 1, fill: "ink", small: "accent" },
};
