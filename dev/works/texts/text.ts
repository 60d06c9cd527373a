import type { Chapter } from "../manuscript.ts";

export type Manner = "story" | "essay" | "story-en";

/** What is written of a book, and what its remaining chapters are composed from. */
export interface Text {
  chapters: Chapter[];
  more?: {
    manner: Manner;
    titles: string[];
    /** Sentences that belong to this book only. */
    sentences: string[];
    /**
     * `who` stand as subjects (« Édith »), `where` are whole complements (« sur la grève »), `what` are nouns with their
     * article, `weather` whole clauses in the past.
     */
    words: { who: string[]; where: string[]; what: string[]; weather: string[] };
  };
}

/** Paragraphs separated by an empty line. */
export function paragraphs(prose: string): Chapter["blocks"] {
  return prose
    .trim()
    .split(/\n\s*\n/)
    .map((text) => ({ kind: "paragraph", text: text.replace(/\s*\n\s*/g, " ").trim() }));
}

/** Stanzas separated by an empty line, verses by a line break. */
export function verses(poem: string, lang?: "fr" | "en"): Chapter["blocks"] {
  return poem
    .trim()
    .split(/\n\s*\n/)
    .map((stanza) => ({
      kind: "verse",
      lines: stanza.split("\n").map((line) => line.trim()),
      ...(lang ? { lang } : {}),
    }));
}
