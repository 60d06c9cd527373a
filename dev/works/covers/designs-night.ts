import type { Design } from "./design.ts";
import type { Point } from "./ink.ts";
import { blend, circle, ground, group, polygon, rect, ridge, shape, stroke } from "./ink.ts";

/** A whale under its sky. */
export const whale: Design = {
  draw: (c) => {
    const { w, h, p, random } = c;
    let out = rect(0, 0, w, h, p.paper) + circle(w * 0.82, h * 0.445, w * 0.085, p.third);
    for (let i = 0; i < 70; i++) {
      const y = h * (0.27 + random() * 0.34);
      const s = w * (0.002 + random() * 0.0042);
      out +=
        i % 6 === 0
          ? star(w * random(), y, s * 3.4, p.third)
          : circle(w * random(), y, s, p.ink, 'opacity="0.8"');
    }
    const u = w / 100;
    const y = h * 0.66;
    const body = `M${8 * u} ${y}C${8 * u} ${y - 24 * u} ${34 * u} ${y - 27 * u} ${54 * u} ${y - 17 * u}C${67 * u} ${y - 10 * u} ${74 * u} ${y - 8 * u} ${80 * u} ${y - 14 * u}C${77 * u} ${y - 22 * u} ${79 * u} ${y - 27 * u} ${84 * u} ${y - 30 * u}C${87 * u} ${y - 27 * u} ${88 * u} ${y - 24 * u} ${88 * u} ${y - 21 * u}C${91 * u} ${y - 23 * u} ${94 * u} ${y - 23 * u} ${98 * u} ${y - 21 * u}C${96 * u} ${y - 14 * u} ${91 * u} ${y - 11 * u} ${87 * u} ${y - 11 * u}C${85 * u} ${y + 4 * u} ${66 * u} ${y + 14 * u} ${42 * u} ${y + 14 * u}C${20 * u} ${y + 14 * u} ${8 * u} ${y + 9 * u} ${8 * u} ${y}Z`;
    out += shape(body, p.accent);
    out += `<defs><clipPath id="belly"><path d="${body}"/></clipPath></defs>`;
    let grooves = shape(
      `M${4 * u} ${y + 2 * u}C${24 * u} ${y + 6 * u} ${44 * u} ${y + 4 * u} ${58 * u} ${y - 1 * u}C${64 * u} ${y + 10 * u} ${50 * u} ${y + 22 * u} ${30 * u} ${y + 22 * u}L${0} ${y + 20 * u}Z`,
      p.ink,
    );
    for (let i = 0; i < 5; i++)
      grooves += stroke(
        `M${4 * u} ${y + (5.4 + i * 2.4) * u}C${24 * u} ${y + (9 + i * 2.2) * u} ${42 * u} ${y + (7.4 + i * 2.2) * u} ${(56 - i * 1.4) * u} ${y + (2.6 + i * 2.4) * u}`,
        p.accent,
        u * 0.5,
      );
    out += group(grooves, 'clip-path="url(#belly)"');
    out +=
      circle(22 * u, y - 4 * u, u * 1.3, p.paper) +
      stroke(
        `M${17 * u} ${y + 1 * u}q${4 * u} ${2.2 * u} ${8 * u} ${0.4 * u}`,
        p.paper,
        u * 0.6,
        'stroke-linecap="round"',
      );
    out += shape(
      `M${40 * u} ${y + 3 * u}q${4 * u} ${14 * u} ${15 * u} ${15 * u}q${-1 * u} ${-10 * u} ${-7 * u} ${-17 * u}Z`,
      blend(p.accent, p.paper, 0.35),
    );
    for (const side of [-1, 1])
      out += stroke(
        `M${36 * u} ${y - 24 * u}q${side * 1.5 * u} ${-8 * u} ${side * 7 * u} ${-8 * u}`,
        p.ink,
        u * 0.7,
        'stroke-linecap="round"',
      );
    for (let i = 0; i < 6; i++)
      out += ground(
        scallop(w, h * (0.745 + i * 0.044), w / 9, (i % 2) * 0.5),
        w,
        h,
        blend(p.second, p.paper, i / 7),
      );
    return out;
  },
  words: {
    x: 0.5,
    y: 0.06,
    width: 0.84,
    anchor: "middle",
    size: 0.12,
    weight: 700,
    lines: 3,
    fill: "ink",
    small: "third",
    imprint: 0.96,
    imprintFill: "ink",
  },
};

function star(x: number, y: number, r: number, fill: string): string {
  const points: Point[] = [];
  for (let i = 0; i < 8; i++) {
    const a = (i / 8) * Math.PI * 2 - Math.PI / 2;
    const k = i % 2 === 0 ? r : r * 0.34;
    points.push([x + Math.cos(a) * k, y + Math.sin(a) * k]);
  }
  return polygon(points, fill);
}

function scallop(w: number, y: number, step: number, shift: number): Point[] {
  const points: Point[] = [];
  for (let i = 0; i <= 180; i++) {
    const x = (i / 180) * w;
    points.push([x, y - Math.abs(Math.sin((x / step + shift) * Math.PI)) * step * 0.26]);
  }
  return points;
}

/** A lighthouse at night with its two beams. */
export const lighthouse: Design = {
  draw: (c) => {
    const { w, h, p, random } = c;
    const lamp: Point = [w * 0.5, h * 0.47];
    let out = rect(0, 0, w, h, p.paper);
    for (let i = 0; i < 60; i++)
      out += circle(
        w * random(),
        h * random() * 0.75,
        w * (0.001 + random() * 0.0028),
        p.ink,
        'opacity="0.7"',
      );
    for (let i = 3; i >= 0; i--) {
      const spread = h * (0.026 + i * 0.026);
      out += polygon(
        [lamp, [w * 1.1, lamp[1] - spread - h * 0.06], [w * 1.1, lamp[1] + spread - h * 0.06]],
        p.accent,
        `opacity="${i === 0 ? 0.9 : 0.2}"`,
      );
      out += polygon(
        [lamp, [-w * 0.1, lamp[1] - spread + h * 0.05], [-w * 0.1, lamp[1] + spread + h * 0.05]],
        p.accent,
        `opacity="${i === 0 ? 0.9 : 0.2}"`,
      );
    }
    const foot = h * 0.845;
    const at = (t: number) => w * (0.058 + 0.05 * t);
    for (let i = 0; i < 5; i++) {
      const y1 = lamp[1] + h * 0.03 + ((foot - lamp[1] - h * 0.03) * i) / 5;
      const y2 = lamp[1] + h * 0.03 + ((foot - lamp[1] - h * 0.03) * (i + 1)) / 5;
      out += polygon(
        [
          [w / 2 - at(i / 5), y1],
          [w / 2 + at(i / 5), y1],
          [w / 2 + at((i + 1) / 5), y2],
          [w / 2 - at((i + 1) / 5), y2],
        ],
        i % 2 === 0 ? p.ink : p.third,
      );
    }
    out += polygon(
      [
        [w / 2, lamp[1] + h * 0.03],
        [w / 2 + at(0), lamp[1] + h * 0.03],
        [w / 2 + at(1), foot],
        [w / 2, foot],
      ],
      p.paper,
      'opacity="0.22"',
    );
    out +=
      rect(w * 0.425, lamp[1] + h * 0.024, w * 0.15, h * 0.009, p.ink) +
      rect(w * 0.455, lamp[1] - h * 0.022, w * 0.09, h * 0.046, p.accent);
    for (let i = 0; i <= 4; i++)
      out += rect(w * (0.453 + i * 0.0225), lamp[1] - h * 0.022, w * 0.004, h * 0.046, p.paper);
    out +=
      polygon(
        [
          [w * 0.443, lamp[1] - h * 0.022],
          [w * 0.557, lamp[1] - h * 0.022],
          [w * 0.5, lamp[1] - h * 0.062],
        ],
        p.third,
      ) + circle(w / 2, lamp[1] - h * 0.066, w * 0.009, p.third);
    out +=
      rect(w * 0.485, h * 0.6, w * 0.03, h * 0.026, p.paper) +
      rect(w * 0.48, h * 0.79, w * 0.04, h * 0.055, p.paper);
    for (let i = 0; i < 5; i++)
      out += ground(
        ridge(random, w, h * (0.845 + i * 0.032), h * 0.009),
        w,
        h,
        blend(p.second, p.paper, i / 5),
      );
    return out;
  },
  words: {
    x: 0.5,
    y: 0.06,
    width: 0.8,
    anchor: "middle",
    size: 0.135,
    weight: 700,
    lines: 2,
    fill: "ink",
    small: "accent",
    imprint: 0.96,
    imprintFill: "ink",
  },
};
