import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Unacceptable } from "../inspection.ts";
import type { Reading } from "../reading.ts";
import { inMemory, measure } from "./measure.ts";
import { rasterise } from "./rasterise.ts";

/** A picture of more bytes than this is no cover; its pixels are counted separately, from its header. */
const MOST_BYTES = 60_000_000;
/** Below this a cover looks poor on a telephone already. */
const SMALLEST_SIDE = 400;

/** A cover given as a file of its own: here a picture that cannot be decoded is a refusal. */
export async function inspectImage({ path, size, notes, workDir, cover }: Reading): Promise<void> {
  if (size > MOST_BYTES) throw new Unacceptable("image_too_large", `${size} bytes`);
  const bytes = await readFile(path);
  const picture = await measure(inMemory(bytes));
  if (Math.max(picture.width, picture.height) < SMALLEST_SIDE)
    notes.warn("image_too_small", `${picture.width} × ${picture.height}`);
  notes.picture = { ...picture, source: "file" };
  const raster = await rasterise(bytes);
  if (cover === "measure") return;
  const target = join(workDir, "cover.jpg");
  await writeFile(target, raster.jpeg);
  notes.cover = { path: target, mediaType: "image/jpeg", width: raster.width, height: raster.height };
}
