import { expect, test } from "vitest";
import { fileName } from "./file-name.ts";

const book = { title: "Les eaux hautes", by: ["Éloïse Roy"], mediaType: "application/epub+zip", track: null };

test("a book is named by who made it, a track by its place", () => {
  expect(fileName(book)).toBe("Éloïse Roy - Les eaux hautes.epub");
  const track = { disc: 1, discs: 1, position: 3, title: "V’là l’bon vent" };
  expect(fileName({ ...book, mediaType: "audio/flac", track })).toBe("03 - V’là l’bon vent.flac");
  expect(
    fileName({ ...book, mediaType: "audio/ogg; codecs=opus", track: { ...track, disc: 2, discs: 2 } }),
  ).toBe("2-03 - V’là l’bon vent.opus");
});

test("a title cannot leave its folder, turn the line around or end it", () => {
  expect(fileName({ ...book, by: [], title: "../../etc/pass\u202Ewd\r\nx: y" })).toBe("etc passwdx y.epub");
  expect(fileName({ ...book, by: [], title: "..." })).toBe("fichier.epub");
});
