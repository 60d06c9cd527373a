/**
 * From the last part of an upload received to the record filled in, as an artist waits for it: the worker, PostgreSQL and the bucket as
 * processes of this run, files made for it. `node tests/benchmarks/received.ts [--files N]`. Each file is sent once the one before is in its
 * record; what is made of that one (covers, sample, clips) is often still at work. Prints a table.
 */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs, promisify } from "node:util";
import sharp from "sharp";
import { startStack } from "#dev/stack.ts";
import { findFfmpeg } from "#dev/works/encode.ts";
import { startWork } from "#domain/catalogue/start-work.server.ts";
import { foundCoop } from "#domain/coops/found-coop.server.ts";
import { openHouse } from "#domain/house.server.ts";
import { admitMember } from "#domain/membership/admit-member.server.ts";
import { openUpload } from "#domain/uploads/open-upload.server.ts";
import { receiveUpload } from "#domain/uploads/receive-upload.server.ts";
import { signParts } from "#domain/uploads/sign-parts.server.ts";
import { readEnv } from "#gateways/env.ts";
import { epub, opf, page } from "#tests/hostile/make-files.ts";
import { atShare, median } from "./durable.ts";
import { family, residentMegabytes } from "./processor.ts";

const { values } = parseArgs({ options: { files: { type: "string", default: "20" } } });
const count = Number(values.files);
const run = promisify(execFile);

// Sizes of the files.
const chapters = 30;
const pictures = 8;
const pictureSide = 800;
const flacSeconds = 150;

/** A novel of half a million characters and noisy pictures, about 5 MB; no two alike. */
async function book(folder: string, index: number): Promise<string> {
  const names = Array.from({ length: chapters }, (_, i) => `chapitre-${i}`);
  const noise = () =>
    sharp(randomBytes(pictureSide * pictureSide * 3), {
      raw: { width: pictureSide, height: pictureSide, channels: 3 },
    })
      .jpeg({ quality: 95 })
      .toBuffer();
  const images = await Promise.all(Array.from({ length: pictures }, noise));
  const files = Object.fromEntries([
    ...names.map((name) => [`${name}.xhtml`, page(`<h1>${name}</h1>${paragraphs()}`)]),
    ...images.map((bytes, i) => [`image-${i}.jpg`, bytes]),
  ]);
  const manifest = [
    ...names.map((name) => `<item id="${name}" href="${name}.xhtml" media-type="application/xhtml+xml"/>`),
    ...images.map(
      (_, i) =>
        `<item id="image-${i}" href="image-${i}.jpg" media-type="image/jpeg"${i === 0 ? ' properties="cover-image"' : ""}/>`,
    ),
  ].join("");
  const spine = names.map((name) => `<itemref idref="${name}"/>`).join("");
  return epub(folder, `livre-${index}.epub`, { opf: opf({ manifest, spine }), files });
}

function paragraphs(): string {
  const word = () => randomBytes(3).toString("hex");
  return Array.from({ length: 60 }, () => `<p>${Array.from({ length: 40 }, word).join(" ")}</p>`).join("");
}

/** Noise at 96 kHz and 24 bits, which FLAC cannot make smaller: about 40 MB. */
async function noise(ffmpeg: string, folder: string): Promise<string> {
  const path = join(folder, "bruit.flac");
  const source = ["-f", "lavfi", "-i", `anoisesrc=r=96000:d=${flacSeconds}:a=0.5`];
  await run(ffmpeg, ["-loglevel", "error", ...source, "-sample_fmt", "s32", "-compression_level", "0", path]);
  return path;
}

async function track(ffmpeg: string, source: string, folder: string, index: number): Promise<string> {
  const path = join(folder, `piste-${index}.flac`);
  await run(ffmpeg, ["-loglevel", "error", "-i", source, "-c", "copy", "-metadata", `title=${index}`, path]);
  return path;
}

const folder = await mkdtemp(join(tmpdir(), "ventes-received-"));
const stack = await startStack({ dataDir: folder, database: "received", durable: true });
const { db, house, close } = await openHouse(readEnv(stack.env), { work: false, onError: () => {} });
try {
  const worker = await stack.startWorker();
  const place = { legalForm: "coop_qc", place: "CA-QC" } as const;
  const { id: coopId } = await foundCoop(db, house, { slug: "fleuve", name: "Fleuve", ...place });
  const ana = await admitMember(db, house, { coopId, email: "ana@exemple.coop", name: "Ana Roy" });
  const { personId } = ana;

  /** Seconds from « received » to « accepted »; throws where the file is refused. */
  const waitFor = async (workId: string, path: string): Promise<number> => {
    const content = await readFile(path);
    const file = { fileName: basename(path), bytes: content.length, type: "", lastModified: 1 };
    const { uploadId } = await openUpload(db, house, { personId, workId, ...file });
    const { parts } = await signParts(db, house, { personId, uploadId });
    for (const { url, start, end } of parts)
      await fetch(url, { method: "PUT", body: content.subarray(start, end) });
    await receiveUpload(db, house, { personId, uploadId });
    const received = performance.now();
    for (;;) {
      const { state, reason } = await db
        .selectFrom("upload")
        .select(["state", "reason"])
        .where("id", "=", uploadId)
        .executeTakeFirstOrThrow();
      if (state === "accepted") return (performance.now() - received) / 1000;
      if (state !== "received") throw new Error(`${file.fileName}: ${state}, ${reason}`);
      await pause(10);
    }
  };
  const start = async (kind: "book" | "album") => (await startWork(db, house, { ...ana, kind })).workId;

  const rows: string[] = [];
  const measure = async (what: string, kind: "book" | "album", make: (i: number) => Promise<string>) => {
    const seconds: number[] = [];
    let megabytes = 0;
    const album = kind === "album" ? await start(kind) : undefined;
    for (let i = 0; i < count; i += 1) {
      const path = await make(i);
      megabytes = (await readFile(path)).length / 1_000_000;
      seconds.push(await waitFor(album ?? (await start(kind)), path));
      await rm(path);
    }
    const cells = [seconds[0]!, median(seconds), atShare(seconds, 0.95)].map(
      (each) => `${each.toFixed(2)} s`,
    );
    rows.push(`| ${what}, ${megabytes.toFixed(1)} MB | ${count} | ${cells.join(" | ")} |`);
  };
  const before = residentMegabytes(worker.pid!);
  await measure("EPUB", "book", (i) => book(folder, i));
  const ffmpeg = await findFfmpeg();
  if (ffmpeg) {
    const source = await noise(ffmpeg, folder);
    await measure("FLAC", "album", (i) => track(ffmpeg, source, folder, i));
  } else console.log("no ffmpeg here, so no FLAC");
  const held = residentMegabytes(worker.pid!);
  const below = family(worker.pid!).slice(1).map(residentMegabytes);
  console.log(
    [
      `${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)} at the end, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}.`,
      "",
      "| received → record filled in | files | the first | p50 | p95 |",
      "|---|---|---|---|---|",
      ...rows,
      "",
      `Memory of the worker: ${before.toFixed(0)} MB at rest, ${held.toFixed(0)} MB after these; its children then: ${below.map((each) => each.toFixed(0)).join(", ") || "none"} MB.`,
    ].join("\n"),
  );
} finally {
  await close();
  await stack.stop();
  await rm(folder, { recursive: true, force: true });
  await rm(stack.postgres.dataDir, { recursive: true, force: true });
}
process.exit(0);
