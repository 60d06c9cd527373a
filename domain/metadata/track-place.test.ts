import { expect, it } from "vitest";
import { placeInName, placeTracks } from "./track-place.ts";

it.each([
  ["01 - À la claire fontaine.wav", null, 1, "À la claire fontaine"],
  ["1. Marée.mp3", null, 1, "Marée"],
  ["Album/CD2/03 - Marée haute.flac", 2, 3, "Marée haute"],
  ["Disque 1/07_Le_large.flac", 1, 7, "Le large"],
  ["Fleuve (Disc 02) live/11 Fin.mp3", 2, 11, "Fin"],
  ["1-04 Jusant.mp3", 1, 4, "Jusant"],
  ["2.05 - Estran.opus", 2, 5, "Estran"],
  ["A1 Ouverture.wav", 1, 1, "Ouverture"],
  ["B2. Retour.wav", 1, 102, "Retour"],
  ["C1 - Suite.wav", 2, 1, "Suite"],
  ["Track 05.mp3", null, 5, "Track 05"],
  ["piste 12 - Rappel.ogg", null, 12, "Rappel"],
  ["Ana Roy - 03 - Varech.flac", null, 3, "Varech"],
  ["03Varech.flac", null, 3, "Varech"],
  ["Les 4 saisons.mp3", null, null, "Les 4 saisons"],
  ["1999.mp3", null, null, "1999"],
  ["99Luftballons.mp3", null, null, "99Luftballons"],
  ["B12.mp3", 1, 112, "B12"],
] as const)("%s", (name, disc, number, title) => {
  expect(placeInName(name)).toEqual({ disc, number, title });
});

const order = (...files: [fileName: string, number?: number | null, disc?: number | null][]) =>
  placeTracks(
    files.map(([fileName, number = null, disc = null], i) => ({ id: `${i}`, fileName, number, disc })),
  ).map(({ id, disc, position }) => `${disc}.${position} ${files[Number(id)]![0]}`);

it("orders by tags, and by names where the tags forgot", () => {
  expect(order(["c.mp3", 1], ["b.mp3", 3], ["02 - a.mp3"])).toEqual([
    "1.1 c.mp3",
    "1.2 02 - a.mp3",
    "1.3 b.mp3",
  ]);
  expect(order(["10 dix.mp3"], ["2 deux.mp3"], ["1 un.mp3"])).toEqual([
    "1.1 1 un.mp3",
    "1.2 2 deux.mp3",
    "1.10 10 dix.mp3",
  ]);
  expect(order(["Dix 10.mp3"], ["Dix 9.mp3"], ["Étoile.mp3"])).toEqual([
    "1.1 Dix 9.mp3",
    "1.2 Dix 10.mp3",
    "1.3 Étoile.mp3",
  ]);
});

it("keeps discs apart by their folders, and sides in their order", () => {
  expect(order(["CD2/01 x.mp3"], ["CD1/02 y.mp3"], ["CD1/01 z.mp3"])).toEqual([
    "1.1 CD1/01 z.mp3",
    "1.2 CD1/02 y.mp3",
    "2.1 CD2/01 x.mp3",
  ]);
  expect(order(["B1 c.wav"], ["A2 b.wav"], ["A1 a.wav"], ["D1 e.wav"], ["C1 d.wav"])).toEqual([
    "1.1 A1 a.wav",
    "1.2 A2 b.wav",
    "1.3 B1 c.wav",
    "2.1 C1 d.wav",
    "2.2 D1 e.wav",
  ]);
  // A tagger that counts each disc anew, and says nothing of discs.
  expect(order(["CD1/a.mp3", 1], ["CD2/b.mp3", 1])).toEqual(["1.1 CD1/a.mp3", "2.1 CD2/b.mp3"]);
});

it("does not believe tags that all say the same, and gives each a place of its own", () => {
  expect(order(["03 c.mp3", 1], ["01 a.mp3", 1], ["02 b.mp3", 1])).toEqual([
    "1.1 01 a.mp3",
    "1.2 02 b.mp3",
    "1.3 03 c.mp3",
  ]);
  expect(order(["b.mp3", 1], ["a.mp3", 1])).toEqual(["1.1 a.mp3", "1.2 b.mp3"]);
  expect(order(["01 a.mp3"], ["01 b.mp3"], ["02 c.mp3"])).toEqual([
    "1.1 01 a.mp3",
    "1.2 01 b.mp3",
    "1.3 02 c.mp3",
  ]);
});
