/**
 * The child that makes the sizes of a cover: encoding AVIF takes some 200 MB, which a process that lives on does not give back
 * (294 MB after three covers, 85 before; November 2026). It writes the files in the work folder, and answers with their list.
 */
import { writeSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import type { Covers } from "./covers.ts";

const job = JSON.parse(process.argv[2] ?? "{}") as { path: string; workDir: string };
for (const name of ["uncaughtException", "unhandledRejection"] as const)
  process.on(name, () => process.exit(1));

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
 * The sizes and formats of one cover, and the colour to show while it comes. A small picture is not enlarged: its own width
 * stands for the next size up, once.
 */
async function makeCovers(jpeg: Buffer): Promise<Covers> {
  const { width: source = 0 } = await sharp(jpeg).metadata();
  const files: Covers["files"] = [];
  for (const [index, width] of WIDTHS.entries()) {
    if (index > 0 && source <= (WIDTHS[index - 1] as number)) break;
    const { data, info } = await sharp(jpeg)
      .resize({ width, withoutEnlargement: true })
      .raw()
      .toBuffer({ resolveWithObject: true });
    for (const { mediaType, extension, encode } of FORMATS) {
      const raw = { width: info.width, height: info.height, channels: info.channels };
      const file = `cover-${width}.${extension}`;
      await writeFile(join(job.workDir, file), await encode(sharp(data, { raw })).toBuffer());
      files.push({ width: info.width, height: info.height, position: width, mediaType, file });
    }
  }
  return { colour: await averageColour(jpeg), files };
}

async function averageColour(jpeg: Buffer): Promise<string> {
  const pixel = await sharp(jpeg)
    .resize(1, 1, { fit: "fill" })
    .removeAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer();
  return `#${pixel.subarray(0, 3).toString("hex")}`;
}

writeSync(3, `${JSON.stringify(await makeCovers(await readFile(job.path)))}\n`);
process.exit(0);
