/** How many words the pages hold. A rough count, in one pass and without building a tree: it says how long the read is, no more. */
import type { Archive } from "./archive.ts";
import type { Package } from "./package.ts";

const MOST_BYTES = 40 * 1_048_576;
const LARGEST_PAGE = 8 * 1_048_576;
const LONGEST_MS = 2_000;

/** Undefined when the book is too large to be counted in two seconds. */
export async function countWords(archive: Archive, book: Package): Promise<number | undefined> {
  const startedAt = performance.now();
  let words = 0;
  let bytes = 0;
  for (const path of new Set(book.spine.map((item) => item.path))) {
    bytes += archive.size(path);
    if (bytes > MOST_BYTES || archive.size(path) > LARGEST_PAGE || performance.now() - startedAt > LONGEST_MS)
      return undefined;
    words += wordsOf((await archive.read(path, LARGEST_PAGE)).toString("utf8"));
  }
  return words;
}

const [OTHER, LETTER, IDEOGRAPH, MARK] = [0, 1, 2, 3];
/** What each unit of the first plane is; the pairs of the others are nearly all ideographs and emoji, and count for nothing. */
let classes: Uint8Array | undefined;

function classesOfUnits(): Uint8Array {
  const made = new Uint8Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit += 1) {
    const character = String.fromCharCode(unit);
    if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(character)) made[unit] = IDEOGRAPH;
    else if (/[\p{L}\p{N}]/u.test(character)) made[unit] = LETTER;
    else if (/\p{M}/u.test(character)) made[unit] = MARK;
  }
  return made;
}

/** Letters and digits joined by apostrophes and hyphens; two ideographs or kana count as one word, as publishers do. */
export function wordsOf(page: string): number {
  classes ??= classesOfUnits();
  let words = 0;
  let ideographs = 0;
  let inside = false;
  for (let at = 0; at < page.length; at += 1) {
    const unit = page.charCodeAt(at);
    const what = classes[unit];
    if (what === LETTER) {
      if (!inside) words += 1;
      inside = true;
    } else if (what === IDEOGRAPH) {
      ideographs += 1;
      inside = false;
    } else if (unit === 0x3c /* < */) {
      at = endOfTag(page, at);
      inside = false;
    } else if (unit === 0x26 /* & */) {
      at = endOfEntity(page, at);
      inside = false;
    } else if (inside && what === OTHER)
      inside = JOINERS.has(unit) && classes[page.charCodeAt(at + 1)] === LETTER;
  }
  return words + Math.round(ideographs / 2);
}

/** ' ’ · - */
const JOINERS = new Set([0x27, 0x2019, 0xb7, 0x2d]);

/** Where the tag that starts at `at` ends, with all that it holds when that is not read: scripts, styles, head, drawings. */
function endOfTag(page: string, at: number): number {
  const end = endOf(page, page.indexOf(">", at));
  const next = page.charCodeAt(at + 1) | 0x20;
  if (next === 0x73 /* s */ || next === 0x68 /* h */) {
    const name = /^(?:script|style|svg|head)(?=[\s>])/i.exec(page.slice(at + 1, at + 9))?.[0];
    if (name && page.charCodeAt(end - 1) !== 0x2f /* "/>" */) {
      const close = page.indexOf(`</${name}`, at);
      if (close >= 0) return endOf(page, page.indexOf(">", close));
    }
  }
  return end;
}

function endOf(page: string, found: number): number {
  return found < 0 ? page.length : found;
}

function endOfEntity(page: string, at: number): number {
  const end = page.indexOf(";", at);
  return end > at + 1 && end - at <= 9 ? end : at;
}
