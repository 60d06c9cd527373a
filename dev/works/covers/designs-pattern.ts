import { pick } from "../seeded.ts";
import type { Design } from "./design.ts";
import type { Point } from "./ink.ts";
import { blend, circle, group, line, polygon, rect, ring, shape } from "./ink.ts";

/** Quarter circles that meet: everybody's piece makes the figure. */
export const truchet: Design = {
  draw: (c) => {
    const { w, h, p, random } = c;
    const s = w / 6;
    let out = rect(0, 0, w, h, p.paper);
    for (let row = 0; row < 6; row++)
      for (let col = 0; col < 6; col++) {
        const x = col * s;
        const y = h - (row + 1) * s;
        const back = pick(random, [p.paper, p.paper, p.second, p.accent]);
        const fore = pick(
          random,
          [p.accent, p.ink, p.third, p.second].filter((colour) => colour !== back),
        );
        const turn = Math.floor(random() * 4) * 90;
        const kind = random();
        let cell = rect(0, 0, s, s, back);
        if (kind < 0.55)
          cell +=
            shape(`M0 0L${s} 0A${s} ${s} 0 0 1 0 ${s}Z`, fore) +
            shape(`M0 0L${s / 2} 0A${s / 2} ${s / 2} 0 0 1 0 ${s / 2}Z`, back);
        else if (kind < 0.8)
          cell +=
            shape(`M0 0A${s / 2} ${s / 2} 0 0 0 ${s} 0Z`, fore) +
            shape(`M0 ${s}A${s / 2} ${s / 2} 0 0 1 ${s} ${s}Z`, fore);
        else cell += circle(s / 2, s / 2, s * 0.32, fore);
        out += group(cell, `transform="translate(${x} ${y}) rotate(${turn} ${s / 2} ${s / 2})"`);
      }
    return out;
  },
  words: {
    x: 0.09,
    y: 0.035,
    width: 0.82,
    size: 0.115,
    weight: 600,
    lines: 2,
    fill: "ink",
    small: "accent",
    imprint: 0.318,
    imprintFill: "ink",
  },
};

/** Passages one inside another, and a lit door at the end. */
export const arches: Design = {
  draw: (c) => {
    const { w, h, p } = c;
    let out = rect(0, 0, w, h, p.paper);
    const floor = h;
    const count = 8;
    for (let i = 0; i < count; i++) {
      const t = i / (count - 1);
      const half = w * (0.42 - 0.335 * t);
      const x = w * (0.5 + 0.05 * Math.sin(t * 3));
      const foot = floor - h * 0.13 * t ** 0.8;
      const spring = h * (0.62 + 0.1 * t);
      const fill =
        i === count - 1
          ? "#f6cf7a"
          : i % 2 === 0
            ? blend(p.accent, p.ink, t * 0.85)
            : blend(p.second, p.third, t);
      out += shape(
        `M${x - half} ${foot}L${x - half} ${spring}A${half} ${half} 0 0 1 ${x + half} ${spring}L${x + half} ${foot}Z`,
        fill,
      );
    }
    const d = w * (0.5 + 0.05 * Math.sin(3));
    out += polygon(
      [
        [d - w * 0.085, h * 0.87],
        [d + w * 0.085, h * 0.87],
        [w * 0.78, h],
        [w * 0.2, h],
      ],
      "#f6cf7a",
      'opacity="0.3"',
    );
    out +=
      circle(d - w * 0.02, h * 0.8, w * 0.012, p.ink) +
      shape(
        `M${d - w * 0.04} ${h * 0.87}Q${d - w * 0.036} ${h * 0.812} ${d - w * 0.02} ${h * 0.812}Q${d - w * 0.004} ${h * 0.812} ${d} ${h * 0.87}Z`,
        p.ink,
      );
    return out;
  },
  words: {
    x: 0.5,
    y: 0.07,
    width: 0.84,
    anchor: "middle",
    size: 0.145,
    weight: 600,
    lines: 2,
    fill: "ink",
    small: "accent",
    imprint: 0.964,
    imprintFill: "paper",
  },
};

/** A stone bridge and its reflection, cut by mist. */
export const bridge: Design = {
  draw: (c) => {
    const { w, h, p, random } = c;
    let out = rect(0, 0, w, h, p.paper) + circle(w * 0.76, h * 0.45, w * 0.075, p.third);
    const deck = h * 0.55;
    const water = h * 0.7;
    for (let i = 0; i < 14; i++) {
      const x = w * (i / 14);
      const top = deck - h * (0.03 + random() * 0.075);
      out += rect(x, top, w / 14 + 1, water - top, blend(p.paper, p.second, 0.42 + random() * 0.2));
    }
    out += rect(0, water, w, h - water, blend(p.second, p.accent, 0.35));
    const arch = (flip: number, colour: string) => {
      let d = `M0 ${water}L0 ${water - flip * (water - deck)}L${w} ${water - flip * (water - deck)}L${w} ${water}`;
      for (let i = 3; i >= 0; i--)
        d += `L${w * (0.235 + i * 0.25)} ${water}A${w * 0.105} ${w * 0.145} 0 0 ${flip > 0 ? 0 : 1} ${w * (0.025 + i * 0.25)} ${water}`;
      return shape(`${d}Z`, colour);
    };
    out += arch(1, p.ink) + arch(-1, blend(p.accent, p.ink, 0.35));
    out += rect(0, deck - h * 0.012, w, h * 0.016, p.ink);
    for (let i = 0; i < 4; i++) {
      const x = w * (0.13 + i * 0.25);
      out +=
        line(x, deck, x, deck - h * 0.075, p.ink, w * 0.005) +
        circle(x, deck - h * 0.08, w * 0.013, p.third) +
        circle(x, deck - h * 0.08, w * 0.04, p.third, 'opacity="0.25"');
    }
    for (let i = 0; i < 24; i++) {
      const y = water + (h - water) * (i / 24) ** 1.1;
      out += rect(
        w * (random() * 0.5 - 0.2),
        y,
        w * (0.4 + random() * 0.7),
        h * (0.002 + 0.004 * (i / 24)),
        p.paper,
        `opacity="${0.75 - i * 0.018}"`,
      );
    }
    for (let i = 0; i < 5; i++)
      out += rect(0, h * (0.585 + i * 0.026), w, h * 0.011, p.paper, `opacity="${0.16 + 0.1 * i}"`);
    return out;
  },
  words: {
    x: 0.09,
    y: 0.075,
    width: 0.82,
    size: 0.16,
    weight: 700,
    lines: 3,
    fill: "ink",
    small: "accent",
    imprint: 0.958,
    imprintFill: "ink",
  },
};

/** The moon in its window, and its phases. */
export const moon: Design = {
  draw: (c) => {
    const { w, h, p, random } = c;
    let out = rect(0, 0, w, h, p.paper);
    for (let i = 6; i >= 1; i--)
      out += ring(w * 0.5, h * 0.37, w * (0.2 + i * 0.028), i % 3 === 0 ? p.third : p.second, w * 0.0032);
    out += circle(w * 0.5, h * 0.37, w * 0.2, p.accent);
    const shade = w * (0.07 + random() * 0.1);
    out += `<defs><clipPath id="m"><circle cx="${w * 0.5}" cy="${h * 0.37}" r="${w * 0.2}"/></clipPath></defs>`;
    out += group(
      circle(w * 0.5 + shade, h * 0.37 - shade * 0.4, w * 0.2, p.paper, 'opacity="0.2"'),
      'clip-path="url(#m)"',
    );
    const y = h * 0.11;
    for (let i = 0; i < 7; i++) {
      const x = w * (0.26 + i * 0.08);
      const r = w * 0.021;
      const k = (i - 3) / 3;
      out += circle(x, y, r, i === 3 ? p.accent : p.second);
      // A lit half, then an ellipse that adds to it or takes away from it.
      if (i !== 3 && Math.abs(k) < 1) {
        const side = k < 0 ? 1 : 0;
        out += shape(
          `M${x} ${y - r}A${r} ${r} 0 0 ${side} ${x} ${y + r}A${r * Math.abs(1 - Math.abs(k) * 2) + 0.01} ${r} 0 0 ${Math.abs(k) < 0.5 ? side : 1 - side} ${x} ${y - r}Z`,
          p.accent,
        );
      }
    }
    return out;
  },
  words: {
    x: 0.5,
    y: 0.6,
    width: 0.82,
    anchor: "middle",
    size: 0.125,
    weight: 400,
    italic: true,
    lines: 2,
    fill: "ink",
    small: "accent",
    imprint: 0.965,
    makers: "below",
  },
};

/** Threads going over and under. */
export const weave: Design = {
  draw: (c) => {
    const { w, h, p, random } = c;
    let out = rect(0, 0, w, h, p.ink);
    const cols = 20;
    const s = w / cols;
    const rows = Math.ceil(h / s);
    const warp = Array.from({ length: cols }, (_, i) =>
      i % 7 === 3 ? p.second : i % 5 === 1 ? p.third : p.accent,
    );
    const gap = s * 0.09;
    for (let row = 0; row < rows; row++) {
      const weft = row % 6 === 2 ? p.second : blend(p.paper, p.second, 0.12 + random() * 0.12);
      for (let col = 0; col < cols; col++) {
        const over = (col + row * 3 + (Math.floor(row / 10) % 2) * col) % 5 < 2;
        const x = col * s;
        const y = row * s;
        const up = warp[col] as string;
        if (over)
          out +=
            rect(x + gap, y - gap * 2, s - gap * 2, s + gap * 4, up, `rx="${s * 0.14}"`) +
            line(x + s / 2, y, x + s / 2, y + s, blend(up, p.paper, 0.3), s * 0.05);
        else
          out +=
            rect(x - gap, y + gap, s + gap * 2, s - gap * 2, weft, `rx="${s * 0.14}"`) +
            line(x, y + s / 2, x + s, y + s / 2, blend(weft, p.ink, 0.18), s * 0.05);
      }
    }
    out +=
      rect(w * 0.15, h * 0.12, w * 0.7, h * 0.36, p.paper) +
      rect(
        w * 0.165,
        h * 0.13,
        w * 0.67,
        h * 0.34,
        "none",
        `stroke="${p.accent}" stroke-width="${w * 0.003}"`,
      );
    return out;
  },
  words: {
    x: 0.5,
    y: 0.14,
    width: 0.58,
    anchor: "middle",
    size: 0.095,
    weight: 600,
    lines: 2,
    fill: "ink",
    small: "accent",
    imprint: 0.452,
    imprintFill: "accent",
  },
};

/** Iron and glass: a fan of panes above the market. */
export const glasshouse: Design = {
  draw: (c) => {
    const { w, h, p, random } = c;
    const x = w / 2;
    const base = h * 0.78;
    const r = w * 0.44;
    let out = rect(0, 0, w, h, p.paper);
    const rings = 5;
    const rays = 16;
    for (let i = 0; i < rings; i++)
      for (let k = 0; k < rays; k++) {
        const r1 = (r * (i + 1.2)) / (rings + 0.2);
        const r0 = (r * (i + 0.2)) / (rings + 0.2);
        const a0 = Math.PI + (Math.PI * k) / rays;
        const a1 = Math.PI + (Math.PI * (k + 1)) / rays;
        const at = (radius: number, a: number): Point => [
          x + Math.cos(a) * radius,
          base - h * 0.06 + Math.sin(a) * radius * 1.12,
        ];
        const lit = random();
        const fill =
          lit > 0.93 ? p.third : blend(p.paper, lit > 0.5 ? p.accent : p.second, 0.35 + random() * 0.5);
        out += polygon(
          [at(r0, a0), at(r1, a0), at(r1, a1), at(r0, a1)],
          fill,
          `stroke="${p.ink}" stroke-width="${w * 0.0035}"`,
        );
      }
    out += rect(w * 0.045, base - h * 0.062, w * 0.91, h * 0.014, p.ink);
    for (let i = 0; i <= 6; i++)
      out += rect(w * (0.058 + i * 0.1455), base - h * 0.05, w * 0.012, h * 0.17, p.ink);
    for (let i = 0; i < 6; i++) {
      const left = w * (0.07 + i * 0.1455);
      const colours = [p.third, p.accent, p.second];
      for (let s = 0; s < 6; s++)
        out += rect(
          left + (s * w * 0.1335) / 6,
          base + h * 0.012,
          w * 0.0223,
          h * 0.022,
          s % 2 === 0 ? (colours[i % 3] as string) : p.paper,
        );
      out += rect(left, base + h * 0.075, w * 0.1335, h * 0.045, blend(p.ink, p.accent, 0.25));
      for (let s = 0; s < 5; s++)
        out += circle(
          left + w * (0.018 + s * 0.024),
          base + h * 0.073,
          w * 0.011,
          s % 2 === i % 2 ? p.third : p.second,
        );
    }
    out += rect(0, base + h * 0.12, w, h, p.ink);
    for (let i = 0; i < 120; i++) {
      const dropX = w * random();
      const dropY = h * (0.3 + random() * 0.5);
      out += line(dropX, dropY, dropX - w * 0.006, dropY + h * 0.018, p.ink, w * 0.0016, 'opacity="0.35"');
    }
    return out;
  },
  words: {
    x: 0.5,
    y: 0.05,
    width: 0.84,
    anchor: "middle",
    size: 0.125,
    weight: 600,
    lines: 2,
    fill: "ink",
    small: "accent",
    imprint: 0.955,
    imprintFill: "paper",
  },
};
