import type { Design } from "./design.ts";
import type { Canvas, Point } from "./ink.ts";
import { blend, circle, ground, group, line, polygon, rect, ridge, ring, route, stroke } from "./ink.ts";

/** Short strokes of light on water, under a light at (x, y); they widen as they come nearer. */
function glitter(
  c: Canvas,
  x: number,
  top: number,
  bottom: number,
  start: number,
  end: number,
  fill: string,
): string {
  let out = "";
  for (let y = top; y < bottom; y += c.h * 0.012) {
    const t = (y - top) / (bottom - top);
    const half = (start + (end - start) * t) * (0.55 + c.random() * 0.6);
    const shift = (c.random() - 0.5) * start * 0.8 * (1 + t);
    out += rect(x - half + shift, y, half * 2, c.h * (0.0025 + 0.002 * t), fill, `rx="${c.h * 0.002}"`);
  }
  return out;
}

/** Layers of land going down to the water, a low sun, and sometimes geese. */
export const strata: Design = {
  draw: (c) => {
    const { w, h, p, random } = c;
    const sunX = w * (0.2 + random() * 0.34);
    let out = rect(0, 0, w, h, p.paper) + circle(sunX, h * 0.5, w * 0.17, p.third);
    const layers = 8;
    for (let i = 0; i < layers; i++) {
      const t = i / (layers - 1);
      const colour = t < 0.5 ? blend(p.second, p.accent, t * 2) : blend(p.accent, p.ink, t * 2 - 1);
      const line = ridge(random, w, h * (0.55 + t * 0.36), h * 0.028 * (1.1 - t * 0.5));
      out += ground(line, w, h, i === 0 ? blend(p.paper, p.second, 0.6) : colour);
      // A pen line a little above each ridge gives the layers the look of a print in several passes.
      if (i > 1)
        out += stroke(
          route(line.map(([x, y]): Point => [x, y + h * 0.012])),
          blend(colour, p.paper, 0.24),
          w * 0.0016,
        );
    }
    for (let i = 0; i < 7; i++) {
      const side = i % 2 === 0 ? -1 : 1;
      const rank = Math.ceil(i / 2);
      const x = w * 0.78 + side * rank * w * 0.042;
      const y = h * 0.385 + rank * w * 0.026;
      const s = w * 0.017;
      out += stroke(
        `M${x - s} ${y - s * 0.45}Q${x - s * 0.4} ${y - s * 0.5} ${x} ${y}Q${x + s * 0.4} ${y - s * 0.5} ${x + s} ${y - s * 0.45}`,
        p.ink,
        w * 0.0042,
        'stroke-linecap="round"',
      );
    }
    return out;
  },
  words: {
    x: 0.09,
    y: 0.075,
    width: 0.82,
    size: 0.155,
    weight: 600,
    lines: 3,
    fill: "ink",
    small: "ink",
    imprint: 0.956,
    imprintFill: "paper",
  },
};

/** One line, half a sun, a road of lamp posts. */
export const horizon: Design = {
  draw: (c) => {
    const { w, h, p } = c;
    const y = h * 0.64;
    let out = rect(0, 0, w, h, p.paper);
    out += `<defs><clipPath id="up"><rect x="0" y="0" width="${w}" height="${y}"/></clipPath></defs>`;
    out += group(circle(w * 0.5, y, w * 0.27, p.accent), 'clip-path="url(#up)"');
    out += rect(0, y, w, h - y, p.second) + rect(0, y, w, h * 0.0022, p.ink);
    out += glitter(c, w * 0.5, y + h * 0.014, h * 0.91, w * 0.24, w * 0.05, p.accent);
    for (let i = 0; i < 9; i++) {
      const scale = 0.78 ** i;
      const x = w * (0.9 - 0.42 * (1 - scale));
      const foot = y + h * 0.08 * scale;
      const top = foot - h * 0.24 * scale;
      out += line(x, foot, x, top, p.ink, w * 0.0046 * scale + 0.6);
      out += stroke(
        `M${x} ${top}q${-w * 0.012 * scale} ${-h * 0.012 * scale} ${-w * 0.05 * scale} ${-h * 0.01 * scale}`,
        p.ink,
        w * 0.0046 * scale + 0.6,
      );
      out += circle(x - w * 0.05 * scale, top - h * 0.008 * scale, w * 0.008 * scale, "#f7d58a");
    }
    return out;
  },
  words: {
    x: 0.1,
    y: 0.09,
    width: 0.7,
    size: 0.17,
    weight: 300,
    lines: 2,
    fill: "ink",
    small: "third",
    imprint: 0.95,
    imprintFill: "ink",
  },
};

/** A ferry in bands of mist, with one red light. */
export const fog: Design = {
  draw: (c) => {
    const { w, h, p, random } = c;
    let out = "";
    for (let i = 0; i < 15; i++) {
      const t = i / 14;
      const colour =
        t < 0.55 ? blend(p.paper, p.second, (t / 0.55) ** 1.4) : blend(p.second, p.ink, (t - 0.55) / 0.45);
      out += ground(ridge(random, w, (h * i) / 15 - h * 0.02, h * 0.006), w, h, i === 0 ? p.paper : colour);
    }
    const y = h * 0.66;
    const hull: Point[] = [
      [w * 0.1, y - h * 0.032],
      [w * 0.93, y - h * 0.036],
      [w * 0.86, y + h * 0.022],
      [w * 0.16, y + h * 0.022],
    ];
    const cabin: Point[] = [
      [w * 0.2, y - h * 0.034],
      [w * 0.24, y - h * 0.078],
      [w * 0.78, y - h * 0.078],
      [w * 0.82, y - h * 0.034],
    ];
    const bridge: Point[] = [
      [w * 0.56, y - h * 0.076],
      [w * 0.575, y - h * 0.108],
      [w * 0.705, y - h * 0.108],
      [w * 0.72, y - h * 0.076],
    ];
    out += polygon(hull, p.ink) + polygon(cabin, p.third) + polygon(bridge, p.ink);
    for (let i = 0; i < 13; i++)
      out += rect(
        w * (0.265 + i * 0.039),
        y - h * 0.062,
        w * 0.022,
        h * 0.012,
        i === 8 ? p.accent : blend(p.paper, p.second, 0.25),
      );
    out +=
      rect(w * 0.63, y - h * 0.165, w * 0.006, h * 0.06, p.ink) +
      circle(w * 0.633, y - h * 0.168, w * 0.016, p.accent);
    out +=
      circle(w * 0.633, y - h * 0.168, w * 0.06, p.accent, 'opacity="0.2"') +
      circle(w * 0.633, y - h * 0.168, w * 0.12, p.accent, 'opacity="0.1"');
    out +=
      rect(w * 0.36, y - h * 0.115, w * 0.06, h * 0.04, p.ink) +
      rect(w * 0.36, y - h * 0.105, w * 0.06, h * 0.008, p.accent);
    out += glitter(c, w * 0.633, y + h * 0.03, h * 0.86, w * 0.012, w * 0.07, p.accent);
    out += ground(
      ridge(random, w, y + h * 0.012, h * 0.004),
      w,
      y + h * 0.035,
      blend(p.second, p.ink, 0.28),
      'opacity="0.6"',
    );
    return out;
  },
  words: {
    x: 0.09,
    y: 0.06,
    width: 0.82,
    size: 0.15,
    weight: 700,
    lines: 3,
    fill: "ink",
    small: "ink",
    imprint: 0.952,
    imprintFill: "paper",
  },
};

/** Overlapping scales of water, and one red barge. */
export const waves: Design = {
  draw: (c) => {
    const { w, h, p } = c;
    let out = rect(0, 0, w, h, p.paper);
    const r = w / 10;
    const rows = 22;
    const top = h * 0.46;
    for (let row = 0; row < rows; row++) {
      const y = top + r + row * r * 0.5;
      const t = row / rows;
      if (row === 5) out += barge(w * 0.53, y - r * 0.62, w * 0.3, p.third, p.ink, p.paper);
      for (let i = -1; i <= 10; i++) {
        const x = (i + (row % 2 === 0 ? 0.5 : 1)) * r;
        for (let k = 0; k < 4; k++)
          out += circle(
            x,
            y,
            r * (0.5 - k * 0.13) * 1.06,
            k % 2 === 0 ? blend(p.second, p.accent, t) : blend(p.paper, p.second, t * 0.7),
            k === 0 ? `stroke="${p.paper}" stroke-width="${w * 0.002}"` : "",
          );
      }
    }
    return out;
  },
  words: {
    x: 0.09,
    y: 0.08,
    width: 0.82,
    size: 0.15,
    weight: 400,
    italic: true,
    lines: 3,
    fill: "ink",
    small: "accent",
    imprint: 0.44,
    imprintFill: "accent",
  },
};

function barge(x: number, y: number, length: number, hull: string, ink: string, paper: string): string {
  const s = length / 10;
  return (
    polygon(
      [
        [x - 5 * s, y - s * 0.9],
        [x + 5.4 * s, y - s * 0.9],
        [x + 4.5 * s, y + s * 1.2],
        [x - 4.4 * s, y + s * 1.2],
      ],
      hull,
    ) +
    rect(x - 4.2 * s, y - s * 1.5, 5.6 * s, s * 0.6, ink) +
    rect(x + 2 * s, y - s * 2.6, 2.1 * s, s * 1.7, paper, `stroke="${ink}" stroke-width="${s * 0.16}"`) +
    rect(x + 2.5 * s, y - s * 2.2, 1.1 * s, s * 0.7, ink) +
    ring(x - 4 * s, y + s * 0.1, s * 0.25, paper, s * 0.12)
  );
}
