import type { feeds as fr } from "../fr/feeds.ts";

export const feeds: typeof fr = {
  site: "ventes.coop",
  newWorks: "New works",
  newWorksOf: (name) => `${name}: new works`,
  opds: {
    title: "ventes.coop",
    subtitle: "Books and music, sold by the people who make them",
    newest: "Just out",
    newestAbout: "Every work, newest first",
    kinds: { book: "Books", album: "Music" },
    free: "Free, or pay what you want from $0",
    count: (n) => (n === 1 ? "1 work" : `${n} works`),
    search: "Search",
    searchAbout: "Search for a book, an album or a person on ventes.coop",
    found: (words) => `“${words}”`,
    all: "The whole catalogue",
    facets: { kind: "Kind", language: "Language", coop: "Co-op", price: "Price" },
    buy: "See and buy",
    sample: "Excerpt",
  },
  rss: {
    listen: (title) => `Listen to “${title}” and buy it on ventes.coop`,
    worksOf: (name) => `Albums of ${name}`,
  },
  oembed: { site: "ventes.coop", see: "See on ventes.coop" },
  links: {
    opds: "OPDS catalogue",
    newWorks: "New works on ventes.coop",
    record: "Record in JSON-LD",
    card: "Card of the work",
    album: "Album for podcast players",
  },
};
