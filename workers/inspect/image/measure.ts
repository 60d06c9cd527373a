import { Unacceptable } from "../inspection.ts";
import type { FoundPicture } from "../reading.ts";
import { type Size, sizeInHeader } from "./header.ts";

/** Counted before a single pixel is decoded. */
export const MOST_PIXELS = 40_000_000;

/** A picture of which all bytes are at hand. */
export function inMemory(bytes: Uint8Array): FoundPicture {
  return { head: bytes, whole: async () => bytes };
}

/** What the header says, turned as it is shown. Refuses as `rasterise` does; the decoder is loaded only where it must be. */
export async function measure({ head, whole }: FoundPicture): Promise<Size> {
  const size = sizeInHeader(head) ?? (await sizeOf(await whole()));
  const { width, height } = size;
  // A drawing has no pixels of its own: it is drawn at whatever size is asked.
  if (width * height > MOST_PIXELS && size.mediaType !== "image/svg+xml")
    throw new Unacceptable("image_too_large", `${width} × ${height}`);
  return size;
}

async function sizeOf(bytes: Uint8Array): Promise<Size> {
  return sizeInHeader(bytes) ?? askDecoder(bytes);
}

async function askDecoder(bytes: Uint8Array): Promise<Size> {
  const { default: sharp } = await import("sharp");
  const header = await sharp(bytes, { limitInputPixels: false, failOn: "error", pages: 1 })
    .metadata()
    .catch(() => undefined);
  if (!header?.width || !header.height) throw new Unacceptable("image_broken");
  const { width, height, format, orientation = 1 } = header;
  const mediaType = MEDIA_TYPES[format ?? ""] ?? `image/${format}`;
  return orientation >= 5 ? { mediaType, width: height, height: width } : { mediaType, width, height };
}

const MEDIA_TYPES: Record<string, string> = { jpg: "image/jpeg", svg: "image/svg+xml", heif: "image/avif" };
