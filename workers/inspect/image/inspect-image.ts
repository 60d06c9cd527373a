import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Reading } from "../child.ts";
import { Unacceptable } from "../inspection.ts";
import { rasterise } from "./rasterise.ts";

/** A picture of more bytes than this is no cover; its pixels are counted separately, from its header. */
const MOST_BYTES = 60_000_000;
/** Below this a cover looks poor on a telephone already. */
const SMALLEST_SIDE = 400;

/** A cover given as a file of its own. */
export async function inspectImage({ path, size, notes, workDir }: Reading): Promise<void> {
  if (size > MOST_BYTES) throw new Unacceptable("image_too_large", `${size} bytes`);
  const raster = await rasterise(await readFile(path));
  if (Math.max(raster.sourceWidth, raster.sourceHeight) < SMALLEST_SIDE) {
    notes.warn("image_too_small", `${raster.sourceWidth} × ${raster.sourceHeight}`);
  }
  const target = join(workDir, "cover.jpg");
  await writeFile(target, raster.jpeg);
  notes.cover = { path: target, mediaType: "image/jpeg", width: raster.width, height: raster.height };
}
