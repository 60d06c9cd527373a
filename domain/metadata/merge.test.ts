import fc from "fast-check";
import { expect, it } from "vitest";
import { type Claim, merge, ORIGINS } from "./merge.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
const claim = (value: string, origin: Claim["origin"], source: string, minute = 0): Claim => ({
  field: "title",
  value,
  origin,
  source,
  foundAt: at(minute),
});
const winner = (...claims: Claim[]) => merge(claims).get("title")?.claim.value;

it("believes a curator over an artist over a file, whenever each spoke", () => {
  const file = claim("du fichier", "file", "opf:dc:title", 9);
  const artist = claim("de l’artiste", "artist", "form", 1);
  const curator = claim("du conseil", "curator", "form", 0);
  expect(winner(file)).toBe("du fichier");
  expect(winner(artist, file)).toBe("de l’artiste");
  expect(winner(file, curator, artist)).toBe("du conseil");
});

it("believes a package over a PDF over the name of the file, and a new file over the old", () => {
  expect(winner(claim("nom", "file", "file-name", 9), claim("pdf", "file", "pdf:info:Title", 1))).toBe("pdf");
  expect(winner(claim("pdf", "file", "xmp:dc:title", 9), claim("opf", "file", "opf:dc:title", 1))).toBe(
    "opf",
  );
  expect(winner(claim("vieux", "file", "opf:dc:title", 1), claim("neuf", "file", "opf:dc:title", 2))).toBe(
    "neuf",
  );
});

it("believes what most tracks of an album say", () => {
  const odd = claim("Vol. 2", "file", "id3:TALB", 9);
  expect(
    winner(claim("Vol. 1", "file", "id3:TALB", 1), odd, claim("Vol. 1", "file", "vorbis:ALBUM", 2)),
  ).toBe("Vol. 1");
});

it("keeps every other claim, and answers the same whatever the order", () => {
  const claims = fc.array(
    fc.record({
      field: fc.constantFrom("title", "language"),
      value: fc.string(),
      origin: fc.constantFrom(...ORIGINS),
      source: fc.constantFrom("opf:dc:title", "file-name", "xmp:dc:title"),
      foundAt: fc.integer({ min: 0, max: 500 }).map(at),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(claims, (all) => {
      const one = merge(all);
      const kept = [...one.values()].reduce((sum, { others }) => sum + 1 + others.length, 0);
      expect(kept).toBe(all.length);
      const best = (list: typeof all) =>
        [...merge(list)].map(([field, { claim: c }]) => [field, c.origin, c.foundAt.getTime()]).sort();
      expect(best(all.toReversed())).toEqual(best(all));
    }),
  );
});
