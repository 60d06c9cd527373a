import { expect, it } from "vitest";
import { type TrackRecord, tagsOf } from "./tags.ts";

const credit = (name: string, role: string) => ({ name, role, slug: name.toLowerCase() });
const record: TrackRecord = {
  title: "Jusant",
  isrc: null,
  lyrics: null,
  ...{ disc: 1, discs: 2, number: 3, tracks: 9 },
  album: "Marées",
  date: "2026-03~",
  ...{ language: "fr", publisher: null, rights: null, genres: [], barcode: null },
  credits: [credit("Ana Roy", "performer"), credit("Ana Roy", "composer"), credit("Bo", "mixer")],
  people: [],
};

it("names the artists of the album where the track names none", () => {
  expect(tagsOf(record)).toMatchObject({
    artists: ["Ana Roy"],
    albumArtists: ["Ana Roy"],
    track: { number: 3, of: 9 },
    disc: { number: 1, of: 2 },
    date: null,
  });
});

it("lets a track's own people stand in the place of the album's, role by role", () => {
  const tags = tagsOf({ ...record, people: [credit("Lise", "performer"), credit("Lise", "performer")] });
  expect(tags.artists).toEqual(["Lise"]);
  expect(tags.albumArtists).toEqual(["Ana Roy"]);
  expect(tags.people).toEqual([
    { name: "Lise", role: "performer" },
    { name: "Ana Roy", role: "composer" },
    { name: "Bo", role: "mixer" },
  ]);
});
