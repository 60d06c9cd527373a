import { Unacceptable } from "../inspection.ts";
import type { Reading } from "../reading.ts";
import { type Archive, openArchive } from "./archive.ts";
import { readContents } from "./contents.ts";
import { readCover } from "./cover.ts";
import { mimetypeState, readPackage, refuseProtection } from "./package.ts";
import { noteRecord } from "./record-of-package.ts";
import { askEpub2 } from "./second-reader.ts";
import { countWords } from "./words.ts";

/** Gate, package, record; then what may fail without losing the book: epub2, contents, words, cover. */
export async function inspectEpub(reading: Reading): Promise<void> {
  const archive = await openArchive(reading.path);
  try {
    await readBook(archive, reading);
  } finally {
    archive.close();
  }
}

async function readBook(archive: Archive, reading: Reading): Promise<void> {
  const { path, size, notes } = reading;
  const mimetype = await mimetypeState(archive);
  if (mimetype === "missing" && !archive.has("META-INF/container.xml")) throw new Unacceptable("not_epub");
  if (mimetype === "missing") notes.warn("mimetype_missing");
  if (mimetype === "late") notes.warn("mimetype_not_first");
  await refuseProtection(archive);
  const book = await readPackage(archive);
  if (book.oddContainer) notes.warn("container_odd");
  if (book.errors > 0) notes.warn("opf_errors", `${book.errors} XML errors`);
  if (book.repaired) notes.warn("encoding_repaired");
  if (book.spine.length === 0) throw new Unacceptable("spine_empty");
  if (book.spineLost > 0) notes.warn("spine_incomplete", `${book.spineLost} pages missing`);
  noteRecord(book, notes);
  reading.recordRead();
  await attempt(async () => {
    const contents = await readContents(archive, book);
    if (contents.length > 0) notes.contents = contents;
  });
  await attempt(async () => notes.note("wordCount", await countWords(archive, book), "epub:spine"));
  // A second opinion costs as much as the first: it is asked for where the first is silent. It may still be at work
  // when it has answered, so the child reads nothing after it.
  if (!notes.has("title") || !notes.has("language") || (!notes.contents && book.hasNcx)) {
    reading.spend();
    await askEpub2(path, size, notes);
  }
  if (!notes.has("title")) {
    notes.warn("title_missing");
    notes.noteNameOfFile(reading.fileName);
  }
  if (!notes.has("language")) notes.warn("language_missing");
  const cover = await readCover(archive, book).catch(() => {
    notes.warn("cover_unreadable");
    return undefined;
  });
  // A picture is the one part that can still cost the child its life.
  if (cover && reading.cover === "keep") reading.recordRead();
  if (cover) await reading.keepCover(cover, cover.source);
}

/** A broken table of contents is not a broken book: readers fall back on the spine, and so do we. */
async function attempt(read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (problem) {
    if (!(problem instanceof Unacceptable)) throw problem;
  }
}
