import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Command, Font } from "opentype.js";
import opentype from "opentype.js";

export type Weight = 300 | 400 | 600 | 700 | 800;

const require = createRequire(import.meta.url);
const fonts = new Map<string, Font>();

/** The bytes of a static cut of Literata (WOFF): no system font is needed. */
export function literataFile(weight: Weight, italic: boolean): Buffer {
  return readFileSync(
    require.resolve(
      `@fontsource/literata/files/literata-latin-${weight}-${italic ? "italic" : "normal"}.woff`,
    ),
  );
}

export function literata(weight: Weight, italic: boolean): Font {
  const name = `${weight}${italic}`;
  let font = fonts.get(name);
  if (!font) {
    const file = literataFile(weight, italic);
    font = opentype.parse(
      file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer,
    );
    fonts.set(name, font);
  }
  return font;
}

export interface TypeStyle {
  size: number;
  weight: Weight;
  italic?: boolean;
  /** Extra space after each letter, in parts of the size. */
  tracking?: number;
}

export function widthOf(text: string, style: TypeStyle): number {
  const font = literata(style.weight, style.italic ?? false);
  return font.getAdvanceWidth(text, style.size, { kerning: true, letterSpacing: style.tracking ?? 0 });
}

/** One line of text as outlines; `x` is its left, middle or right according to the anchor, `y` the baseline. */
export function outline(
  text: string,
  x: number,
  y: number,
  style: TypeStyle,
  fill: string,
  anchor: "start" | "middle" | "end" = "start",
): string {
  const tracking = style.tracking ?? 0;
  const width = widthOf(text, style) - tracking * style.size;
  const left = anchor === "start" ? x : anchor === "middle" ? x - width / 2 : x - width;
  const path = literata(style.weight, style.italic ?? false).getPath(text, left, y, style.size, {
    kerning: true,
    letterSpacing: tracking,
  });
  return `<path d="${pathData(path.commands)}" fill="${fill}"/>`;
}

/** Written out here: the package's own `toPathData` drops separators that some numbers need. */
function pathData(commands: Command[]): string {
  const pair = (x = 0, y = 0) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
  return commands
    .map((c) => {
      if (c.type === "Z") return "Z";
      if (c.type === "Q") return `Q${pair(c.x1, c.y1)} ${pair(c.x, c.y)}`;
      if (c.type === "C") return `C${pair(c.x1, c.y1)} ${pair(c.x2, c.y2)} ${pair(c.x, c.y)}`;
      return c.type + pair(c.x, c.y);
    })
    .join("");
}

/** Breaks a text into at most `most` lines of even width; null when it cannot be done within `width`. */
export function broken(text: string, style: TypeStyle, width: number, most: number): string[] | null {
  const words = text.split(" ");
  for (let count = 1; count <= most; count++) {
    const lines = evenLines(words, count, style);
    if (lines?.every((one) => widthOf(one, style) <= width)) return lines;
  }
  return null;
}

/** All ways to cut few words into `count` lines: the one whose longest line is the shortest. */
function evenLines(words: string[], count: number, style: TypeStyle): string[] | null {
  if (count > words.length) return null;
  if (count === 1) return [words.join(" ")];
  let best: string[] | null = null;
  let bestWidth = Number.POSITIVE_INFINITY;
  for (let first = 1; first <= words.length - count + 1; first++) {
    const rest = evenLines(words.slice(first), count - 1, style);
    if (!rest) continue;
    const lines = [words.slice(0, first).join(" "), ...rest];
    const widest = Math.max(...lines.map((one) => widthOf(one, style)));
    if (widest < bestWidth) {
      best = lines;
      bestWidth = widest;
    }
  }
  return best;
}

/** The largest size, from `size` down, at which the text fits in `width` and `most` lines. */
export function fitted(
  text: string,
  style: TypeStyle,
  width: number,
  most: number,
): { lines: string[]; style: TypeStyle } {
  for (let size = style.size; size > style.size * 0.3; size *= 0.96) {
    const tried = { ...style, size };
    const lines = broken(text, tried, width, most);
    if (lines) return { lines, style: tried };
  }
  return { lines: [text], style: { ...style, size: style.size * 0.3 } };
}
