import { closeSync, openSync, readSync } from "node:fs";
import * as mupdf from "mupdf";
import { Unacceptable } from "../inspection.ts";

/** Opens through a window on the file: a PDF of 500 MB is not held in memory. Refuses `pdf_broken` and `encrypted`. */
export function openPdf(path: string, size: number): mupdf.PDFDocument {
  mupdf.setLog(null);
  const file = openSync(path, "r");
  const stream = new mupdf.Stream({
    fileSize: () => size,
    read: (memory, offset, length, position) => readSync(file, memory, offset, length, position),
    close: () => closeSync(file),
  });
  const document = asPdf(stream);
  const encryption = document.getMetaData("encryption")?.trim() ?? "";
  if (document.needsPassword() || !["", "None"].includes(encryption))
    throw new Unacceptable("encrypted", encryption);
  return document;
}

function asPdf(stream: mupdf.Stream): mupdf.PDFDocument {
  try {
    const document = mupdf.Document.openDocument(stream, "application/pdf").asPDF();
    if (document) return document;
  } catch (problem) {
    throw new Unacceptable("pdf_broken", problem instanceof Error ? problem.message : undefined);
  }
  throw new Unacceptable("pdf_broken");
}

/** A page as a JPEG of at most `width` by `height` pixels, whatever size it claims to be; small pages are drawn up to 4×. */
export function drawPage(
  document: mupdf.PDFDocument,
  index: number,
  { width, height, quality }: { width: number; height: number; quality: number },
): Uint8Array {
  const page = document.loadPage(index);
  const [left, top, right, bottom] = page.getBounds();
  const scale = Math.min(width / Math.max(1, right - left), height / Math.max(1, bottom - top), 4);
  const pixmap = page.toPixmap(mupdf.Matrix.scale(scale, scale), mupdf.ColorSpace.DeviceRGB, false, true);
  const jpeg = pixmap.asJPEG(quality, false).slice();
  pixmap.destroy();
  page.destroy();
  return jpeg;
}
