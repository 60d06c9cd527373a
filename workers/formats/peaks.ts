import { open, stat } from "node:fs/promises";

const AT_ONCE = 65_536;

/**
 * The shape of a sound: the loudest sample of each of `count` equal stretches of a file of 16-bit mono samples, the loudest of all
 * being 1. The file is read piece by piece, however long it is; `samples` is how many it holds.
 */
export async function peaksOf(path: string, count: number): Promise<{ peaks: number[]; samples: number }> {
  const samples = Math.floor((await stat(path)).size / 2);
  const stretches = Math.min(count, samples);
  const peaks = new Array<number>(stretches).fill(0);
  const piece = Buffer.allocUnsafe(AT_ONCE);
  const file = await open(path);
  try {
    for (let at = 0; at < samples; ) {
      const { bytesRead } = await file.read(piece, 0, Math.min(AT_ONCE, (samples - at) * 2), at * 2);
      if (bytesRead < 2) break;
      for (let byte = 0; byte + 1 < bytesRead; byte += 2, at += 1) {
        const place = Math.floor((at * stretches) / samples);
        const loud = Math.abs(piece.readInt16LE(byte));
        if (loud > (peaks[place] as number)) peaks[place] = loud;
      }
    }
  } finally {
    await file.close();
  }
  const loudest = Math.max(1, ...peaks);
  return { peaks: peaks.map((peak) => Math.round((peak / loudest) * 1000) / 1000), samples };
}
