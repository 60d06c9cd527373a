/** How many words the pages hold. A rough count, without building a tree: it says how long the read is, no more. */
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
  for (const { path } of book.spine) {
    bytes += archive.size(path);
    if (bytes > MOST_BYTES || archive.size(path) > LARGEST_PAGE || performance.now() - startedAt > LONGEST_MS)
      return undefined;
    words += wordsOf((await archive.read(path, LARGEST_PAGE)).toString("utf8"));
  }
  return words;
}

/** Letters and digits joined by apostrophes and hyphens; two ideographs or kana count as one word, as publishers do. */
export function wordsOf(page: string): number {
  const text = page
    .replace(/<(script|style|head|svg)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&[a-z]{2,8};|&#\w{1,6};/gi, " ");
  const ideographs = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  const others =
    text
      .replace(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu, " ")
      .match(/[\p{L}\p{N}]+(?:['’·-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
  return others + Math.round(ideographs / 2);
}
