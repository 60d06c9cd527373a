import { validate, version } from "uuid";
import { expect, test } from "vitest";
import { freshSeed, idOnce, seedField } from "./once.server.ts";

test("the same form with the same contents makes one thing; another field, another form, another thing", () => {
  const seed = freshSeed();
  const id = idOnce(seed, ["a@b.c", "CA-QC"]);
  expect(idOnce(seed, ["a@b.c", "CA-QC"])).toBe(id);
  expect(idOnce(seed, ["a@b.ca", "CA-QC"])).not.toBe(id);
  expect(idOnce(freshSeed(), ["a@b.c", "CA-QC"])).not.toBe(id);
  expect([validate(id), version(id), id.slice(0, 13)]).toEqual([true, 7, seed.slice(0, 13)]);
});

test("a seed is one of ours", () => {
  expect(seedField.safeParse(freshSeed()).success).toBe(true);
  expect(seedField.safeParse("00000000-0000-4000-8000-000000000000").success).toBe(false);
});
