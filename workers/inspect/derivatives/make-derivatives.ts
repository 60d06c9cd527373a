/** Everything that is made from an accepted upload: covers, the preview of a track, the sample of a book. */
import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { v5 } from "uuid";
import type { House } from "#domain/house.ts";
import type { UploadToRead } from "#domain/uploads/queries.server.ts";
import type { Derivative } from "#domain/uploads/record-derivatives.server.ts";
import { makeBookSample, makePdfSample } from "./book-sample.ts";
import { makeCovers } from "./covers.ts";
import { FfmpegFailed, NoFfmpeg } from "./ffmpeg.ts";
import { makePreview } from "./preview.ts";
import type { SampleAnswer } from "./sample-child.ts";

export type Made = { made: Derivative[]; notMade: NotMade[] };
/** Why something is missing, for the studio to say. */
export type NotMade = "no_ffmpeg" | "preview_failed" | "sample_failed";

/** What was made is written to the bucket beside the upload before it is told of: a name without bytes is never recorded. */
export async function makeDerivatives(
  house: Pick<House, "clock" | "settings" | "storage">,
  upload: UploadToRead,
  folder: string,
): Promise<Made> {
  const result: Made = { made: [], notMade: [] };
  const bucket = bucketOf(house, upload, result.made);
  const cover = await coverOf(house, upload, folder, bucket);
  if (upload.kind === "image" || upload.kind === null) return result;
  const original = join(folder, "original");
  await house.storage.download(upload.storageKey, original);
  if (upload.kind === "audio") await previewOf(house, upload, { original, folder }, bucket, result);
  else if (upload.kind === "pdf") await pdfSampleOf(upload, { original, folder }, bucket, result);
  else await sampleOf(house, upload, { original, folder, cover }, bucket, result);
  return result;
}

type Keep = (
  what: Omit<Derivative, "storageKey" | "bytes"> & { name: string; body: Buffer | string },
) => Promise<void>;

/** Derivatives never change under their key: whoever has one may keep it for a year. */
function bucketOf({ storage }: Pick<House, "storage">, upload: UploadToRead, made: Derivative[]): Keep {
  const folder = upload.storageKey.replace(/\/[^/]*$/, "");
  return async ({ name, body, ...derivative }) => {
    const storageKey = `${folder}/${name}`;
    const bytes = typeof body === "string" ? (await stat(body)).size : body.length;
    await storage.write(storageKey, body, {
      contentType: derivative.mediaType,
      cacheControl: "public, max-age=31536000, immutable",
    });
    made.push({ ...derivative, storageKey, bytes });
  };
}

async function coverOf(
  house: Pick<House, "storage">,
  upload: UploadToRead,
  folder: string,
  keep: Keep,
): Promise<string | null> {
  if (!upload.cover) return null;
  const source = join(folder, "cover-source.jpg");
  await house.storage.download(upload.cover.key, source);
  const { colour, files } = await makeCovers(source, folder);
  for (const { width, height, position, mediaType, file } of files) {
    await keep({
      role: "cover",
      position,
      mediaType,
      name: file,
      body: join(folder, file),
      facts: { width, height, colour },
    });
  }
  return source;
}

async function previewOf(
  { settings }: Pick<House, "settings">,
  upload: UploadToRead,
  { original, folder }: { original: string; folder: string },
  keep: Keep,
  { notMade }: Made,
): Promise<void> {
  try {
    const sound = { path: original, mediaType: upload.mediaType ?? "", durationMs: upload.durationMs };
    const preview = await makePreview(sound, { ffmpegPath: settings.ffmpegPath, workDir: folder });
    const { durationMs, startMs, peaks, loudness, mediaType } = preview;
    await keep({
      role: "preview",
      position: 1,
      mediaType,
      name: "preview.mp3",
      body: preview.path,
      facts: { durationMs, startMs, peaks, loudness },
    });
  } catch (problem) {
    if (problem instanceof NoFfmpeg) notMade.push("no_ffmpeg");
    else if (problem instanceof FfmpegFailed) notMade.push("preview_failed");
    else throw problem;
  }
}

/** So that the same upload's sample always has the same identifier. */
const SAMPLES = "5b6f0a54-2a52-4a3b-9f0e-5f5d3a1c8e11";

async function sampleOf(
  { clock }: Pick<House, "clock">,
  upload: UploadToRead,
  { original, folder, cover }: { original: string; folder: string; cover: string | null },
  keep: Keep,
  { notMade }: Made,
): Promise<void> {
  const sample = await makeBookSample(original, folder, {
    identifier: `urn:uuid:${v5(upload.id, SAMPLES)}`,
    title: upload.title || upload.fileName,
    people: upload.people,
    language: upload.language,
    modifiedAt: clock.now().toISOString(),
    coverPath: cover,
  });
  if (!sample) {
    notMade.push("sample_failed");
    return;
  }
  const epub = join(folder, basename(sample.epub));
  await keep({
    role: "sample_epub",
    position: 1,
    mediaType: "application/epub+zip",
    name: "sample.epub",
    body: epub,
    facts: { pages: sample.pages.length },
  });
  await keepPages(sample, folder, keep);
}

/** A PDF is leafed through as it looks; there is nothing to download, for its pages are drawn. */
async function pdfSampleOf(
  upload: UploadToRead,
  { original, folder }: { original: string; folder: string },
  keep: Keep,
  { notMade }: Made,
): Promise<void> {
  const sample = await makePdfSample(original, folder, { language: upload.language });
  if (sample) await keepPages({ ...sample, direction: "ltr" }, folder, keep);
  else notMade.push("sample_failed");
}

async function keepPages(
  { pages, language, direction }: Pick<SampleAnswer, "pages" | "language" | "direction">,
  folder: string,
  keep: Keep,
): Promise<void> {
  for (const [index, { file, title, words }] of pages.entries()) {
    await keep({
      role: "sample_page",
      position: index + 1,
      mediaType: "text/html",
      name: `page-${index + 1}.html`,
      body: join(folder, basename(file)),
      facts: { title, words, language, direction },
    });
  }
}
