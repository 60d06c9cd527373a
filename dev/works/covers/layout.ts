import type { Palette } from "../plan.ts";
import type { Canvas } from "./ink.ts";
import type { Weight } from "./type.ts";
import { fitted, outline } from "./type.ts";

/** Where a design wants its words. Lengths are parts of the cover's width or height. */
export interface Layout {
  /** Left edge, or the middle for `anchor: middle`. */
  x: number;
  /** Top of the block, or its bottom for `from: bottom`. */
  y: number;
  from?: "top" | "bottom";
  width: number;
  anchor?: "start" | "middle";
  /** Largest size of the title, in parts of the width. */
  size: number;
  lines?: number;
  weight?: Weight;
  italic?: boolean;
  fill: keyof Palette;
  small: keyof Palette;
  /** Baseline of the publisher's line, in parts of the height; absent: none. */
  imprint?: number;
  /** Colour of the publisher's line where it is not that of the small words. */
  imprintFill?: keyof Palette;
  /** The makers stand above the title unless said. */
  makers?: "above" | "below";
}

export interface CoverWords {
  title: string;
  subtitle?: string;
  /** For instance « Les Battures · 2 ». */
  series?: string;
  makers: string[];
  imprint: string;
}

/** The words of a cover, set as outlines. */
export function setWords(c: Canvas, words: CoverWords, layout: Layout): string {
  const { w, h, p } = c;
  const anchor = layout.anchor ?? "start";
  const x = layout.x * w;
  const width = layout.width * w;
  const small = p[layout.small];
  const rows: { text: string; height: number; set: (baseline: number) => string }[] = [];
  const add = (text: string, style: Parameters<typeof outline>[3], fill: string, leading: number) =>
    rows.push({ text, height: style.size * leading, set: (y) => outline(text, x, y, style, fill, anchor) });

  const addMakers = () => {
    for (const name of words.makers) {
      const style = fitted(name, { size: w * 0.036, weight: 400, tracking: 0.04 }, width, 1);
      add(name, style.style, small, 1.42);
    }
  };
  if ((layout.makers ?? "above") === "above") {
    addMakers();
    rows.push({ text: "", height: w * 0.022, set: () => "" });
  }
  if (words.series) add(words.series, { size: w * 0.03, weight: 400, italic: true }, small, 1.7);
  const style = {
    size: layout.size * w,
    weight: layout.weight ?? 600,
    italic: layout.italic ?? false,
    tracking: -0.012,
  };
  const title = fitted(words.title, style, width, layout.lines ?? 4);
  for (const one of title.lines) add(one, title.style, p[layout.fill], 1.1);
  if (words.subtitle) {
    rows.push({ text: "", height: w * 0.018, set: () => "" });
    const sub = fitted(words.subtitle, { size: w * 0.036, weight: 400, italic: true }, width, 2);
    for (const one of sub.lines) add(one, sub.style, small, 1.35);
  }
  if (layout.makers === "below") {
    rows.push({ text: "", height: w * 0.03, set: () => "" });
    addMakers();
  }

  const total = rows.reduce((sum, row) => sum + row.height, 0);
  let y = layout.from === "bottom" ? layout.y * h - total : layout.y * h;
  let out = "";
  for (const row of rows) {
    y += row.height;
    // The baseline sits a quarter of the row above its foot, where descenders hang.
    if (row.text) out += row.set(y - row.height * 0.26);
  }
  if (layout.imprint !== undefined) {
    const imprintFill = p[layout.imprintFill ?? layout.small];
    out += outline(
      words.imprint,
      x,
      layout.imprint * h,
      { size: w * 0.021, weight: 400, tracking: 0.08 },
      imprintFill,
      anchor,
    );
  }
  return out;
}
