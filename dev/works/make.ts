import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { coops, plans } from "./catalogue.ts";
import { printCover } from "./covers.ts";
import { encodeTrack, findFfmpeg, mediaTypes, trackFileName } from "./encode.ts";
import { writeEpub } from "./epub.ts";
import { typeset } from "./french.ts";
import { playTrack, wav } from "./music.ts";
import { makePdf } from "./pdf.ts";
import type { AlbumPlan, BookPlan, Plan } from "./plan.ts";
import { claimsOf } from "./tags/claims.ts";

/** To be raised when a generator changes what it writes: the cached works of that kind are then made again. */
const generatorVersion = { book: 3, album: 1 } as const;

export interface MadeFile {
  path: string;
  mediaType: string;
  /** Position in `plan.tracks`, for the files of an album. */
  track?: number;
}

export interface MadeWork {
  plan: Plan;
  /** JPEG, 1600 x 2400 or 1600 x 1600. */
  cover: string;
  /** EPUB then PDF of a book; the tracks of an album in their order. */
  files: MadeFile[];
}

/** Side of the cover that is put in each sound file. */
const embeddedSide = 800;

/**
 * Makes the demo works (all, unless told which) under `dir`, one folder each, and returns where the files are. A
 * work already made from the same plan by the same generator is left as it is. About a minute and a half cold on one core,
 * a few milliseconds warm.
 */
export async function makeDemoWorks(
  dir: string,
  progress: (done: number, total: number, what: string) => void = () => {},
  wanted: readonly Plan[] = plans,
): Promise<MadeWork[]> {
  const ffmpeg = await findFfmpeg();
  const out: MadeWork[] = [];
  for (const [i, plan] of wanted.entries()) {
    progress(i, wanted.length, typeset(plan.title));
    const home = join(dir, plan.slug);
    const stamp = stampOf(plan, ffmpeg !== null);
    out.push((await madeBefore(home, stamp, plan)) ?? (await makeWork(home, stamp, plan, ffmpeg)));
  }
  progress(wanted.length, wanted.length, "");
  return out;
}

function stampOf(plan: Plan, encoded: boolean): string {
  // Books do not depend on ffmpeg.
  const facts = JSON.stringify([generatorVersion[plan.kind], plan, plan.kind === "album" && encoded]);
  return createHash("sha256").update(facts).digest("hex").slice(0, 20);
}

interface Record {
  stamp: string;
  cover: string;
  files: MadeFile[];
}

async function madeBefore(home: string, stamp: string, plan: Plan): Promise<MadeWork | null> {
  try {
    const record = JSON.parse(await readFile(join(home, "made.json"), "utf8")) as Record;
    if (record.stamp !== stamp) return null;
    return {
      plan,
      cover: join(home, record.cover),
      files: record.files.map((file) => ({ ...file, path: join(home, file.path) })),
    };
  } catch {
    return null;
  }
}

/** Makes the work beside its place and moves it there whole: a run that is cut leaves nothing half made. */
async function makeWork(home: string, stamp: string, plan: Plan, ffmpeg: string | null): Promise<MadeWork> {
  const bench = `${home}.making`;
  await rm(bench, { recursive: true, force: true });
  await mkdir(bench, { recursive: true });
  const cover = await printCover(plan);
  await writeFile(join(bench, "cover.jpg"), cover);
  const files =
    plan.kind === "book" ? await makeBook(bench, plan, cover) : await makeAlbum(bench, plan, cover, ffmpeg);
  const record: Record = {
    stamp,
    cover: "cover.jpg",
    files: files.map((file) => ({ ...file, path: file.path.slice(bench.length + 1) })),
  };
  await writeFile(join(bench, "made.json"), JSON.stringify(record, null, 1));
  await rm(home, { recursive: true, force: true });
  await rename(bench, home);
  return {
    plan,
    cover: join(home, record.cover),
    files: record.files.map((file) => ({ ...file, path: join(home, file.path) })),
  };
}

async function makeBook(bench: string, plan: BookPlan, cover: Buffer): Promise<MadeFile[]> {
  const files: MadeFile[] = [];
  for (const format of plan.formats) {
    const path = join(bench, `${plan.slug}.${format}`);
    if (format === "epub") await writeEpub(plan, cover, path);
    else await writeFile(path, makePdf(plan, cover));
    files.push({ path, mediaType: format === "epub" ? "application/epub+zip" : "application/pdf" });
  }
  return files;
}

async function makeAlbum(
  bench: string,
  plan: AlbumPlan,
  cover: Buffer,
  ffmpeg: string | null,
): Promise<MadeFile[]> {
  const small = await sharp(cover).resize(embeddedSide, embeddedSide).jpeg({ quality: 82 }).toBuffer();
  const publisher = coops.find((coop) => coop.slug === plan.coop)?.name ?? "";
  // ffmpeg encodes one track while the next is being played.
  const encoding: Promise<MadeFile>[] = [];
  for (const [place, track] of plan.tracks.entries()) {
    const claims = claimsOf(plan, track, place, publisher);
    const sound = wav(playTrack(plan.style, track, place));
    const base = trackFileName(bench, place, claims.title);
    encoding.push(
      encodeTrack(ffmpeg, sound, plan.format, claims, small, embeddedSide, base).then((path) => ({
        path,
        mediaType: mediaTypes[extname(path).slice(1) as keyof typeof mediaTypes],
        track: place,
      })),
    );
    // A breath, so that the encoder's pipe and the caller's other work are served.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return Promise.all(encoding);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dir = process.argv[2];
  if (!dir) throw new Error("Usage: node dev/works/make.ts DIR");
  const start = Date.now();
  const made = await makeDemoWorks(dir, (done, total, what) => console.log(`${done}/${total} ${what}`));
  console.log(`${made.length} works in ${((Date.now() - start) / 1000).toFixed(1)} s`);
}
