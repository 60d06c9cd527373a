import { closeSync, openSync, readSync } from "node:fs";
import * as mupdf from "mupdf";
import { cleanLine, cleanText, LONGEST } from "#domain/metadata/clean-text.ts";
import type { ContentsEntry } from "#domain/metadata/inspection.ts";
import { languageTag } from "#domain/metadata/language.ts";
import type { Reading } from "../child.ts";
import { type Notebook, Unacceptable } from "../inspection.ts";
import { noteXmp } from "./xmp.ts";

const LARGEST_XMP = 2 * 1_048_576;
const MOST_ENTRIES = 5_000;
/** Enough for the widest derivative; a page is drawn once, at this height at most, whatever size it claims to be. */
const COVER_HEIGHT = 1_800;
const COVER_WIDTH = 1_400;

/** What word processors put there when nobody did. */
const EMPTY_TITLE =
  /^(?:untitled(?:[-\s]?\d+)?|sans titre(?:[-\s]?\d+)?|document\d*|microsoft word - .*|.*\.(?:docx?|indd|tex|odt|qxd|rtf|pdf|pages))$/i;

/** Reads through a window on the file: a PDF of 500 MB is not held in memory. Encrypted files are refused. */
export async function inspectPdf(reading: Reading): Promise<void> {
  const { notes } = reading;
  mupdf.setLog(null);
  const document = openDocument(reading);
  if (
    document.needsPassword() ||
    !["", "None", undefined].includes(document.getMetaData("encryption")?.trim())
  ) {
    throw new Unacceptable("encrypted", document.getMetaData("encryption"));
  }
  const pages = pageCount(document);
  notes.note("pageCount", pages, "pdf:pages");
  if (document.wasRepaired()) notes.warn("pdf_repaired");
  if (hasScript(document)) notes.warn("pdf_script");
  noteInfo(document, notes);
  reading.recordRead();
  const packet = xmpPacket(document);
  if (packet) preferring(notes, () => noteXmp(packet, notes));
  const language = document.getTrailer().get("Root", "Lang");
  if (!notes.has("language") && language.isString())
    notes.note("language", languageTag(language.asString()), "pdf:Lang");
  noteTitleState(reading);
  if (!notes.has("language")) notes.warn("language_missing");
  notes.contents = outline(document);
  reading.recordRead();
  await reading.keepCover(firstPage(document));
}

function openDocument({ path, size }: Reading): mupdf.PDFDocument {
  const file = openSync(path, "r");
  const stream = new mupdf.Stream({
    fileSize: () => size,
    read: (memory, offset, length, position) => readSync(file, memory, offset, length, position),
    close: () => closeSync(file),
  });
  try {
    const document = mupdf.Document.openDocument(stream, "application/pdf").asPDF();
    if (document) return document;
  } catch (problem) {
    throw new Unacceptable("pdf_broken", problem instanceof Error ? problem.message : undefined);
  }
  throw new Unacceptable("pdf_broken");
}

function pageCount(document: mupdf.PDFDocument): number {
  let pages = 0;
  try {
    pages = document.countPages();
  } catch (problem) {
    throw new Unacceptable("pdf_broken", problem instanceof Error ? problem.message : undefined);
  }
  if (pages < 1) throw new Unacceptable("pdf_broken", "no page");
  return pages;
}

/** Something that runs when the book opens; readers of e-books have no use for it, and a curator should know. */
function hasScript(document: mupdf.PDFDocument): boolean {
  const root = document.getTrailer().get("Root");
  const action = root.get("OpenAction", "S");
  const runs =
    action.isName() && ["JavaScript", "Launch", "URI", "SubmitForm", "ImportData"].includes(action.asName());
  return runs || !root.get("Names", "JavaScript").isNull() || !root.get("AA").isNull();
}

function noteInfo(document: mupdf.PDFDocument, notes: Notebook): void {
  const info = (key: string) => {
    try {
      return document.getMetaData(`info:${key}`) ?? "";
    } catch {
      return "";
    }
  };
  notes.note("title", cleanLine(info("Title")), "pdf:info:Title");
  const people = [
    ...new Set(
      info("Author")
        .split(";")
        .map((name) => cleanLine(name, LONGEST.name))
        .filter(Boolean),
    ),
  ];
  notes.note(
    "contributors",
    people.map((name) => ({ name, role: "author" })),
    "pdf:info:Author",
  );
  notes.note("description", cleanText(info("Subject")), "pdf:info:Subject");
  const keywords = [
    ...new Set(
      info("Keywords")
        .split(/[;,]/)
        .map((word) => cleanLine(word, LONGEST.subject))
        .filter(Boolean),
    ),
  ];
  notes.note("subjects", keywords.slice(0, 50), "pdf:info:Keywords");
}

/** Runs `read`, whose findings then replace those of the same field that were there before. */
function preferring(notes: Notebook, read: () => void): void {
  const before = notes.findings.splice(0);
  try {
    read();
  } catch (problem) {
    if (!(problem instanceof Unacceptable)) throw problem;
  }
  const replaced = new Set(notes.findings.map(({ field }) => field));
  notes.findings.push(...before.filter(({ field }) => !replaced.has(field)));
}

function noteTitleState({ notes, fileName }: Reading): void {
  const title = notes.findings.find(({ field }) => field === "title");
  if (!title) {
    notes.warn("title_missing");
    notes.noteNameOfFile(fileName);
  }
  if (title && EMPTY_TITLE.test(String(title.value))) notes.warn("title_doubtful", String(title.value));
}

function xmpPacket(document: mupdf.PDFDocument): Uint8Array | undefined {
  const metadata = document.getTrailer().get("Root", "Metadata");
  if (!metadata.isStream()) return undefined;
  const packet = metadata.readStream().asUint8Array();
  return packet.length <= LARGEST_XMP ? packet.slice() : undefined;
}

function outline(document: mupdf.PDFDocument): ContentsEntry[] | undefined {
  const found: ContentsEntry[] = [];
  type Item = NonNullable<ReturnType<mupdf.PDFDocument["loadOutline"]>>[number];
  const walk = (items: Item[], depth: number) => {
    for (const item of items) {
      if (found.length >= MOST_ENTRIES || depth > 8) return;
      const title = cleanLine(item.title ?? "", 300);
      if (title)
        found.push(
          item.page === undefined ? { title, depth } : { title, depth, href: `#page=${item.page + 1}` },
        );
      if (item.down) walk(item.down, depth + 1);
    }
  };
  try {
    walk(document.loadOutline() ?? [], 0);
  } catch {
    return undefined; // a broken outline: the pages are still there
  }
  return found.length > 0 ? found : undefined;
}

function firstPage(document: mupdf.PDFDocument): Uint8Array {
  const page = document.loadPage(0);
  const [left, top, right, bottom] = page.getBounds();
  const scale = Math.min(
    COVER_WIDTH / Math.max(1, right - left),
    COVER_HEIGHT / Math.max(1, bottom - top),
    4,
  );
  const pixmap = page.toPixmap(mupdf.Matrix.scale(scale, scale), mupdf.ColorSpace.DeviceRGB, false, true);
  return pixmap.asJPEG(90, false);
}
