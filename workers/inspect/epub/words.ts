/** How many words the pages hold. A rough count, in one pass and without building a tree: it says how long the read is, no more. */
import type { Archive } from "./archive.ts";
import type { Package } from "./package.ts";

const MOST_BYTES = 40 * 1_048_576;
const LARGEST_PAGE = 8 * 1_048_576;
const LONGEST_MS = 2_000;

/** Undefined when the book is too large to be counted in two seconds, and when its pages are pictures. */
export async function countWords(archive: Archive, book: Package): Promise<number | undefined> {
  const startedAt = performance.now();
  const pages = new Set(
    book.spine.filter(({ mediaType }) => /html|xml/.test(mediaType)).map(({ path }) => path),
  );
  let words = 0;
  let bytes = 0;
  for (const path of pages) {
    bytes += archive.size(path);
    if (bytes > MOST_BYTES || archive.size(path) > LARGEST_PAGE || performance.now() - startedAt > LONGEST_MS)
      return undefined;
    words += wordsIn(await archive.read(path, LARGEST_PAGE));
  }
  return pages.size === 0 ? undefined : words;
}

const [OTHER, LETTER, IDEOGRAPH, MARK] = [0, 1, 2, 3];
/** What each character of the first plane is; those of the others are nearly all rare ideographs and emoji, and count for nothing. */
let classes: Uint8Array | undefined;

function classesOfCharacters(): Uint8Array {
  const made = new Uint8Array(0x10000);
  for (let code = 0; code < 0x10000; code += 1) {
    const character = String.fromCharCode(code);
    if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(character)) made[code] = IDEOGRAPH;
    else if (/[\p{L}\p{N}]/u.test(character)) made[code] = LETTER;
    else if (/\p{M}/u.test(character)) made[code] = MARK;
  }
  return made;
}

/** As `wordsIn`, of a page that was decoded already. */
export function wordsOf(page: string): number {
  return wordsIn(Buffer.from(page));
}

/**
 * Letters and digits joined by apostrophes and hyphens; two ideographs or kana count as one word, as publishers do.
 * Read in UTF-8 as it lies there: to make a string of a novel takes longer than to count it.
 */
function wordsIn(page: Buffer): number {
  classes ??= classesOfCharacters();
  let words = 0;
  let ideographs = 0;
  let inside = false;
  // A joiner was met behind a letter: what follows decides whether the word goes on.
  let joined = false;
  for (let at = 0; at < page.length; at += 1) {
    let code = page[at] as number;
    if (code === 0x3c /* < */) {
      at = endOfTag(page, at);
      inside = false;
      joined = false;
      continue;
    }
    if (code === 0x26 /* & */) {
      at = endOfEntity(page, at);
      inside = false;
      joined = false;
      continue;
    }
    if (code >= 0xc2) {
      // Two, three or four bytes; broken ones are read as whatever they make.
      if (code < 0xe0) code = ((code & 0x1f) << 6) | ((page[++at] ?? 0) & 0x3f);
      else if (code < 0xf0)
        code = ((code & 0x0f) << 12) | (((page[++at] ?? 0) & 0x3f) << 6) | ((page[++at] ?? 0) & 0x3f);
      else {
        at += 3;
        code = 0;
      }
    }
    const what = classes[code];
    if (what === LETTER) {
      if (!inside && !joined) words += 1;
      inside = true;
      joined = false;
    } else if (what === IDEOGRAPH) {
      ideographs += 1;
      inside = false;
      joined = false;
    } else if (what === OTHER) {
      joined = inside && isJoiner(code);
      inside = false;
    }
  }
  return words + Math.round(ideographs / 2);
}

/** ' - · ’ */
function isJoiner(code: number): boolean {
  return code === 0x27 || code === 0x2d || code === 0xb7 || code === 0x2019;
}

/** Where the tag that starts at `at` ends, with all that it holds when that is not read: scripts, styles, head, drawings. */
function endOfTag(page: Buffer, at: number): number {
  const end = endOf(page, page.indexOf(0x3e, at));
  const next = (page[at + 1] ?? 0) | 0x20;
  if (next === 0x73 /* s */ || next === 0x68 /* h */) {
    const name = /^(?:script|style|svg|head)(?=[\s>])/i.exec(page.toString("latin1", at + 1, at + 9))?.[0];
    if (name && page[end - 1] !== 0x2f /* "/>" */) {
      const close = page.indexOf(`</${name}`, at);
      if (close >= 0) return endOf(page, page.indexOf(0x3e, close));
    }
  }
  return end;
}

function endOf(page: Buffer, found: number): number {
  return found < 0 ? page.length : found;
}

function endOfEntity(page: Buffer, at: number): number {
  for (let end = at + 1; end <= at + 9; end += 1) {
    const code = page[end] ?? 0;
    if (code === 0x3b /* ; */) return end;
    const isName = code === 0x23 /* # */ || (code >= 0x30 && code <= 0x39) || (code | 0x20) >= 0x61;
    if (!isName || code > 0x7a) break;
  }
  return at;
}
