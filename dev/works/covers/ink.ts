import type { Palette } from "../plan.ts";
import type { Seeded } from "../seeded.ts";

/** What a design draws on: `w` x `h` units, a palette, and its own row of random numbers. */
export interface Canvas {
  w: number;
  h: number;
  p: Palette;
  random: Seeded;
}

export type Point = readonly [x: number, y: number];

const n = (value: number) => String(Math.round(value * 10) / 10);

export function rect(x: number, y: number, w: number, h: number, fill: string, extra = ""): string {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${fill}" ${extra}/>`;
}

export function circle(x: number, y: number, r: number, fill: string, extra = ""): string {
  return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" fill="${fill}" ${extra}/>`;
}

/** A circle drawn with the pen. */
export function ring(x: number, y: number, r: number, stroke: string, width: number, extra = ""): string {
  return circle(x, y, r, "none", `stroke="${stroke}" stroke-width="${n(width)}" ${extra}`);
}

export function line(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  stroke: string,
  width: number,
  extra = "",
): string {
  return `<path d="M${n(x1)} ${n(y1)}L${n(x2)} ${n(y2)}" stroke="${stroke}" stroke-width="${n(width)}" fill="none" ${extra}/>`;
}

export function shape(d: string, fill: string, extra = ""): string {
  return `<path d="${d}" fill="${fill}" ${extra}/>`;
}

export function stroke(d: string, colour: string, width: number, extra = ""): string {
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${n(width)}" ${extra}/>`;
}

export function polygon(points: readonly Point[], fill: string, extra = ""): string {
  return shape(`${route(points)}Z`, fill, extra);
}

/** Straight lines through the points. */
export function route(points: readonly Point[]): string {
  return points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${n(x)} ${n(y)}`).join("");
}

/** A soft closed line through the points (quadratic curves between the middles). */
export function blob(points: readonly Point[]): string {
  const at = (i: number) => points[(i + points.length) % points.length] as Point;
  const middle = (a: Point, b: Point) => `${n((a[0] + b[0]) / 2)} ${n((a[1] + b[1]) / 2)}`;
  let d = `M${middle(at(-1), at(0))}`;
  for (let i = 0; i < points.length; i++) d += `Q${n(at(i)[0])} ${n(at(i)[1])} ${middle(at(i), at(i + 1))}`;
  return `${d}Z`;
}

/** A rolling line from left to right: a sum of three sines; `roughness` 0 is flat. */
export function ridge(random: Seeded, w: number, y: number, roughness: number): Point[] {
  const waves = [1, 2.3, 4.7].map((k) => ({
    k: k * (0.7 + random() * 0.6),
    phase: random() * 7,
    a: roughness / k,
  }));
  const points: Point[] = [];
  for (let i = 0; i <= 80; i++) {
    const t = i / 80;
    points.push([t * w, y + waves.reduce((sum, s) => sum + Math.sin(t * s.k * 6.283 + s.phase) * s.a, 0)]);
  }
  return points;
}

/** Everything under a rolling line. */
export function ground(
  points: readonly Point[],
  w: number,
  bottom: number,
  fill: string,
  extra = "",
): string {
  return polygon([...points, [w, bottom], [0, bottom]], fill, extra);
}

/** Colour between `a` (t = 0) and `b` (t = 1), both `#rrggbb`. */
export function blend(a: string, b: string, t: number): string {
  const part = (hex: string, i: number) => Number.parseInt(hex.slice(1 + i * 2, 3 + i * 2), 16);
  const mixed = [0, 1, 2].map((i) => Math.round(part(a, i) * (1 - t) + part(b, i) * t));
  return `#${mixed.map((v) => v.toString(16).padStart(2, "0")).join("")}`;
}

/** A leaf from (x, y) in the direction `angle`, with its mid-rib. */
export function leaf(
  x: number,
  y: number,
  length: number,
  angle: number,
  fill: string,
  rib: string,
  fat = 0.3,
): string {
  const tip: Point = [x + Math.cos(angle) * length, y + Math.sin(angle) * length];
  const side = (sign: number): Point => [
    x + Math.cos(angle) * length * 0.45 + Math.cos(angle + Math.PI / 2) * length * fat * sign,
    y + Math.sin(angle) * length * 0.45 + Math.sin(angle + Math.PI / 2) * length * fat * sign,
  ];
  const curve = (c: Point, end: Point) => `Q${n(c[0])} ${n(c[1])} ${n(end[0])} ${n(end[1])}`;
  const d = `M${n(x)} ${n(y)}${curve(side(1), tip)}${curve(side(-1), [x, y])}Z`;
  const ribEnd: Point = [x + Math.cos(angle) * length * 0.86, y + Math.sin(angle) * length * 0.86];
  return shape(d, fill) + line(x, y, ribEnd[0], ribEnd[1], rib, length * 0.018);
}

/** A group moved, scaled or clipped by SVG attributes. */
export function group(content: string, attributes: string): string {
  return `<g ${attributes}>${content}</g>`;
}
