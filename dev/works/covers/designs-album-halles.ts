import type { Design } from "./design.ts";
import type { Point } from "./ink.ts";
import { blend, circle, group, line, polygon, rect, route, shape, stroke } from "./ink.ts";

/** Warp and weft as two fans of lines. */
export const threads: Design = {
  draw: ({ w, h, p }) => {
    let out = rect(0, 0, w, h, p.paper);
    const n = 44;
    const colours = [p.accent, p.second, p.third];
    for (let i = 0; i < n; i++) {
      const t = i / (n - 1);
      const colour = colours[Math.floor(t * 3 * 0.999)] as string;
      out += stroke(
        `M${w * (0.08 + 0.84 * t)} ${h * 0.36}C${w * (0.08 + 0.84 * t)} ${h * 0.58} ${w * (0.92 - 0.84 * t)} ${h * 0.66} ${w * (0.92 - 0.84 * t)} ${h * 0.94}`,
        colour,
        w * 0.0048,
      );
    }
    for (let i = 0; i < 7; i++)
      out += line(w * 0.08, h * (0.37 + i * 0.012), w * 0.92, h * (0.37 + i * 0.012), p.ink, w * 0.003);
    out +=
      shape(
        `M${w * 0.38} ${h * 0.652}Q${w * 0.5} ${h * 0.602} ${w * 0.62} ${h * 0.652}Q${w * 0.5} ${h * 0.702} ${w * 0.38} ${h * 0.652}Z`,
        p.ink,
      ) +
      shape(
        `M${w * 0.43} ${h * 0.652}Q${w * 0.5} ${h * 0.63} ${w * 0.57} ${h * 0.652}Q${w * 0.5} ${h * 0.674} ${w * 0.43} ${h * 0.652}Z`,
        p.paper,
      );
    return out;
  },
  words: { x: 0.08, y: 0.06, width: 0.84, size: 0.14, weight: 800, lines: 1, fill: "ink", small: "accent" },
};

/** A harp whose strings are a stair. */
export const strings: Design = {
  draw: ({ w, h, p }) => {
    let out = rect(0, 0, w, h, p.paper) + circle(w * 0.66, h * 0.56, w * 0.25, p.third);
    for (let i = 0; i < 25; i++) {
      const t = i / 24;
      const x = w * (0.2 + 0.6 * t);
      const top = h * (0.43 - 0.1 * Math.sin(t * Math.PI * 1.15) + 0.03 * t);
      const bottom = h * (0.93 - 0.46 * t);
      out += line(x, top, x, bottom, i % 7 === 0 ? p.second : p.ink, w * (i % 7 === 0 ? 0.005 : 0.0028));
    }
    const points: Point[] = [];
    for (let i = 0; i < 25; i++)
      points.push(
        [w * (0.2 + 0.025 * i), h * (0.935 - (0.46 * i) / 24)],
        [w * (0.225 + 0.025 * i), h * (0.935 - (0.46 * i) / 24)],
      );
    out += polygon([...points, [w * 0.825, h * 0.955], [w * 0.2, h * 0.955]], p.accent);
    const neck: Point[] = [];
    for (let i = 0; i <= 40; i++)
      neck.push([
        w * (0.16 + (0.68 * i) / 40),
        h * (0.425 - 0.1 * Math.sin((i / 40) * Math.PI * 1.15) + (0.03 * i) / 40),
      ]);
    return (
      out +
      stroke(route(neck), p.ink, w * 0.026, 'stroke-linecap="round"') +
      line(w * 0.172, h * 0.42, w * 0.172, h * 0.955, p.ink, w * 0.026)
    );
  },
  words: {
    x: 0.08,
    y: 0.06,
    width: 0.86,
    size: 0.115,
    weight: 400,
    italic: true,
    lines: 1,
    fill: "ink",
    small: "second",
  },
};

/** Panes under the rain. */
export const panes: Design = {
  draw: ({ w, h, p, random }) => {
    let out = rect(0, 0, w, h, p.paper);
    const cols = 8;
    const rows = 5;
    for (let row = 0; row < rows; row++)
      for (let col = 0; col < cols; col++) {
        const x = w * (0.08 + (0.84 * col) / cols);
        const y = h * (0.36 + (0.57 * row) / rows);
        const pw = (w * 0.84) / cols;
        const ph = (h * 0.57) / rows;
        const k = random();
        out += polygon(
          [
            [x, y],
            [x + pw, y],
            [x + pw, y + ph],
            [x, y + ph],
          ],
          k > 0.92 ? p.third : blend(p.paper, k > 0.45 ? p.accent : p.second, 0.25 + random() * 0.6),
        );
        out += polygon(
          [
            [x, y + ph],
            [x + pw, y],
            [x + pw, y + ph],
          ],
          p.paper,
          'opacity="0.13"',
        );
        if (random() > 0.4) {
          const dx = x + pw * (0.2 + random() * 0.6);
          const dy = y + ph * (0.2 + random() * 0.4);
          out +=
            line(dx, dy - ph * 0.22, dx, dy, p.paper, w * 0.002, 'opacity="0.7"') +
            circle(dx, dy, w * 0.006, p.paper);
        }
      }
    for (let i = 0; i <= cols; i++)
      out += rect(w * (0.08 + (0.84 * i) / cols) - w * 0.003, h * 0.36, w * 0.006, h * 0.57, p.ink);
    for (let i = 0; i <= rows; i++)
      out += rect(w * 0.077, h * (0.36 + (0.57 * i) / rows) - w * 0.003, w * 0.846, w * 0.006, p.ink);
    return out;
  },
  words: { x: 0.08, y: 0.07, width: 0.84, size: 0.15, weight: 300, lines: 1, fill: "ink", small: "accent" },
};

/** Couples turning, in three beats. */
export const dancers: Design = {
  draw: ({ w, h, p }) => {
    let out = rect(0, 0, w, h, p.paper);
    const s = (w * 0.84) / 3;
    const colours = [p.accent, p.second, p.third, p.ink];
    for (let row = 0; row < 2; row++)
      for (let col = 0; col < 3; col++) {
        const x = w * 0.08 + s * (col + 0.5);
        const y = h * 0.37 + s * (row + 0.5);
        const r = s * 0.45;
        const turn = (row * 3 + col) * 60 - 30;
        const a = colours[(row + col) % 4] as string;
        const b = colours[(row * 2 + col + 2) % 4] as string;
        const second = a === b ? p.third : b;
        const half = (fill: string) => shape(`M0 ${-r}A${r} ${r} 0 0 1 0 ${r}Z`, fill);
        out += group(
          group(half(a), `transform="translate(${r * 0.03} ${r * 0.22})"`) +
            group(half(second), `transform="translate(${-r * 0.03} ${-r * 0.22}) rotate(180)"`),
          `transform="translate(${x} ${y}) rotate(${turn})"`,
        );
      }
    return out;
  },
  words: {
    x: 0.5,
    y: 0.06,
    width: 0.86,
    anchor: "middle",
    size: 0.12,
    weight: 600,
    italic: true,
    lines: 1,
    fill: "ink",
    small: "accent",
  },
};
