/**
 * Any picture → a JPEG of our own making. The bytes of a stranger's picture are never served: what could hide in them
 * (a script in an SVG, a second file behind the first, a place in EXIF) does not survive the pixels.
 */
import sharp from "sharp";
import { Unacceptable } from "../inspection.ts";
import { inMemory, MOST_PIXELS, measure } from "./measure.ts";

/** Wider than any screen shows a cover, and enough for the 960-pixel derivative at twice the density. */
const LONGEST_SIDE = 2_000;

sharp.cache(false);
sharp.concurrency(1);

export type Raster = {
  jpeg: Buffer;
  width: number;
  height: number;
  sourceWidth: number;
  sourceHeight: number;
};

export type RasterOptions = { longestSide?: number; quality?: number };

const INPUT = {
  limitInputPixels: MOST_PIXELS,
  failOn: "error",
  pages: 1,
  sequentialRead: true,
  unlimited: false,
} as const;

/** Refuses with `image_too_large` above 40 Mpx, `image_broken` when it cannot be decoded. */
export async function rasterise(
  bytes: Uint8Array,
  { longestSide = LONGEST_SIDE, quality = 88 }: RasterOptions = {},
): Promise<Raster> {
  const { width, height } = await measure(inMemory(bytes));
  try {
    const { data, info } = await sharp(bytes, INPUT)
      .rotate()
      .resize({ width: longestSide, height: longestSide, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb")
      .jpeg({ quality, chromaSubsampling: quality > 80 ? "4:4:4" : "4:2:0" })
      .toBuffer({ resolveWithObject: true });
    return { jpeg: data, width: info.width, height: info.height, sourceWidth: width, sourceHeight: height };
  } catch {
    throw new Unacceptable("image_broken");
  }
}
