import type { studioHearing as fr } from "../fr/studio-hearing.ts";

export const studioHearing: typeof fr = {
  title: "Listening before buying",
  link: "What is heard before buying",
  lead: "Buyers hear everything, as often as they like. Choose what others hear.",
  policies: {
    full: "Whole tracks",
    fullHint: "Most often, what makes one want to buy.",
    start: (seconds: number) => `The first ${seconds} seconds`,
    startHint: "Of each track, fading out gently.",
    none: "Nothing",
    noneHint: "Only the titles and lengths of the tracks are shown.",
  },
  save: "Save",
  saved: "Saved. What is missing is being made.",
  freePlays: "Free plays of each track",
  freePlaysHint: (most: number) =>
    `From 1 to ${most}. Empty: no limit. After that, people are invited to buy.`,
};
