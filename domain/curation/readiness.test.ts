import { describe, expect, it } from "vitest";
import { lacking, lacks, type ReadinessFacts } from "./readiness.ts";

const ready: ReadinessFacts = {
  kind: "album",
  title: "Marées",
  language: "zxx",
  files: 2,
  hasCover: true,
  people: 1,
  tracks: 2,
  untitledTracks: 0,
  priceChosen: true,
  sharers: 1,
};

describe("what a work lacks before it is submitted", () => {
  it("is nothing once all is there", () => {
    expect(lacking(ready)).toEqual([]);
  });

  it("is everything of an empty album", () => {
    const empty = {
      ...ready,
      title: " ",
      language: null,
      files: 0,
      hasCover: false,
      people: 0,
      tracks: 0,
      priceChosen: false,
      sharers: 0,
    };
    expect(lacking(empty)).toEqual([...lacks]);
  });

  it("asks no tracks of a book, and titles of every track of an album", () => {
    expect(lacking({ ...ready, kind: "book", tracks: 0 })).toEqual([]);
    expect(lacking({ ...ready, untitledTracks: 1 })).toEqual(["tracks"]);
  });
});
