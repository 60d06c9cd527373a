import sharp, { type Sharp } from "sharp";

export type CoverFile = {
  width: number;
  height: number;
  position: number;
  mediaType: string;
  extension: string;
  body: Buffer;
};
export type Covers = { colour: string; files: CoverFile[] };

/** What shelves, pages and dense screens ask for, in pixels. */
const WIDTHS = [240, 480, 960];

const FORMATS = [
  {
    mediaType: "image/avif",
    extension: "avif",
    encode: (image: Sharp) => image.avif({ quality: 55, effort: 3 }),
  },
  {
    mediaType: "image/webp",
    extension: "webp",
    encode: (image: Sharp) => image.webp({ quality: 78, effort: 4 }),
  },
  {
    mediaType: "image/jpeg",
    extension: "jpg",
    encode: (image: Sharp) => image.jpeg({ quality: 80, mozjpeg: true, progressive: true }),
  },
];

/**
 * The sizes and formats of one cover, and the colour to show while it comes. `jpeg` is the one that the inspector made,
 * never a stranger's bytes. A small picture is not enlarged: its own width stands for the next size up, once.
 */
export async function makeCovers(jpeg: string | Buffer): Promise<Covers> {
  const { width: source = 0 } = await sharp(jpeg).metadata();
  const files: CoverFile[] = [];
  for (const [index, width] of WIDTHS.entries()) {
    if (index > 0 && source <= (WIDTHS[index - 1] as number)) break;
    const { data, info } = await sharp(jpeg)
      .resize({ width, withoutEnlargement: true })
      .raw()
      .toBuffer({ resolveWithObject: true });
    for (const { mediaType, extension, encode } of FORMATS) {
      const raw = { width: info.width, height: info.height, channels: info.channels };
      const body = await encode(sharp(data, { raw })).toBuffer();
      files.push({ width: info.width, height: info.height, position: width, mediaType, extension, body });
    }
  }
  return { colour: await averageColour(jpeg), files };
}

async function averageColour(jpeg: string | Buffer): Promise<string> {
  const pixel = await sharp(jpeg)
    .resize(1, 1, { fit: "fill" })
    .removeAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer();
  return `#${pixel.subarray(0, 3).toString("hex")}`;
}
