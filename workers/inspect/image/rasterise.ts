/**
 * Any picture → a JPEG of our own making. The bytes of a stranger's picture are never served: what could hide in them
 * (a script in an SVG, a second file behind the first, a place in EXIF) does not survive the pixels.
 */
import sharp from "sharp";
import { Unacceptable } from "../inspection.ts";

/** Read from the header before a single pixel is decoded. */
const MOST_PIXELS = 40_000_000;
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

/** What the header says, turned as it is shown; no pixel is decoded. Refuses as `rasterise`. */
export async function measure(
  bytes: Uint8Array,
): Promise<{ mediaType: string; width: number; height: number }> {
  const header = await sharp(bytes, { ...INPUT, limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  if (!header?.width || !header.height) throw new Unacceptable("image_broken");
  const { width, height, format } = header;
  if (width * height > MOST_PIXELS) throw new Unacceptable("image_too_large", `${width} × ${height}`);
  const mediaType = MEDIA_TYPES[format ?? ""] ?? `image/${format}`;
  const turned = (header.orientation ?? 1) >= 5;
  return turned ? { mediaType, width: height, height: width } : { mediaType, width, height };
}

const MEDIA_TYPES: Record<string, string> = { jpg: "image/jpeg", svg: "image/svg+xml", heif: "image/avif" };

/** Refuses with `image_too_large` above 40 Mpx, `image_broken` when it cannot be decoded. */
export async function rasterise(
  bytes: Uint8Array,
  { longestSide = LONGEST_SIDE, quality = 88 }: RasterOptions = {},
): Promise<Raster> {
  const { width, height } = await measure(bytes);
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
