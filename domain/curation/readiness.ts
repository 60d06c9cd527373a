/** What a work still needs before its co-op reads it, in the order in which the studio goes through its pages. */
export const lacks = ["files", "cover", "title", "language", "people", "tracks", "price", "shares"] as const;
export type Lack = (typeof lacks)[number];

/** The facts, as one row of SQL counts them. */
export type ReadinessFacts = {
  kind: "book" | "album";
  title: string;
  language: string | null;
  files: number;
  hasCover: boolean;
  people: number;
  tracks: number;
  untitledTracks: number;
  priceChosen: boolean;
  sharers: number;
};

/** Nothing lacking: it may be submitted. Words and pages to mend each are the studio's. */
export function lacking(facts: ReadinessFacts): Lack[] {
  const there: Record<Lack, boolean> = {
    files: facts.files > 0,
    cover: facts.hasCover,
    title: facts.title.trim() !== "",
    language: facts.language !== null,
    people: facts.people > 0,
    tracks: facts.kind === "book" || (facts.tracks > 0 && facts.untitledTracks === 0),
    price: facts.priceChosen,
    shares: facts.sharers > 0,
  };
  return lacks.filter((each) => !there[each]);
}
