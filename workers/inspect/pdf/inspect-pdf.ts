import type * as mupdf from "mupdf";
import { cleanLine, cleanText, LONGEST, repairMojibake } from "#domain/metadata/clean-text.ts";
import type { ContentsEntry } from "#domain/metadata/inspection.ts";
import { languageTag } from "#domain/metadata/language.ts";
import { inMemory } from "../image/measure.ts";
import { type Notebook, Unacceptable } from "../inspection.ts";
import type { Reading } from "../reading.ts";
import { drawPage, openPdf } from "./open-pdf.ts";
import { pageLabels } from "./page-labels.ts";
import { noteXmp } from "./xmp.ts";

const LARGEST_XMP = 2 * 1_048_576;
const MOST_ENTRIES = 5_000;
/** Enough for the widest derivative; a page is drawn once, at this size at most. */
const COVER = { width: 1_400, height: 1_800, quality: 90 };

/** What word processors put there when nobody did. */
const EMPTY_TITLE =
  /^(?:untitled(?:[-\s]?\d+)?|sans titre(?:[-\s]?\d+)?|document\d*|microsoft word - .*|.*\.(?:docx?|indd|tex|odt|qxd|rtf|pdf|pages))$/i;

/** Information, then XMP over it, outline, and the first page as a cover. */
export async function inspectPdf(reading: Reading): Promise<void> {
  const { notes } = reading;
  const document = openPdf(reading.path, reading.size);
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
  notes.pageLabels = pageLabels(document);
  reading.recordRead();
  if (reading.cover === "keep") await reading.keepCover(inMemory(drawPage(document, 0, COVER)), "pdf:page-1");
  notes.picture = firstPage(document) ?? notes.picture;
  document.destroy();
}

/** The first page stands for the cover: its size is in points, the seventy-second part of an inch. */
function firstPage(document: mupdf.PDFDocument): Notebook["picture"] {
  const page = document.loadPage(0);
  const [left, top, right, bottom] = page.getBounds();
  page.destroy();
  const [width, height] = [Math.round(right - left), Math.round(bottom - top)];
  if (!(width > 0 && height > 0)) return undefined;
  return { mediaType: "application/pdf", width, height, source: "pdf:page-1" };
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
      const said = document.getMetaData(`info:${key}`) ?? "";
      // Some tools put UTF-8 there without saying so.
      const repaired = repairMojibake(said);
      if (repaired) notes.warn("mojibake_repaired", repaired);
      return repaired ?? said;
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

/** Runs `read`, whose findings then replace those of the same field that were there before; but a title by a placeholder. */
function preferring(notes: Notebook, read: () => void): void {
  const before = notes.findings.splice(0);
  try {
    read();
  } catch (problem) {
    if (!(problem instanceof Unacceptable)) throw problem;
  }
  const empty = notes.findings.findIndex(
    ({ field, value }) => field === "title" && EMPTY_TITLE.test(String(value)),
  );
  if (empty >= 0 && before.some(({ field, value }) => field === "title" && !EMPTY_TITLE.test(String(value))))
    notes.findings.splice(empty, 1);
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
