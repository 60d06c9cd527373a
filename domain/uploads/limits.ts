/**
 * What may be uploaded to which kind of work, and how much. Bytes are sniffed later, in a child process; this is the
 * courtesy of saying no before somebody sends a gigabyte for nothing.
 */
export type UploadKind = "epub" | "pdf" | "audio" | "image";

const MB = 1_048_576;

const KINDS: Record<
  UploadKind,
  { extensions: string[]; types: string[]; largest: number; works: ("book" | "album")[] }
> = {
  epub: { extensions: ["epub"], types: ["application/epub+zip"], largest: 500 * MB, works: ["book"] },
  pdf: { extensions: ["pdf"], types: ["application/pdf"], largest: 500 * MB, works: ["book"] },
  audio: {
    extensions: ["mp3", "flac", "m4a", "m4b", "ogg", "oga", "opus", "wav", "aif", "aiff", "aifc"],
    types: ["audio/mpeg", "audio/flac", "audio/mp4", "audio/ogg", "audio/opus", "audio/wav", "audio/aiff"],
    largest: 2_000 * MB,
    works: ["album"],
  },
  image: {
    extensions: ["jpg", "jpeg", "png", "webp", "avif"],
    types: ["image/jpeg", "image/png", "image/webp", "image/avif"],
    largest: 60 * MB,
    works: ["book", "album"],
  },
};

/** Of one work; an album with bonus tracks and a cover stays well under. */
export const MOST_FILES = 200;
/** Of one member, over all their works: open, received and accepted uploads. */
export const STUDIO_BYTES = 100 * 1_024 * MB;
export const STUDIO_GIGABYTES = 100;

/** By the name, as browsers do: the type that they declare for a FLAC or an Opus depends on the system. */
export function kindOfName(fileName: string): UploadKind | undefined {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(fileName.trim())?.[1]?.toLowerCase();
  return (Object.keys(KINDS) as UploadKind[]).find(
    (kind) => extension !== undefined && KINDS[kind].extensions.includes(extension),
  );
}

export function accepts(work: "book" | "album", kind: UploadKind): boolean {
  return KINDS[kind].works.includes(work);
}

export function largestBytes(kind: UploadKind): number {
  return KINDS[kind].largest;
}

/** For the `accept` of a file field: « .epub,.pdf,.jpg… ». */
export function acceptedExtensions(work: "book" | "album"): string[] {
  return (Object.keys(KINDS) as UploadKind[])
    .filter((kind) => accepts(work, kind))
    .flatMap((kind) => KINDS[kind].extensions.map((extension) => `.${extension}`));
}

/** S3 wants parts of 5 MiB at least (but the last) and 10 000 at most. */
const SMALLEST_PART = 8 * MB;
const MOST_PARTS = 9_000;

export function partBytesFor(bytes: number): number {
  return Math.max(SMALLEST_PART, Math.ceil(bytes / MOST_PARTS / MB) * MB);
}

export function partCount(bytes: number, partBytes: number): number {
  return Math.max(1, Math.ceil(bytes / partBytes));
}

/** The bytes of part `number` (from 1): from `start`, up to and without `end`. */
export function partRange(bytes: number, partBytes: number, number: number): { start: number; end: number } {
  return { start: (number - 1) * partBytes, end: Math.min(bytes, number * partBytes) };
}

/** Beside the upload in the bucket: the cover that was found in it, from which the others are made. */
export const COVER_FOUND = "cover-source.jpg";
