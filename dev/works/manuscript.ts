import { typeset } from "./french.ts";
import type { BookPlan, Language } from "./plan.ts";
import type { Seeded } from "./seeded.ts";
import { pick, seeded, shuffled } from "./seeded.ts";
import { grammars } from "./texts/grammar.ts";
import { texts } from "./texts/index.ts";
import type { Text } from "./texts/text.ts";

export type Block =
  | { kind: "paragraph"; text: string; lang?: Language }
  | { kind: "heading"; text: string; lang?: Language }
  | { kind: "verse"; lines: string[]; lang?: Language }
  | { kind: "list"; items: string[] }
  | { kind: "picture"; name: string; seed: number; alt: string; caption?: string };

export interface Chapter {
  title: string;
  blocks: Block[];
}

/** The whole text of a book: its written pages, and pages composed from its own words by a seeded grammar. */
export function manuscript(plan: BookPlan): Chapter[] {
  const text = texts[plan.slug];
  if (!text) throw new Error(`The demo book ${plan.slug} has no text`);
  const random = seeded(plan.cover.seed * 1009 + Number(plan.isbn.slice(9, 12)));
  const chapters = text.chapters.map((chapter) => ({
    title: typeset(chapter.title),
    blocks: chapter.blocks.map((block): Block => {
      if (block.kind === "paragraph" || block.kind === "heading")
        return { ...block, text: typeset(block.text) };
      if (block.kind === "verse") return { ...block, lines: block.lines.map(typeset) };
      if (block.kind === "list") return { ...block, items: block.items.map(typeset) };
      return {
        ...block,
        alt: typeset(block.alt),
        ...(block.caption ? { caption: typeset(block.caption) } : {}),
      };
    }),
  }));
  return [...chapters, ...composed(text, plan.language, random)];
}

function composed(text: Text, language: Language, random: Seeded): Chapter[] {
  const { more } = text;
  if (!more) return [];
  const own = shuffled(random, more.sentences);
  const frames = grammars[more.manner];
  let deck: string[] = [];
  const draw = () => {
    if (deck.length === 0) deck = shuffled(random, frames);
    return deck.pop() as string;
  };
  return more.titles.map((title, number) => {
    const blocks: Block[] = [];
    const paragraphs = 6 + Math.floor(random() * 3);
    for (let i = 0; i < paragraphs; i++) {
      const sentences: string[] = [];
      const count = 3 + Math.floor(random() * 2);
      for (let k = 0; k < count; k++) sentences.push(filled(draw(), more.words, random));
      // One of the book's own sentences opens or closes each paragraph while there are any.
      const line = own[(number * paragraphs + i) % Math.max(1, own.length)];
      if (line && number * paragraphs + i < own.length * 2)
        sentences.splice(random() < 0.5 ? 0 : sentences.length, 0, line);
      blocks.push({ kind: "paragraph", text: typeset(sentences.join(" ")), lang: language });
    }
    return { title: typeset(title), blocks };
  });
}

/** A sentence with its slots filled: `{who}`, `{where}`, `{what}`, `{weather}`; a capital after a full stop. */
function filled(frame: string, words: Record<string, readonly string[]>, random: Seeded): string {
  const used = new Set<string>();
  const sentence = frame.replace(/\{(\w+)\}/g, (_, slot: string) => {
    const list = words[slot] ?? [];
    const fresh = list.filter((word) => !used.has(word));
    const word = pick(random, fresh.length > 0 ? fresh : list);
    used.add(word);
    return word;
  });
  const elided = sentence
    .replace(/\b([Dd]|[Qq]u)e (?=[aeiouyéèêàâôîœAEIOUÉÈÊÀÂÔÎŒ])/g, (_, head: string) => `${head}'`)
    .replace(/\bde le /g, "du ")
    .replace(/\bde les /g, "des ")
    .replace(/\bà le /g, "au ")
    .replace(/\bà les /g, "aux ");
  const capital = elided.charAt(0).toUpperCase() + elided.slice(1);
  return capital.replace(
    /([.?!] )(\p{Ll})/gu,
    (_, end: string, letter: string) => end + letter.toUpperCase(),
  );
}
