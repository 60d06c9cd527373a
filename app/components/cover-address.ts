import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { shortId } from "./short-id.ts";

/** Of a cover: what its addresses are made from. `widths` in pixels, smallest first; `height` of the largest. */
export type CoverFacts = { id: string; widths: number[]; height: number | null; colour: string | null };

/** The sizes that covers are made in; the largest of a small picture has its own width. */
export const coverSteps = [240, 480, 960] as const;
export const coverFormats = { avif: "image/avif", webp: "image/webp", jpg: "image/jpeg" } as const;
export type CoverFormat = keyof typeof coverFormats;

/** Where the largest JPEG of it lies: what other sites show, and who looks closely. */
export function coverAddress(locale: Locale, cover: CoverFacts): string {
  const step = coverSteps[Math.min(cover.widths.length, coverSteps.length) - 1] ?? coverSteps[0];
  return pathTo("cover", locale, { id: shortId(cover.id), file: `${step}.jpg` });
}

/** `srcset` of one format, every size with its width. */
export function coverSet(locale: Locale, cover: CoverFacts, format: CoverFormat): string {
  const folder = pathTo("cover", locale, { id: shortId(cover.id), file: "" });
  return cover.widths.map((width, i) => `${folder}${coverSteps[i]}.${format} ${width}w`).join(", ");
}
