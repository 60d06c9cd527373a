/**
 * Which part of a book one may leaf through: about a tenth of its words, from the beginning, ending where a chapter ends.
 * Pure: counts in, a plan out.
 */
export type SpineDocument = {
  words: number;
  images: number /** Navigation, cover: never part of a sample. */;
  skip: boolean;
};

/** `upTo`: how many words of the document to show; undefined for all of it. */
export type ChosenPage = { index: number; upTo?: number };

const TENTH = 0.1;
/** Until one real chapter is in, a sample may grow to this; a longer chapter is cut at the end of a paragraph. */
const AT_MOST = 0.2;
const MOST_PICTURE_PAGES = 12;

export function choosePages(documents: readonly SpineDocument[]): ChosenPage[] {
  const readable = documents
    .map((document, index) => ({ ...document, index }))
    .filter(({ skip, words, images }) => !skip && words + images > 0);
  const total = readable.reduce((sum, { words }) => sum + words, 0);
  // A picture book: what counts is pages. A comic's page may hold a few words of credits.
  if (total < readable.length * 20) {
    return readable
      .slice(0, Math.min(MOST_PICTURE_PAGES, Math.ceil(readable.length * TENTH)))
      .map(({ index }) => ({ index }));
  }
  const realChapter = Math.min(300, total * 0.05);
  const chosen: ChosenPage[] = [];
  let shown = 0;
  for (const { index, words } of readable) {
    const hasChapter = chosen.some((page) => (documents[page.index]?.words ?? 0) >= realChapter);
    if (shown + words <= total * TENTH || (!hasChapter && shown + words <= total * AT_MOST)) {
      chosen.push({ index });
      shown += words;
      continue;
    }
    if (!hasChapter) chosen.push({ index, upTo: Math.max(1, Math.round(total * TENTH - shown)) });
    break;
  }
  return chosen;
}
