/** What a catalogue for reading applications says besides the works themselves; `i18n/feeds.ts` has it in both languages. */
export type OpdsWords = {
  title: string;
  subtitle: string;
  newest: string;
  newestAbout: string;
  kinds: Record<"book" | "album", string>;
  free: string;
  count: (n: number) => string;
  search: string;
  searchAbout: string;
  found: (words: string) => string;
  all: string;
  facets: { kind: string; language: string; coop: string; price: string };
  language: (tag: string) => string;
  buy: string;
  sample: string;
};
