import { expect, it } from "vitest";
import { languageTag } from "./language.ts";
import { partialDate } from "./partial-date.ts";
import { finding } from "./record.ts";
import { roleFromMarc } from "./roles.ts";

it("reads languages as files write them", () => {
  expect(["fra", "fre", "FR_ca", "ja-jp", "français", "zxx", "en-GB"].map(languageTag)).toEqual([
    "fr",
    "fr",
    "fr-CA",
    "ja-JP",
    "fr",
    "zxx",
    "en-GB",
  ]);
  expect(
    ["", "x", "klingon language", "<script>", "fr-".padEnd(60, "a"), "constructor", "und", "XXX"].map(
      languageTag,
    ),
  ).toEqual(Array(8).fill(undefined));
});

it("claims no more of a date than the file says", () => {
  expect(
    ["1909", "2019-10-31T21:00:13Z", "2012-02", "20130125", "2006:05:01", "2021-02-30"].map(partialDate),
  ).toEqual(["1909", "2019-10-31", "2012-02", "2013-01-25", "2006-05-01", "2021-02"]);
  expect(["0101-01-01T00:00:00+00:00", "9999", "bientôt", ""].map(partialDate)).toEqual(
    Array(4).fill(undefined),
  );
});

it("folds MARC relators into our roles, and names the person even when the deed is unknown", () => {
  expect(["aut", "TRL", "nrt", "mix", "zzz", "translator", "", "constructor"].map(roleFromMarc)).toEqual([
    "author",
    "translator",
    "narrator",
    "mixer",
    "contributor",
    "translator",
    undefined,
    "contributor",
  ]);
});

it("drops a claim that the field may not hold", () => {
  expect(finding("title", "La chasse-galerie", "opf:dc:title")).toEqual({
    field: "title",
    value: "La chasse-galerie",
    source: "opf:dc:title",
  });
  expect(finding("title", "", "opf:dc:title")).toBeUndefined();
  expect(finding("licence", "javascript:alert(1)", "xmp:xmpRights:WebStatement")).toBeUndefined();
  expect(finding("trackNumber", 0, "id3:TRCK")).toBeUndefined();
  expect(finding("publishedOn", "2021-13", "opf:dc:date")).toBeUndefined();
});
