/** How many words the pages hold. A rough count, in one pass and without building a tree: it says how long the read is, no more. */
import type { Archive } from "./archive.ts";
import type { Package } from "./package.ts";

const LARGEST_PAGE = 8 * 1_048_576;
/** Bytes of pages that are counted word by word; of a longer book, pages all along it, as many as come to this. */
const MOST_COUNTED = 196_608;

/**
 * Of a long book an estimate, from the words to the byte of the pages that were counted: within four hundredths
 * of the whole, for a third of the time. Undefined when its pages are pictures, or larger than any page.
 */
export async function countWords(archive: Archive, book: Package): Promise<number | undefined> {
  const pages = [
    ...new Set(book.spine.filter(({ mediaType }) => /html|xml/.test(mediaType)).map(({ path }) => path)),
  ].filter((path) => archive.size(path) <= LARGEST_PAGE);
  const total = pages.reduce((sum, path) => sum + archive.size(path), 0);
  const share = Math.min(1, MOST_COUNTED / total);
  let words = 0;
  let counted = 0;
  let passed = 0;
  for (const path of pages) {
    // A page is read when fewer were so far than the share of what was passed, its own middle included.
    if (counted <= (passed + archive.size(path) / 2) * share) {
      const page = (await archive.read(path, LARGEST_PAGE)).subarray(0, MOST_COUNTED);
      words += wordsIn(page);
      counted += page.length;
    }
    passed += archive.size(path);
  }
  return counted === 0 ? undefined : Math.round((words * total) / counted);
}

const OTHER = 0;
const LETTER = 1;
const IDEOGRAPH = 2;
const MARK = 3;
/** What each character of the first plane is; those of the others are nearly all rare ideographs and emoji, and count for nothing. */
let classes: Uint8Array | undefined;
/** Of the bytes that are characters by themselves: nine in ten are letters of these, and run past quickest. */
const plain = Uint8Array.from({ length: 256 }, (_, code) =>
  Number(/[A-Za-z0-9]/.test(String.fromCharCode(code))),
);

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
  const table = classes;
  const length = page.length;
  let words = 0;
  let ideographs = 0;
  // 0 between words, 1 in one, 2 behind a joiner in one: what follows decides whether the word goes on.
  let state = 0;
  let at = 0;
  while (at < length) {
    let code = page[at] as number;
    if (plain[code] === LETTER) {
      if (state === 0) words += 1;
      state = 1;
      do at += 1;
      while (at < length && plain[page[at] as number] === LETTER);
      continue;
    }
    if (code === 0x3c /* < */) {
      at = endOfTag(page, at) + 1;
      state = 0;
      continue;
    }
    at += 1;
    if (code >= 0xc2) {
      // Two, three or four bytes; broken ones are read as whatever they make.
      if (code < 0xe0) {
        code = ((code & 0x1f) << 6) | ((page[at] as number) & 0x3f);
        at += 1;
      } else if (code < 0xf0) {
        code =
          ((code & 0x0f) << 12) | (((page[at] as number) & 0x3f) << 6) | ((page[at + 1] as number) & 0x3f);
        at += 2;
      } else {
        at += 3;
        code = 0;
      }
    } else if (code === 0x26 /* & */) {
      at = endOfEntity(page, at - 1) + 1;
      state = 0;
      continue;
    }
    const what = table[code] as number;
    if (what === LETTER) {
      if (state === 0) words += 1;
      state = 1;
    } else if (what === IDEOGRAPH) {
      ideographs += 1;
      state = 0;
    } else if (what === OTHER && state !== 0) state = state === 1 && isJoiner(code) ? 2 : 0;
  }
  return words + Math.round(ideographs / 2);
}

/** ' - · ’ */
function isJoiner(code: number): boolean {
  return code === 0x27 || code === 0x2d || code === 0xb7 || code === 0x2019;
}

/** Where the tag that starts at `at` ends, with all that it holds when that is not read: scripts, styles, head, drawings. */
function endOfTag(page: Buffer, at: number): number {
  // Tags are short: a loop is quicker than a call of the runtime for each.
  let end = at + 1;
  while (end < page.length && page[end] !== 0x3e) end += 1;
  const name = page[end - 1] === 0x2f /* "/>" */ ? undefined : unreadName(page, at + 1);
  const close = name === undefined ? -1 : page.indexOf(`</${name}`, end);
  if (close < 0) return end;
  const closed = page.indexOf(0x3e, close);
  return closed < 0 ? page.length : closed;
}

/** The name of the element that begins at `at`, as it is written, when what it holds is not read. */
function unreadName(page: Buffer, at: number): string | undefined {
  const pair = (((page[at] ?? 0) | 0x20) << 8) | ((page[at + 1] ?? 0) | 0x20);
  // sc, st, sv, he
  if (pair !== 0x7363 && pair !== 0x7374 && pair !== 0x7376 && pair !== 0x6865) return undefined;
  return /^(?:script|style|svg|head)(?=[\s>])/i.exec(page.toString("latin1", at, at + 8))?.[0];
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
